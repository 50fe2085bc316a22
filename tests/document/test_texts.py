"""Sections, their fallback and their HTML; and what the default texts say for a full, another and a bare delivery."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.core.document.meta import DocumentMeta
from pipeline.core.document.render import Grenzen, build_document
from pipeline.core.document.templating import SJABLONEN
from pipeline.core.document.texts import Teksten, lees_ankers, lees_secties
from pipeline.core.errors import TekstFout
from pipeline.core.house import house_path
from tests.document.geheugen import GeheugenRegister, GeheugenTabellen, tekstcijfers

SJABLOON = house_path("report_templates") / SJABLONEN
META = {
    "periode": "2016-I",
    "jaar": "2016",
    "halfjaar": "het eerste halfjaar van 2016",
    "halfjaar_volgende": "het tweede halfjaar van 2016",
    "halfjaar_daarna": "het eerste halfjaar van 2017",
    "begin": "1 januari 2016",
    "eind": "1 juli 2016",
    "peildatum": "1 juli 2016",
    "briefdatum": "29 september 2016",
    "laatste_maand": "juni",
}
ANKERS = {"controle": ("hoofdstuk", "Controle op de verdeling"), "per-gemeente": ("bijlage", "Cijfers per gemeente")}

# What the delivery of the sample says, and that of a half-year in which more is asked.
BRIEF: dict[str, int | str] = {
    "opvang.totaal": 14_957,
    "opvang.huishoudens": 8_412,
    "opvang.begin": 15_900,
    "opvang.vergunningen": 12_004,
    "opvang.nareis": 3_021,
    "opvang.afgemeld": 15_700,
    "opvang.anders_vertrokken": 268,
    "opvang.afgemeld_buiten_opvang": 2_389,
    "koppelingen.totaal": 10_012,
    "koppelingen.zonder_koppeling": 4_945,
    "koppelingen.met_aanbod": 1_544,
    "koppelingen.met_huurcontract": 871,
    "koppelingen.langer_dan_norm": 6_020,
    "koppelingen.langer_dan_norm_procent": "60.1",
    "norm.aanbod": 10,
    "norm.vergunning": 14,
    "taakstelling.aangekondigd": 20_000,
    "vooruitblik.taakstelling_1": 23_000,
    "vooruitblik.taakstelling_2": 13_000,
    "vooruitblik.prognose_1": 23_000,
}
STIJGEND: dict[str, int | str] = BRIEF | {
    "opvang.totaal": 14_432,
    "koppelingen.langer_dan_norm": 7_142,
    "koppelingen.langer_dan_norm_procent": "49.5",
    "vooruitblik.taakstelling_1": 24_000,
    "vooruitblik.taakstelling_2": 27_000,
    "vooruitblik.prognose_1": 24_500,
}


def met_waarden(register: GeheugenRegister, waarden: dict[str, int | str]) -> GeheugenRegister:
    for cijfer_id, waarde in waarden.items():
        register = register.met(cijfer_id, Decimal(waarde))
    return register


def alles(register: GeheugenRegister) -> str:
    """All sections of all chapters as running text."""
    teksten = Teksten(register, SJABLOON, "2016-I", META, ankers=ANKERS)
    html = " ".join(teksten.tekst(h, s) for h in teksten.hoofdstukken for s in teksten.secties(h))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", html))


def schrijf(map_: Path, tekst: str, periode: str = "standaard", hoofdstuk: str = "opvang") -> Path:
    pad = map_ / "tekst" / periode / f"{hoofdstuk}.md"
    pad.parent.mkdir(parents=True, exist_ok=True)
    pad.write_text(tekst, encoding="utf-8")
    return pad


def maak(register: GeheugenRegister, map_: Path, tekst: str) -> Teksten:
    schrijf(map_, tekst)
    return Teksten(register, map_, "2016-I", META, ankers=ANKERS, toelichting={"indeling": "Op de indeling van 2016."})


def test_een_sectie_van_het_halfjaar_gaat_voor(register: GeheugenRegister, tmp_path: Path) -> None:
    schrijf(tmp_path, "## stand\nGewoon.\n\n## wie\nOok gewoon.\n")
    schrijf(tmp_path, "## wie\nEigen tekst.\n", "2016-I")
    eigen = Teksten(register, tmp_path, "2016-I", META)
    assert (eigen.tekst("opvang", "stand"), eigen.tekst("opvang", "wie")) == (
        "<p>Gewoon.</p>\n",
        "<p>Eigen tekst.</p>\n",
    )
    assert Teksten(register, tmp_path, "2016-II", META).tekst("opvang", "wie") == "<p>Ook gewoon.</p>\n"


@pytest.mark.parametrize(
    ("hoofdstuk", "tekst", "fout"),
    [
        ("opvang", "## wei\nTikfout.\n", r"2016-I/opvang\.md, regel 1: hoofdstuk 'opvang' heeft geen sectie 'wei'"),
        ("opvagn", "## wie\nTikfout.\n", r"2016-I/opvagn\.md: er is geen hoofdstuk 'opvagn'"),
        ("opvang", "## Wie\nHoofdletter.\n", r"regel 1: '## Wie' is geen kop"),
        ("opvang", "## wie\nA.\n### kop\n", r"regel 3: '### kop' is geen kop"),
        ("opvang", "## wie\nA.\n## wie\nB.\n", r"regel 3: '## wie' is geen kop van een sectie, of staat er al"),
        ("opvang", "Los.\n## wie\nA.\n", r"regel 1: tekst vóór de eerste kop"),
    ],
)
def test_een_sectie_die_er_niet_is(
    register: GeheugenRegister, tmp_path: Path, hoofdstuk: str, tekst: str, fout: str
) -> None:
    schrijf(tmp_path, "## wie\nGewoon.\n")
    schrijf(tmp_path, tekst, "2016-I", hoofdstuk)
    with pytest.raises(TekstFout, match=fout):
        Teksten(register, tmp_path, "2016-I", META)


def test_een_sjabloon_dat_een_onbekende_sectie_plaatst(register: GeheugenRegister, tmp_path: Path) -> None:
    teksten = maak(register, tmp_path, "## wie\nGewoon.\n")
    for hoofdstuk, sectie in (("opvang", "wei"), ("opvagn", "wie")):
        with pytest.raises(TekstFout, match="er is geen sectie"):
            teksten.tekst(hoofdstuk, sectie)


@pytest.mark.parametrize(
    ("tekst", "html"),
    [
        ("Een **vet** en *cursief* woord.", "<p>Een <strong>vet</strong> en <em>cursief</em> woord.</p>\n"),
        ("A.\n\nB.", "<p>A.</p>\n<p>B.</p>\n"),
        ("- a\n- b\n  nog b", "<ul>\n<li>a</li>\n<li>b\nnog b</li>\n</ul>\n"),
        ("Zie dit^[Een *noot*.] hier.", '<p>Zie dit<span class="voetnoot">Een <em>noot</em>.</span> hier.</p>\n'),
        ("Een ^[open einde.", "<p>Een ^[open einde.</p>\n"),
        ("a < b & c > d <b>e</b>", "<p>a &lt; b &amp; c &gt; d &lt;b&gt;e&lt;/b&gt;</p>\n"),
        ("[hier](javascript:x) ![a](b)", "<p>[hier](javascript:x) ![a](b)</p>\n"),
        (
            '{{ naar("controle") }}.',
            '<p><a class="naar-hoofdstuk" href="#controle">Controle op de verdeling</a>.</p>\n',
        ),
        ('{{ toelichting("indeling") }}', "<p>Op de indeling van 2016.</p>\n"),
        ('{% if toelichting("ontbreekt") %}\nA.\n{% endif %}', ""),
        ('{{ cijfer("stand.achter") }}. Zin', "<p>4. Zin</p>\n"),
        ('{{ cijfer("stand.achter") }}\\. Zin', "<p>4\\. Zin</p>\n"),
        ("Stand op {{ meta.peildatum }}.", "<p>Stand op 1 juli 2016.</p>\n"),
        ('{% if bekend("opvang.totaal") %}\nA.\n{% else %}\nB.\n{% endif %}\nC.', "<p>B.\nC.</p>\n"),
    ],
)
def test_html(register: GeheugenRegister, tmp_path: Path, tekst: str, html: str) -> None:
    assert maak(register, tmp_path, f"## stand\n{tekst}\n").tekst("opvang", "stand") == html


def test_een_waarde_is_geen_opmaak_en_geen_html(register: GeheugenRegister, tmp_path: Path) -> None:
    """What a helper gives is put in after Markdown: an asterisk, a bracket or a tag in it stays what it is."""
    schrijf(tmp_path, '## stand\n{{ toelichting("naam") }} ligt *hier*.\n')
    teksten = Teksten(register, tmp_path, "2016-I", META, toelichting={"naam": "- *Dorst* & <b>Lust</b> ^[x]"})
    assert teksten.tekst("opvang", "stand") == (
        "<p>- *Dorst* &amp; &lt;b&gt;Lust&lt;/b&gt; ^[x] ligt <em>hier</em>.</p>\n"
    )


def test_klasse_gaat_op_de_laatste_alinea(register: GeheugenRegister, tmp_path: Path) -> None:
    teksten = maak(register, tmp_path, "## stand\nA.\n\nB.\n\n## leeg\n")
    assert teksten.tekst("opvang", "stand", "bij") == '<p>A.</p>\n<p class="bij">B.</p>\n'
    assert teksten.tekst("opvang", "leeg", "bij") == ""


def test_een_fout_in_de_tekst_noemt_bestand_regel_en_sectie(register: GeheugenRegister, tmp_path: Path) -> None:
    teksten = maak(
        register, tmp_path, '## stand\nEen zin.\n\nNog {{ naar("zoek") }} en\n{{ saldo("saldo.eind", "XX") }}.\n'
    )
    with pytest.raises(TekstFout, match=r"standaard/opvang\.md, regel 4, sectie 'stand': naar\('zoek'\)"):
        teksten.tekst("opvang", "stand")
    onbekend = maak(register, tmp_path, '## stand\nEen zin.\n\n\n{{ ongeveer("opvang.totaal") }}.\n')
    with pytest.raises(TekstFout, match=r"regel 5, sectie 'stand': cijfer 'opvang.totaal' voor 'NL' is niet bekend"):
        onbekend.tekst("opvang", "stand")


def test_wat_mensen_moeten_schrijven_valt_op(register: GeheugenRegister) -> None:
    teksten = Teksten(register, SJABLOON, "2016-I", META)
    html = teksten.tekst("werkzaamheden", "werkzaamheden")
    assert html.startswith(
        '<div class="invullen">\n<p><strong>Nog in te vullen.</strong> Hier komt wat Rijk, provincies,'
    )
    assert html.endswith("</div>\n")


def test_eigen_tekst_haalt_het_merk_weg(register: GeheugenRegister, tmp_path: Path) -> None:
    schrijf(tmp_path, "## werk (in te vullen)\nNog te doen.\n")
    assert Teksten(register, tmp_path, "2016-I", META).in_te_vullen() == ("opvang/werk",)
    schrijf(tmp_path, "## werk\nGedaan.\n", "2016-I")
    teksten = Teksten(register, tmp_path, "2016-I", META)
    assert (teksten.in_te_vullen(), teksten.tekst("opvang", "werk")) == ((), "<p>Gedaan.</p>\n")


def test_leesmij_noemt_elke_sectie() -> None:
    leesmij = (SJABLOON / "tekst/LEESMIJ.md").read_text(encoding="utf-8")
    for pad in (SJABLOON / "tekst/standaard").glob("*.md"):
        regel = next(regel for regel in leesmij.splitlines() if regel.startswith(f"| {pad.stem} |"))
        secties = set(re.split(r"[ ,:]+", re.sub(r"\([^)]*\)", "", regel.split("|")[2]))) - {""}
        assert set(lees_secties(pad, pad.name)) - secties == set()


def test_ankers_uit_de_inhoudsopgave() -> None:
    titels = {"a": "Eerst", "b": "Bij", "c": "Par"}
    assert lees_ankers(titels, [("hoofdstuk", "a", ["c"]), ("bijlage", "b", [])]) == {
        "a": ("hoofdstuk", "Eerst"),
        "b": ("bijlage", "Bij"),
        "c": ("paragraaf", "Par"),
    }


@pytest.mark.parametrize(
    "zin",
    [
        "Op 1 juli 2016 waren er bijna 15.000 vergunninghouders in de opvang.",
        "Het gaat om 8.412 huishoudens.",
        "Op 1 juli 2016 waren ca. 6.000 vergunninghouders langer dan de norm gekoppeld zonder een concreet aanbod.",
        "Dat is ruim 60 procent van wie op die dag een lopende koppeling had.",
        "Van hen waren er ca. 6.000 langer dan de norm van 10 weken aan een gemeente gekoppeld zonder concreet aanbod.",
        "de taakstelling voor het tweede halfjaar van 2016 is 23.000. Dat is hoger dan die van het eerste halfjaar",
        "De taakstelling voor het eerste halfjaar van 2017 is 13.000. Dat is aanzienlijk lager dan die van het tweede "
        "halfjaar van 2016, die 23.000 is.",
        "De aangekondigde taakstelling is gelijk aan die prognose.",
    ],
)
def test_de_zinnen_van_de_brief(register: GeheugenRegister, zin: str) -> None:
    assert zin in alles(met_waarden(register, BRIEF))


@pytest.mark.parametrize(
    "zin",
    [
        "Op 1 juli 2016 waren er ca. 14.400 vergunninghouders in de opvang.",
        "Op 1 juli 2016 waren ca. 7.100 vergunninghouders langer dan de norm gekoppeld zonder een concreet aanbod.",
        "Dat is bijna de helft van wie op die dag een lopende koppeling had.",
        "is 24.000. Dat is aanzienlijk hoger dan die van het eerste halfjaar van 2016, die op 20.000 stond.",
        "De taakstelling voor het eerste halfjaar van 2017 is 27.000. Dat is hoger dan die van het tweede halfjaar van "
        "2016, die 24.000 is.",
        "De aangekondigde taakstelling is iets lager dan die prognose.",
    ],
)
def test_een_andere_levering_geeft_andere_ware_zinnen(register: GeheugenRegister, zin: str) -> None:
    tekst = alles(met_waarden(register, STIJGEND))
    assert zin in tekst
    for niet_waar in ("bijna 15.000", "ca. 6.000", "aanzienlijk lager"):
        assert niet_waar not in tekst


def test_een_levering_van_alleen_het_overzicht(register: GeheugenRegister) -> None:
    """No sentence about what was not delivered, and none with n.v.t. in the place of a number."""
    tekst = alles(register)
    for zin in (
        "Gegevens over de vergunninghouders in de opvang zijn voor dit halfjaar niet geleverd.",
        "Gegevens over koppelingen zijn voor dit halfjaar niet geleverd. Daarom staat hier niet hoeveel",
        "Zonder gegevens over personen zijn de doorlooptijden van dit halfjaar niet te berekenen.",
        "Lijsten van gemeenten zijn voor dit halfjaar niet geleverd. De bronnen zijn daarom niet vergeleken.",
        "In het eerste halfjaar van 2016 huisvestten de gemeenten 986 vergunninghouders.",
    ):
        assert zin in tekst
    assert "n.v.t." not in tekst.replace("Waar een cijfer ontbreekt, staat n.v.t.", "")


@pytest.mark.parametrize(
    "familie",
    [
        *(
            "opvang.",
            "vergunning.",
            "koppelingen.",
            "norm.",
            "wachttijd.",
            "kansrijk.",
            "aansluiting.",
            "ind.",
            "nareis.",
        ),
        *("toezicht.", "toezicht.trede", "toezicht.verschoonbaar", "vooruitblik.", "vooruitblik.taakstelling_2"),
        *("verandering.", "controle.", "taakstelling.aangekondigd", "realisatie.percentage", "aansluiting.vertraging"),
        *sorted(cijfer_id for cijfer_id in tekstcijfers() if cijfer_id.startswith("wachttijd.")),
    ],
)
def test_een_extract_dat_ontbreekt_geeft_geen_kapotte_zin(register: GeheugenRegister, familie: str) -> None:
    """A family of figures without values while all others have one: every section can be made, without n.v.t. in it."""
    for cijfer in list(register._cijfers.values()):
        if cijfer.gebied == "NL" and (cijfer.waarde is None or cijfer.cijfer_id.startswith(familie)):
            register = register.met(cijfer.cijfer_id, None if cijfer.cijfer_id.startswith(familie) else 7)
    tekst = alles(register)
    assert "n.v.t." not in tekst.replace("staat n.v.t.:", "").replace("Waar n.v.t. staat", "")


def test_een_onware_tekst_houdt_het_document_tegen(
    register: GeheugenRegister,
    tabellen: GeheugenTabellen,
    meta: DocumentMeta,
    grenzen: Grenzen,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lezen = Path.read_text

    def met_onwaarheid(pad: Path, *args: str, **opties: str) -> str:
        tekst = lezen(pad, *args, **opties)
        return f"{tekst}\nDe achterstand is gehalveerd.\n" if pad.name == "opvang.md" else tekst

    monkeypatch.setattr(Path, "read_text", met_onwaarheid)
    with pytest.raises(TekstFout, match="niet te herleiden") as fout:
        build_document(register, tabellen, meta, tmp_path, grenzen)
    assert [regel for regel in fout.value.regels if "opvang.md" in regel and "'gehalveerd'" in regel]
