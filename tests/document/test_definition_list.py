"""The short list of definitions: a family says only what holds for each of its members, and no figure is lost."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import duckdb
import pytest

from pipeline.core.document.definition_list import definitie_ankers, definitielijst
from pipeline.core.house import house_path
from tests.document.geheugen import sql_definities


def rij(cijfer_id: str, definitie: str, naam: str = "naam") -> dict[str, str]:
    return {"cijfer_id": cijfer_id, "naam": naam, "definitie": definitie}


def lijst_van(rijen: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The list without its anchors, which have tests of their own."""
    lijst = definitielijst(rijen)
    for groep in lijst:
        for ingang in groep["rijen"]:
            assert ingang.pop("anker").startswith("def-")
    return lijst


def test_familie_zegt_haar_eigen_volle_zin_waar_de_leden_verschillen() -> None:
    lijst = lijst_van(
        [
            rij("vooruitblik.prognose_0", "De laatste prognose voor dit halfjaar die bekend was."),
            rij("vooruitblik.prognose_1", "De laatste prognose voor het volgende halfjaar die bekend was."),
        ]
    )
    assert lijst == [
        {
            "hoofdstuk": "instroom",
            "rijen": [
                {
                    "naam": "Laatste prognose",
                    "definitie": "De laatste prognose van de landelijke taakstelling voor het halfjaar "
                    "die op de briefdatum bekend was.",
                }
            ],
            "noten": [],
        }
    ]


def test_familie_zonder_gelijk_begin_zegt_de_zinnen_die_allen_hebben() -> None:
    lijst = lijst_van(
        [
            rij("wachttijd.koppeling_aanbod_aantal", "Hoeveel er zijn. Koppelingen van het halfjaar. Meer."),
            rij("wachttijd.koppeling_aanbod_bereikt", "Bij wie het lukte. Koppelingen van het halfjaar."),
        ]
    )
    (groep,) = lijst
    assert {"naam": "Van koppeling tot aanbod", "definitie": "Koppelingen van het halfjaar."} in groep["rijen"]


def test_na_de_eigen_zin_van_de_familie_komt_wat_alle_leden_zeggen() -> None:
    (groep,) = lijst_van(
        [
            rij("ind.coa_andere_datum", "Personen met een andere datum bij de IND. De eerste telt."),
            rij("ind.opvang_andere_datum", "Bewoners met een andere datum bij de IND. De eerste telt."),
        ]
    )
    assert groep["rijen"] == [
        {
            "naam": "Andere datum bij de IND",
            "definitie": "Personen bij het COA, in de opvang of in het halfjaar geplaatst, "
            "met bij de IND een andere datum van de vergunning."
            " De eerste telt.",
        }
    ]


def test_wat_drie_keer_staat_wordt_een_noot() -> None:
    """Sentences of the same entries are one note; a short one, and one that two entries have, stay where they are."""
    lang = "De norm die op de peildatum geldt, telt; die is instelbaar."
    ook = "En deze zin hoort daar in al die definities ook helemaal bij."
    twee = "Deze zin is lang genoeg, maar staat in maar twee definities."
    (groep,) = lijst_van(
        [
            rij("norm.a", f"Weken van a. {lang} {ook} {twee}", "A"),
            rij("norm.b", f"Weken van b. {lang} {ook} {twee}", "B"),
            rij("norm.c", f"Weken van c. {lang} Kort. {ook}", "C"),
            rij("norm.d", "Kort.", "D"),
            rij("norm.e", "Weken. Kort.", "E"),
        ]
    )
    assert groep["noten"] == [{"nummer": "1", "tekst": f"{lang} {ook}"}]
    assert [r["definitie"] for r in groep["rijen"]] == [
        f"Weken van a. {twee} Zie noot 1.",
        f"Weken van b. {twee} Zie noot 1.",
        "Weken van c. Kort. Zie noot 1.",
        "Kort.",
        "Weken. Kort.",
    ]


def test_geen_definitie_is_alleen_een_noot() -> None:
    zin = "Een zin die lang genoeg is om een noot te worden, als dat mocht."
    (groep,) = lijst_van(rij(f"norm.{n}", zin if n else f"Eerst iets. {zin}") for n in range(3))
    assert groep["noten"] == []
    assert groep["rijen"][1]["definitie"] == zin


def test_familie_zonder_iets_gemeenschappelijks_staat_los() -> None:
    lijst = lijst_van([rij("ind.coa_gelijk", "Het ene.", "A"), rij("ind.opvang_gelijk", "Iets anders.", "B")])
    assert [r["naam"] for r in lijst[0]["rijen"]] == ["A", "B"]


def test_hoofdstukken_staan_in_de_volgorde_van_het_rapport() -> None:
    ids = ("toezicht.x", "opvang.totaal", "saldo.eind", "nareis.verwacht", "ind.x", "norm.x", "kansrijk.x")
    assert [groep["hoofdstuk"] for groep in lijst_van(rij(i, "Iets.", i) for i in ids)] == [
        "instroom",
        "realisatie",
        "opvang",
        "koppelingen",
        "doorlooptijden",
        "aansluiting",
        "toezicht",
    ]


def test_noten_tellen_door_over_de_hoofdstukken() -> None:
    een, twee = (f"Deze zin van hoofdstuk {n} is lang genoeg om een noot te worden." for n in ("een", "twee"))
    groepen = lijst_van(
        [rij(f"norm.{n}", f"Week {n}. {een}", str(n)) for n in range(3)]
        + [rij(f"toezicht.{n}", f"Gemeente {n}. {twee}", str(n)) for n in range(3)]
    )
    assert [groep["noten"] for groep in groepen] == [[{"nummer": "1", "tekst": een}], [{"nummer": "2", "tekst": twee}]]
    assert groepen[1]["rijen"][0]["definitie"] == "Gemeente 0. Zie noot 2."


def test_wat_de_woordenlijst_uitlegt_en_wat_de_rekening_al_zegt_staat_niet_nog_eens() -> None:
    zelfde = ("Gemeenten op nul of ervoor.", "Gemeenten die voldaan hebben")
    lijst = lijst_van(
        [
            rij("koppelingen.gemeenten_voldaan", *zelfde),
            rij("stand.voldaan", *zelfde),
            rij("saldo.eind", "Iets.", "Eindsaldo"),
        ]
    )
    (groep,) = lijst
    assert groep["hoofdstuk"] == "realisatie"
    assert groep["rijen"] == [
        {"naam": "Eindsaldo", "definitie": ""},
        {"naam": "Gemeenten die voldaan hebben", "definitie": "Gemeenten op nul of ervoor."},
    ]


@pytest.fixture(scope="module")
def alle() -> list[dict[str, str]]:
    """The definitions of the house, with a class or two of each breakdown; without those made of the key figures."""
    con = duckdb.connect()
    con.execute("create schema report; create schema invoer")
    con.execute("create table invoer.parameters as select date '2016-09-29' as briefdatum")
    con.execute("""
        create table report.opvang_klassen as
        select dimensie, klasse, dimensie || ' ' || klasse as naam, 1 as volgorde
        from (values ('categorie', 'asiel'), ('categorie', 'amv'), ('huishoudgrootte', 'een'),
            ('nationaliteit', 'rang_1'),
            ('nationaliteit', 'overig'), ('opvangvorm', 'azc'), ('opvangvorm', 'pol'), ('verblijf', 'tot_90'),
            ('verblijf', 'langer'), ('te_lang', 'weken_1_4'), ('te_lang', 'ernstig_vertraagd'),
            ('reden_vertraging', 'medisch')) as klassen (dimensie, klasse)
    """)
    paden = sorted(house_path("sql").glob("report/definities_*.sql"))
    return [
        dict(zip(("cijfer_id", "naam", "definitie"), los, strict=True))
        for pad in paden
        if pad.stem not in ("definities_verandering", "definities_kern", "definities_herziening")
        for los in con.execute(f"select cijfer_id, naam, definitie from ({pad.read_text('utf-8')})").fetchall()
    ]


def test_elke_definitie_is_een_volle_zin(alle: list[dict[str, str]]) -> None:
    groepen = lijst_van(alle)
    zinnen = [r["definitie"] for groep in groepen for r in groep["rijen"] if r["definitie"]]
    zinnen += [noot["tekst"] for groep in groepen for noot in groep["noten"]]
    assert len(zinnen) > 150
    slecht = [z for z in zinnen if "…" in z or z.count("(") != z.count(")") or not re.fullmatch(r"[A-ZÉ].*\.", z)]
    assert slecht == []


def test_geen_woord_wordt_twee_keer_uitgelegd(alle: list[dict[str, str]]) -> None:
    """Neither in two chapters, nor both in the list of words and in that of the figures."""
    uitgelegd = [r["naam"] for groep in lijst_van(alle) for r in groep["rijen"] if r["definitie"]]
    sjabloon = house_path("report_templates") / "voortgangsrapportage" / "delen" / "bijlage_begrippen.html.j2"
    uitgelegd += re.findall(r"<li><b>([^<{]+)\.</b>", sjabloon.read_text("utf-8"))
    assert sorted({naam for naam in uitgelegd if uitgelegd.count(naam) > 1}) == []


def test_elk_cijfer_leidt_naar_zijn_ingang() -> None:
    """A member of a family to that of its family, a month to the entry of all months, a word to the list of words."""
    rijen = [
        rij("vooruitblik.prognose_0", "De laatste prognose voor dit halfjaar.", "a"),
        rij("realisatie.maand_1", "Afgemeld in maand 1.", "Realisatie in maand 1"),
        rij("realisatie.maand_6", "Afgemeld in maand 6.", "Realisatie in maand 6"),
        rij("realisatie.totaal", "Afgemeld.", "Realisatie"),
        rij("stand.achter", "Gemeenten achter.", "Achter"),
        rij("stand.voor", "Gemeenten vóór.", "Achter"),
        rij("wachttijd.koppeling_aanbod_mediaan", "De mediaan.", "Mediaan"),
    ]
    assert definitie_ankers(rijen) == {
        "vooruitblik.prognose_0": ("def-laatste-prognose",),
        "realisatie.maand_1": ("def-realisatie-in-maand-m",),
        "realisatie.maand_6": ("def-realisatie-in-maand-m",),
        "realisatie.totaal": ("woord-realisatie",),
        "stand.achter": ("def-achter",),
        "stand.voor": ("def-achter-2",),
        "wachttijd.koppeling_aanbod_mediaan": ("def-van-koppeling-tot-aanbod", "def-wachttijd-mediaan"),
    }
    in_lijst = [ingang["anker"] for groep in definitielijst(rijen) for ingang in groep["rijen"]]
    assert len(in_lijst) == len(set(in_lijst)) == 7


def test_elke_definitie_zegt_waarop_zij_rust() -> None:
    """A law, a publication or an own choice: in the entry, in its note, or in the list of words to which it refers.

    Only what is a definition of the report itself says nothing: the introduction says that once.
    """
    rijen = sql_definities().rijen
    grondslagen: dict[str, set[str]] = {}
    for cijfer_id, ankers in definitie_ankers(rijen).items():
        (grondslag,) = (str(rij["grondslag"]) for rij in rijen if rij["cijfer_id"] == cijfer_id)
        for anker in ankers:
            grondslagen.setdefault(anker, set()).add(grondslag.partition("; wie vergunninghouder is")[0])
    assert [rij["cijfer_id"] for rij in rijen if not rij["grondslag"]] == []
    for groep in definitielijst(rijen):
        noten = {noot["nummer"]: noot["tekst"] for noot in groep["noten"]}
        for ingang in groep["rijen"]:
            nummers = re.findall(r"\d+", ingang["definitie"].partition("Zie noot ")[2])
            tekst = " ".join((ingang["definitie"], *(noten[nummer] for nummer in nummers)))
            if ingang["definitie"] and "eigen definitie" not in grondslagen[ingang["anker"]]:
                assert re.search(r"(Grondslag: .|Eigen (definitie|keuze of))", tekst), ingang
            assert not re.search(r"Eigen definitie(\.|; wie vergunninghouder)", tekst), ingang


def test_de_grondslag_is_de_laatste_zin() -> None:
    eigen = rij("saldo.verandering", "Het verschil.") | {"grondslag": "eigen definitie"}
    wet = rij("controle.artikel_29", "De formule.", "formule") | {"grondslag": "Huisvestingswet 2014, artikel 29"}
    (groep,) = lijst_van([eigen, wet])
    assert [ingang["definitie"] for ingang in groep["rijen"]] == [
        "De formule. Grondslag: Huisvestingswet 2014, artikel 29.",
        "Het verschil.",
    ]
