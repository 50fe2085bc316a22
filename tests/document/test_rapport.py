"""The whole report of the small country, read back from the PDF: numbers, marks, structure, edges."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from pipeline.core.document.meta import DocumentMeta, Invoerbestand, Referentiebestand
from pipeline.core.document.render import Grenzen, WarehouseTabellen, build_document, render_pdf
from pipeline.core.errors import DocumentFout, OnbekendCijfer
from tests.document.conftest import AANGEKONDIGD, GEMEENTEN, HASH, Rapport, alleen, vierkanten
from tests.document.geheugen import GeheugenRegister, GeheugenTabellen, Gemeenterij, maak_register
from tests.document.pdftekst import Pdf, Stuk

Maak = Callable[..., Pdf]


@pytest.fixture(scope="module")
def maak(meta: DocumentMeta, rapport: Rapport, tmp_path_factory: pytest.TempPathFactory) -> Maak:
    """Render the report of other municipalities or with other facts, or only one chapter of it; each once."""
    gemaakt: dict[tuple[tuple[Gemeenterij, ...], bool, str, DocumentMeta], Pdf] = {
        (GEMEENTEN, False, "", meta): rapport.pdf
    }

    def maak(
        gemeenten: tuple[Gemeenterij, ...] = GEMEENTEN, zonder_kaart: bool = False, deel: str = "", **anders: object
    ) -> Pdf:
        feiten = replace(meta, **anders)  # type: ignore[arg-type]
        if zonder_kaart:
            feiten = replace(feiten, periode=replace(feiten.periode, jaar=2021))
        sleutel = (gemeenten, zonder_kaart, deel, feiten)
        if sleutel not in gemaakt:
            werk = tmp_path_factory.mktemp("werk")
            register, tabellen = maak_register(gemeenten, aangekondigd=AANGEKONDIGD)
            html = build_document(register, tabellen, feiten, werk, None if zonder_kaart else vierkanten(gemeenten))
            render_pdf(alleen(html, deel) if deel else html, werk, werk / "uit.pdf", feiten)
            gemaakt[sleutel] = Pdf(werk / "uit.pdf")
        return gemaakt[sleutel]

    return maak


BESTANDEN = tuple(
    Invoerbestand(f"gemeenten/{n:02d}.csv", "gemeenten", "Gemeenten", sha256(bytes([n])).hexdigest(), 9, 100, n)
    for n in range(1, 14)
)
MEEGELEVERD = tuple(
    Referentiebestand(f"grenzen/gemeente_{jaar}.json", sha256(bytes([jaar - 2000])).hexdigest(), bron, "CC BY 4.0")
    for jaar, bron in ((2015, "A"), (2016, "A"), (2017, "B"), (2018, "B"), (2022, "B"))
)


# Without an achterstand anywhere.
KLAAR = tuple(replace(g, saldo_begin=0, netto=6, maanden=(2, 2, 2, 2, 2, 2)) for g in GEMEENTEN)
# A name of 200 characters; no municipality has a region.
LANG = "Zeer" + "lang" * 40 + " aan de <Rijn> & Súdwést-\u2019s-Œuvre"
ZONDER_REGIO = tuple(
    replace(g, regiocode=None, regio=None, naam=g.naam if n else LANG) for n, g in enumerate(GEMEENTEN)
)


@pytest.fixture(scope="module")
def ander(maak: Maak, meta: DocumentMeta) -> Pdf:
    """The report of an example, made outside version control, with a series of files of each sort."""
    invoer, referentie = (*meta.invoer, *BESTANDEN), (*meta.referentie, *MEEGELEVERD)
    return maak(voorbeeld=True, commit=None, invoer=invoer, referentie=referentie)


def blad(pdf: Pdf, stuk: Stuk) -> tuple[float, float]:
    """Width and height of the page that the text stands on; bijlage A is landscape."""
    breedte, hoogte = (float(zijde) for zijde in pdf.pike.pages[stuk.pagina - 1].mediabox[2:])
    return breedte, hoogte


def pagina_met(pdf: Pdf, tekst: str) -> str:
    return next(pagina for pagina in pdf.paginas if tekst in pagina)


@pytest.mark.parametrize(
    "zin",
    [
        "In het eerste halfjaar van 2016 huisvestten de gemeenten 986 vergunninghouders.",
        "Dat is 50,9 procent van de gecorrigeerde taakstelling van 1.939.",
        "Op 1 juli 2016 hadden zij samen per saldo een achterstand van 953 (bruto 1.050 achter en 97 voor).",
        "samen per saldo een achterstand van 838 (bruto 941 achter en 103 voor). Taakstelling en saldo zijn samen",
        "De netto achterstand is in het halfjaar gestegen met 115.",
        "Samen hebben de gemeenten per saldo een achterstand van 953.",
        "Over de verdeling gaat bijlage C.1 (Controle op de verdeling).",
        "Bron: overzicht huisvesting vergunninghouders, zie bijlage C.2 (Geleverde bestanden).",
        "Hoe het per gemeente uitkomt, staat in bijlage A (Cijfers per gemeente).",
        "Voor het eerste halfjaar van 2016 zijn dat er 1.103.",
        "tellen op tot 1.101: 2 minder dan bekendgemaakt.",
        "Van de 7 gemeenten hebben er 4 een achterstand, staan er 2 precies op nul en heeft er 1 een voorsprong.",
        "Daarmee hebben 3 gemeenten aan de taakstelling voldaan.",
        "In één gemeente met een gecorrigeerde taakstelling boven nul is per saldo niemand gehuisvest.",
        "De taakstelling voor het tweede halfjaar van 2016 is 23.000.",
        "De taakstelling voor het eerste halfjaar van 2017 was toen nog niet bekend.",
        "Editie 1, 29 september 2016",
    ],
)
def test_zinnen_kloppen(rapport: Rapport, zin: str) -> None:
    assert zin in rapport.pdf.tekst


def test_alleen_het_overzicht_zegt_wat_er_niet_is(rapport: Rapport) -> None:
    """Without persons every chapter on them is a sentence or two: no empty table, no chart, no page of its own."""
    tekst = rapport.pdf.tekst
    for zin in (
        "Gegevens over de vergunninghouders in de opvang zijn voor dit halfjaar niet geleverd.",
        "Gegevens over koppelingen zijn voor dit halfjaar niet geleverd.",
        "Zonder gegevens over personen zijn de doorlooptijden van dit halfjaar niet te berekenen.",
        "Lijsten van gemeenten zijn voor dit halfjaar niet geleverd.",
    ):
        assert zin in tekst
    assert "Tabel 0" not in tekst
    hoofdtekst = rapport.html.split('id="per-gemeente"')[0].split('id="opvang"')[1].split('id="toezicht"')[0]
    assert "<table" not in hoofdtekst
    assert "<img" not in hoofdtekst
    assert "n.v.t.</td>" not in hoofdtekst


@pytest.mark.parametrize(("briefdatum", "genoemd"), [(date(2018, 8, 7), False), (date(2018, 8, 8), True)])
def test_een_brief_noemt_alleen_een_uitspraak_die_er_al_was(
    register: GeheugenRegister,
    tabellen: GeheugenTabellen,
    meta: DocumentMeta,
    grenzen: Grenzen,
    tmp_path: Path,
    briefdatum: date,
    genoemd: bool,
) -> None:
    html = build_document(register, tabellen, replace(meta, briefdatum=briefdatum), tmp_path, grenzen)
    boekhouding = " ".join(html.split('id="boekhouding"')[1].split("<table")[0].split())
    assert ("uitspraak van de Afdeling" in boekhouding) == genoemd
    assert "Deze manier is een keuze van deze rapportage." in boekhouding


def test_zonder_vorig_halfjaar_staat_dat_er_een_keer(
    register: GeheugenRegister, tabellen: GeheugenTabellen, meta: DocumentMeta, grenzen: Grenzen, tmp_path: Path
) -> None:
    """Said once below the key figures; on a key figure only when others do have a comparison."""
    zin = "Van het vorige halfjaar is geen gepubliceerde rapportage beschikbaar."
    html = build_document(register, tabellen, meta, tmp_path, grenzen)
    assert (html.count(zin), html.count('class="vorige">Vorig halfjaar')) == (1, 0)
    ook_eerder = register.met("verandering.realisatie_totaal", 12).met("vorige.realisatie_totaal", 974)
    html = build_document(ook_eerder, tabellen, meta, tmp_path, grenzen)
    assert (html.count(zin), html.count("Vorig halfjaar 974: gestegen met 12")) == (0, 1)
    assert html.count("Vorig halfjaar: niet bekend") == html.count('class="getal"') - 1


def test_een_enkele_nulgehuisvest_is_een_zin(rapport: Rapport) -> None:
    assert "Dit is de gemeente met een gecorrigeerde taakstelling boven nul" in rapport.pdf.tekst
    deel = rapport.html.split('id="nulgehuisvest"')[1].split("<h3")[0]
    assert "<table" not in deel
    assert re.search(r"had een gecorrigeerde taakstelling van [\d.]+ en een realisatie van (0|\u2212\d+)\.", deel)


def test_de_kop_noemt_het_hoofdstuk_bovenaan_de_bladzijde(rapport: Rapport) -> None:
    """A chapter that begins halfway a page is not yet in its head; one that begins at the top is."""
    boven, bovenaan, halverwege = "", 0, 0
    for nummer in range(4, len(rapport.pdf.paginas) + 1):
        stukken = [stuk for stuk in rapport.pdf.stukken if stuk.pagina == nummer and stuk.tekst.strip()]
        breedte, hoogte = blad(rapport.pdf, stukken[0])
        kop = " ".join(stuk.tekst for stuk in stukken if stuk.y > hoogte - 45 and stuk.links > breedte / 2)
        tekst = [stuk for stuk in stukken if 45 < stuk.y <= hoogte - 45]
        titels: dict[float, str] = {}
        for stuk in tekst:
            if stuk.grootte == 24:
                titels[stuk.y] = " ".join(f"{titels.get(stuk.y, '')} {stuk.tekst}".split())
        if titels and max(titels) >= max(stuk.y for stuk in tekst) - 1:
            boven = titels.pop(max(titels))
            bovenaan += 1
        assert kop, nummer
        assert boven.endswith(" ".join(kop.split())), nummer
        if titels:
            halverwege += 1
            boven = titels[min(titels)]
    assert bovenaan > 3
    assert halverwege > 0


def test_met_personen_staat_elk_hoofdstuk_er(
    register_met_personen: GeheugenRegister,
    tabellen_met_personen: GeheugenTabellen,
    meta: DocumentMeta,
    grenzen: Grenzen,
    tmp_path: Path,
) -> None:
    html = build_document(register_met_personen, tabellen_met_personen, meta, tmp_path, grenzen)
    assert re.findall(r'<img src="(\w+)\.svg"', html) == [
        "maanden", "schema", "saldo", "provincies", "kaart", "stroom", "trechter", "weken", "redenen", "curve",
        "curves", "aansluiting",
    ]  # fmt: skip
    assert "Op 1 juli 2016 waren er 60 vergunninghouders in de opvang." in " ".join(html.split())
    assert html.count('class="getal"') == 8
    assert "Zonder bruikbare lijst: Gaast." in html
    assert 'class="hoofdstuk kort"' not in html


def test_inhoud_noemt_elke_kop(
    register_met_personen: GeheugenRegister,
    tabellen_met_personen: GeheugenTabellen,
    rapport: Rapport,
    meta: DocumentMeta,
    grenzen: Grenzen,
    tmp_path: Path,
) -> None:
    """The contents list has the headings of the document and no other, with persons and without."""
    vol = build_document(register_met_personen, tabellen_met_personen, meta, tmp_path, grenzen)
    for html in (vol, rapport.html):
        koppen = re.findall(r'<h[23] id="([^"]+)"', html)
        inhoud = html.split('<nav class="inhoud">')[1].split("</nav>")[0]
        assert re.findall(r'href="#([^"]+)"', inhoud) == koppen


def test_zinnen_staan_los_van_elkaar(rapport: Rapport, maak: Maak) -> None:
    """No sentence sticks to the one before it and no space stands before a point."""
    for pdf in (rapport.pdf, maak(KLAAR, concept=False, voorbeeld=True)):
        proza = " ".join(tekst.split("Bijlage C Verantwoording")[0] for tekst in pdf.paginas)
        assert re.findall(r".{20}[a-z0-9][.:;,][A-Z][a-z]{3}.*?\b", proza) == []
        assert re.findall(r".{20}[a-z] [.,;:] ", proza) == []


def test_regel_van_een_gemeente_in_de_bijlage(rapport: Rapport) -> None:
    """All cells of a row stand on one line, in order."""
    regels: dict[tuple[int, float], list[str]] = {}
    for stuk in rapport.pdf.stukken:
        regels.setdefault((stuk.pagina, round(stuk.y, 1)), []).append(stuk.tekst)
    alle = [" ".join(regel) for regel in regels.values()]
    assert "Aadorp 912 965 1.877 100 150 150 150 150 162 862 45,9% 1.015 achter 912 103 0 107,8 \u22121 +4 2" in alle
    assert "Beekveen \u22123 30 27 3 \u22121 2 2 1 2 9 33,3% 18 achter 0 18 0 36,0 \u22121 \u22121 1" in alle
    assert "Dorst & Lust \u2212100 3 \u221297 0 0 0 0 0 0 0 n.v.t. \u221297 voor 0 0 97 0,0 \u22121 \u22121 0" in alle
    assert "Nederland 838 1.101 1.939 120 166 169 174 173 184 986 50,9% 953 926 124 97 107,9 \u22127 \u22122" in alle


def test_kolommen_staan_rechts_gelijk(rapport: Rapport) -> None:
    """The realisatie of all municipalities of a province ends at one x."""
    regels: dict[tuple[int, float], list[Stuk]] = {}
    for stuk in rapport.pdf.stukken:
        regels.setdefault((stuk.pagina, round(stuk.y, 1)), []).append(stuk)
    rijen = [regel for regel in regels.values() if len(regel) == 21 and regel[13].tekst in ("achter", "exact", "voor")]
    assert len(rijen) == len(GEMEENTEN)
    for kolom in (*range(1, 13), *range(14, 21)):
        assert len({round(rij[kolom].rechts, 1) for rij in rijen}) == 1


def test_tekst_blijft_binnen_de_pagina(rapport: Rapport) -> None:
    """Nothing leaves the paper, and only the cover comes nearer to an edge than 13 mm."""
    marge = 13 / 25.4 * 72
    buiten = [
        stuk
        for stuk in rapport.pdf.stukken
        if stuk.pagina > 1
        and (
            stuk.links < marge
            or stuk.rechts > blad(rapport.pdf, stuk)[0] - marge
            or stuk.y < 30
            or stuk.y > blad(rapport.pdf, stuk)[1] - 30
        )
    ]
    assert buiten == []
    assert all(stuk.links >= 0 and stuk.rechts <= blad(rapport.pdf, stuk)[0] for stuk in rapport.pdf.stukken)


def test_geen_kop_onder_aan_een_pagina(maak: Maak) -> None:
    """With many provinces of other sizes, some end near an edge: the lowest text is never a heading or a title."""
    koppen = {24.0, 13.0, 10.5, 9.0}
    veel = tuple(
        replace(
            GEMEENTEN[0],
            code=f"GM{p:02d}{n:02d}",
            naam=f"Dorp {p}.{n}",
            provinciecode=f"PV{p}",
            provincie=f"Provincie {p}",
        )
        for p in range(10, 30)
        for n in range(2 + p % 7)
    )
    pdf = maak(veel)
    for nummer in range(2, len(pdf.paginas) + 1):
        lijf = [stuk for stuk in pdf.stukken if stuk.pagina == nummer and 40 < stuk.y < blad(pdf, stuk)[1] - 50]
        assert min(lijf, key=lambda stuk: stuk.y).grootte not in koppen


def test_samenvatting_is_een_pagina(rapport: Rapport) -> None:
    (begin,) = [n for n, tekst in enumerate(rapport.pdf.paginas) if tekst.startswith("Samenvatting")]
    assert rapport.pdf.paginas[begin + 1].startswith("1 Instroom en vooruitblik")


def test_inhoud_noemt_de_paginas(rapport: Rapport) -> None:
    inhoud = pagina_met(rapport.pdf, "Inhoud")
    genoemd = {
        titel: int(nummer) for titel, nummer in re.findall(r"(Taakstelling en realisatie|Verantwoording) (\d+)", inhoud)
    }
    for titel, nummer in genoemd.items():
        koppen = [stuk.tekst for stuk in rapport.pdf.stukken if stuk.pagina == nummer and stuk.grootte == 24]
        assert titel in " ".join("".join(koppen).split())
    assert len(genoemd) == 2
    assert "2.11 Twee manieren van boekhouden" in inhoud
    assert "Bijlage A Cijfers per gemeente" in inhoud


def test_merk_op_elke_pagina(rapport: Rapport, ander: Pdf, maak: Maak) -> None:
    for pdf, merk in (
        (ander, "Concept, voorbeeld met verzonnen personen"),
        (rapport.pdf, "Concept"),
        (maak(KLAAR, concept=False, voorbeeld=True), "Voorbeeld met verzonnen personen"),
    ):
        assert [n for n, tekst in enumerate(pdf.paginas, 1) if merk not in tekst] == []


def test_zonder_merk_geen_woord_ervan(maak: Maak) -> None:
    tekst = maak(concept=False, voorbeeld=False, commit="abc123").tekst.lower()
    assert "concept" not in tekst
    assert "verzonnen" not in tekst
    assert "gegenereerd" not in tekst


def test_voorbeeld_staat_ook_in_colofon_en_verantwoording(ander: Pdf) -> None:
    assert "zijn verzonnen. Het is een voorbeeld" in next(t for t in ander.paginas if "Colofon" in t)
    assert (
        "gegenereerd (voorbeeldlevering); de totalen per gemeente komen uit het meegeleverde overzicht." in ander.tekst
    )


def test_programma_noemt_de_commit_waarop_het_steunt(maak: Maak, ander: Pdf) -> None:
    genoemd = maak(concept=False, voorbeeld=False, commit="abc123")
    assert "0.1.0, op basis van commit abc123. Het kenmerk" in genoemd.tekst
    assert "Voortgang 0.1.0. Het kenmerk" in ander.tekst


def test_reeks_bestanden_is_een_regel(ander: Pdf) -> None:
    """Thirteen files of one extract: sums on one line, its hash that of the list, which is in the manifest."""
    lijst = "".join(f"{b.sha256}  {b.bestand}\n" for b in BESTANDEN)
    tekst = ander.tekst
    assert "gemeenten/, 13 bestanden Gemeenten 1.391 91 " in tekst
    assert sha256(lijst.encode()).hexdigest() in tekst.replace(" ", "")
    assert [b.bestand for b in BESTANDEN if b.sha256 in tekst.replace(" ", "")] == []
    assert "staat in het manifest bij deze editie" in tekst


def test_reeks_van_meegeleverde_bestanden_is_een_regel(ander: Pdf) -> None:
    """Three or more of one source whose names differ in a number are a line with those numbers; others stand apart."""
    tekst = ander.tekst.replace(" ", "")
    assert "grenzen/gemeente_*.json,3bestanden:2017,2018en2022" in tekst
    lijst = "".join(f"{b.sha256}  {b.naam}\n" for b in MEEGELEVERD[2:])
    assert sha256(lijst.encode()).hexdigest() in tekst.replace(" ", "")
    assert [b.sha256 in tekst for b in MEEGELEVERD] == [True, True, False, False, False]


def test_twaalf_bestanden_staan_elk_op_een_regel(maak: Maak) -> None:
    reeks = tuple(Invoerbestand(f"gemeenten/{n:02d}.csv", "gemeenten", "Gem.", HASH, 9, n, 0) for n in range(1, 13))
    tekst = maak(deel="verantwoording", invoer=reeks).tekst
    assert [b.bestand for b in reeks if b.bestand not in tekst] == []
    assert "12 bestanden" not in tekst


def test_provincie_staat_op_elke_pagina_van_haar_tabel(maak: Maak) -> None:
    """A province longer than a page: its name in every head, and three municipalities or more before its total."""
    zag_slot = 0
    for aantal in (39, 40, 43):
        veel = tuple(replace(GEMEENTEN[0], code=f"GM1{n:03d}", naam=f"Dorp {n:03d}") for n in range(aantal))
        bijlage = [p for p in maak(veel, deel="per-gemeente").paginas if "Dorp" in p and "Gemeente in" in p]
        assert len(bijlage) >= 2
        for p in bijlage:
            assert "Gemeente in Noordland" in p
            for tabel in p.split("Gemeente in Noordland")[1:]:
                rijen, *slot = re.split(r" Noordland [\d.]{4,} ", tabel)
                zag_slot += bool(slot)
                assert not slot or rijen.count("Dorp") >= 3
    assert zag_slot >= 3


def test_definities_van_maanden_staan_er_een_keer(
    register: GeheugenRegister, tabellen: GeheugenTabellen, meta: DocumentMeta, grenzen: Grenzen, tmp_path: Path
) -> None:
    """The month becomes m; the first of January stays the first of January."""
    rij = {"eenheid": "personen", "decimalen": 0, "model": "x", "grondslag": "eigen definitie"}
    rij["bron"] = "CBS, bevolking op 1 januari"
    tekst = "Op 1 januari, tot en met maand {0}; na {0} van de zes maanden."
    definities = [
        rij
        | {"cijfer_id": f"realisatie.schema_{n}", "naam": f"Schema tot en met maand {n}", "definitie": tekst.format(n)}
        for n in range(1, 7)
    ]
    ids = {definitie["cijfer_id"] for definitie in definities}
    andere = [rij for rij in tabellen.rows("report.definities") if rij["cijfer_id"] not in ids]
    anders = GeheugenTabellen({**tabellen._tabellen, "report.definities": [*andere, *definities]})
    html = build_document(register, anders, meta, tmp_path, grenzen).replace("\u00a0", " ")
    assert (html.count("<b>Schema tot en met maand m.</b>"), html.count("Schema tot en met maand 1")) == (1, 0)
    assert "<b>Schema tot en met maand m.</b> Op 1 januari, tot en met maand m; na m van de zes maanden" in html


def test_koppen_beginnen_bij_een_en_slaan_niets_over(rapport: Rapport) -> None:
    niveaus = [int(e.soort[1]) for e in rapport.pdf.boom.alle() if re.fullmatch("H[1-6]", e.soort)]
    assert niveaus[0] == 1
    assert niveaus.count(1) == 1
    assert all(later - eerder <= 1 for eerder, later in pairwise(niveaus))


def test_elke_figuur_heeft_een_ware_alt_tekst(rapport: Rapport) -> None:
    alts = [e.alt or "" for e in rapport.pdf.boom.alle() if e.soort == "Figure"]
    assert [alt.split()[0] for alt in alts] == ["Staafdiagram", "Lijndiagram", "Staafdiagram", "Staafdiagram", "Kaart"]
    assert "juni 184" in alts[0]
    assert "Aan het eind zijn 953 vergunninghouders minder gehuisvest dan het schema." in alts[1]
    assert "de bruto achterstand was 941 op 1 januari 2016 en 1.050 op 1 juli 2016 (toegenomen)" in alts[2]
    assert "Kaart van de 7 gemeenten" in alts[4]


def test_lijsten_en_tabellen_zijn_heel(rapport: Rapport) -> None:
    """A list holds only items, a row only cells, and no header cell is empty."""
    kinderen = {"L": {"LI", "Caption"}, "TR": {"TH", "TD"}, "LI": {"Lbl", "LBody"}}
    fout = Counter(
        (e.soort, kind.soort)
        for e in rapport.pdf.boom.alle()
        for kind in e.kinderen
        if e.soort in kinderen and kind.soort not in kinderen[e.soort]
    )
    assert fout == Counter()
    assert not re.search(r"<th[^>]*>\s*</th>", rapport.html)
    assert re.findall(r"<th(?![^>]*scope=)[^>]*>", rapport.html.replace("<thead", "")) == []


def test_koppelingen_werken(rapport: Rapport) -> None:
    """Every line of the contents is a link, and every link leads somewhere."""
    namen = {str(naam) for naam in rapport.pdf.pike.Root["/Names"]["/Dests"]["/Names"][::2]}
    doelen = [str(a["/Dest"]) for page in rapport.pdf.pike.pages for a in page.get("/Annots", [])]
    assert set(doelen) <= namen
    assert set(re.findall(r'<a href="#([^"]*)"', rapport.html)) == set(doelen)


def test_bladwijzers_dragen_nummers(rapport: Rapport) -> None:
    with rapport.pdf.pike.open_outline() as outline:
        titels = [item.title for item in outline.root]
        assert [item.title for item in outline.root[2].children][:2] == [
            "2.1 De taakstelling: netto en gecorrigeerd",
            "2.2 Realisatie per maand",
        ]
    assert titels == [
        "Samenvatting",
        "1 Instroom en vooruitblik",
        "2 Taakstelling en realisatie",
        "3 Vergunninghouders in de opvang",
        "4 Koppelingen langer dan de normtijd",
        "5 Doorlooptijden",
        "6 Sluiten de bronnen aan?",
        "7 Toezicht",
        "8 Werkzaamheden",
        "Bijlage A Cijfers per gemeente",
        "Bijlage B Begrippen",
        "Bijlage C Verantwoording",
        "Bijlage D Herzieningen",
    ]


def test_verantwoording_noemt_alles(rapport: Rapport, meta: DocumentMeta) -> None:
    tekst = rapport.pdf.tekst
    for deel in (
        meta.invoer[0].bestand,
        meta.invoer[0].sha256,
        meta.referentie[0].naam,
        meta.code_sha256,
        meta.commit or "",
    ):
        assert deel in tekst.replace(" ", "")
    assert "gevonden: 1 som wijkt af" in tekst
    assert "geen bevindingen" in tekst
    niets = tekst.partition("niet van toepassing zijn: er is niets om mee te vergelijken")[2]
    assert niets.split("C.7")[0].count("Het grootboek zet dat van eerder voort") == 1
    assert tekst.count("Het grootboek zet dat van eerder voort") == 1
    for deel in (
        "Onbekende kolom",
        "1.044",
        "gemeenten/GM0003.csv: deze kolom",
        "gemeente: Asten wordt Assen",
        "12-7-2016",
    ):
        assert deel in tekst


def test_html_is_overal_gelijk(rapport: Rapport) -> None:
    """No folder of this machine in the text, so that an edition does not depend on where it was made."""
    assert str(rapport.werk) not in rapport.html
    assert "file:" not in rapport.html


def test_zonder_regios_en_zonder_kaart(maak: Maak) -> None:
    pdf = maak(ZONDER_REGIO, zonder_kaart=True)
    assert "Arbeidsmarktregio’s" not in pdf.tekst
    assert "2.8 De grootste verschuivingen" in pdf.tekst
    assert [e.alt for e in pdf.boom.alle() if e.soort == "Figure" and "Kaart" in (e.alt or "")] == []
    assert "Kadaster" not in pdf.tekst


def test_lange_en_vreemde_namen_blijven_binnen_de_pagina(maak: Maak) -> None:
    pdf = maak(ZONDER_REGIO, zonder_kaart=True)
    assert all(stuk.rechts <= blad(pdf, stuk)[0] - 13 / 25.4 * 72 for stuk in pdf.stukken if stuk.pagina > 1)
    assert "&amp;" not in pdf.tekst
    assert LANG.replace(" ", "") in pdf.tekst.replace(" ", "")


def test_halfjaar_zonder_achterstand_leest_ook_goed(maak: Maak) -> None:
    tekst = maak(KLAAR, concept=False, voorbeeld=True).tekst
    assert "Op 1 juli 2016 hadden zij samen per saldo een voorsprong van 42 (bruto 0 achter en 42 voor)." in tekst
    assert (
        "hadden de gemeenten samen per saldo geen achterstand en geen voorsprong (bruto 0 achter en 0 voor)." in tekst
    )
    assert "gedaald met 42" in tekst
    assert (
        "Het aantal gemeenten met een gecorrigeerde taakstelling boven nul waar per saldo niemand is gehuisvest, is 0."
        in tekst
    )


def test_ontbrekend_cijfer_houdt_het_document_tegen(
    register: GeheugenRegister, tabellen: GeheugenTabellen, meta: DocumentMeta, grenzen: Grenzen, tmp_path: Path
) -> None:
    kaal = GeheugenRegister([c for c in register._cijfers.values() if c.cijfer_id != "boekhouding.open_ouder"])
    with pytest.raises(OnbekendCijfer, match=r"boekhouding\.open_ouder"):
        build_document(kaal, tabellen, meta, tmp_path, grenzen)


def test_onbekende_controle_is_nvt_en_geen_zin(
    register: GeheugenRegister, tabellen: GeheugenTabellen, meta: DocumentMeta, grenzen: Grenzen, tmp_path: Path
) -> None:
    zonder = register.met("controle.adams_gelijk", None).met("taakstelling.aangekondigd", None)
    html = build_document(zonder, tabellen, meta, tmp_path, grenzen)
    assert "De controle kon niet worden uitgevoerd" in html
    assert "is dat aantal hier niet bekend" in html


def test_tabellen_van_een_warehouse() -> None:
    con = duckdb.connect()
    con.execute("create schema report")
    con.execute("create table report.gebieden as select 'NL' as gebied, 'Nederland' as naam, null as provincie")
    con.execute("create table report.gemeenten as select $1 as gemeente, $2 as tekst", ["'s-Gravenhage", "een 's'"])
    tabellen = WarehouseTabellen(con)
    assert tabellen.rows("report.gebieden") == [{"gebied": "NL", "naam": "Nederland", "provincie": None}]
    assert tabellen.rows("report.gemeenten") == [{"gemeente": "’s-Gravenhage", "tekst": "een 's'"}]
    with pytest.raises(DocumentFout, match="levering"):
        tabellen.rows("levering.personen")
