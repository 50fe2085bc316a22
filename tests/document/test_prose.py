"""Words that a figure chooses: direction, sign, singular, and the refusal to speak about what is not known."""

from decimal import Decimal

import pytest

from pipeline.core.document.prose import Woorden, telwoord
from pipeline.core.errors import DocumentFout
from pipeline.core.figures import Cijfer
from tests.document.geheugen import GeheugenRegister


def woorden(waarde: int | None, eenheid: str = "personen") -> Woorden:
    getal = None if waarde is None else Decimal(waarde)
    return Woorden(GeheugenRegister([Cijfer("proef", "NL", getal, eenheid, "", "")]))


@pytest.mark.parametrize(
    ("waarde", "verandering", "vergeleken", "saldo"),
    [
        (1909, "gestegen met 1.909", "1.909 meer dan", "per saldo een achterstand van 1.909"),
        (-2, "gedaald met 2", "2 minder dan", "per saldo een voorsprong van 2"),
        (0, "gelijk gebleven", "evenveel als", "per saldo geen achterstand en geen voorsprong"),
    ],
)
def test_richting_volgt_het_cijfer(waarde: int, verandering: str, vergeleken: str, saldo: str) -> None:
    w = woorden(waarde)
    assert (w.verandering("proef"), w.vergeleken("proef"), w.saldo("proef")) == (verandering, vergeleken, saldo)


@pytest.mark.parametrize(
    ("waarde", "verwacht"),
    [(7, "een achterstand van 7"), (-7, "een voorsprong van 7"), (0, "geen achterstand en geen voorsprong")],
)
def test_een_gemeente_heeft_geen_saldo_van_anderen(waarde: int, verwacht: str) -> None:
    register = GeheugenRegister([Cijfer("proef", "GM0363", Decimal(waarde), "personen", "", "")])
    assert Woorden(register).saldo("proef", "GM0363") == verwacht


def test_bruto_noemt_beide_kanten() -> None:
    cijfers = [Cijfer(naam, "PV20", Decimal(w), "personen", "", "") for naam, w in (("a", 6446), ("v", 1163))]
    assert Woorden(GeheugenRegister(cijfers)).bruto("a", "v", "PV20") == "bruto 6.446 achter en 1.163 voor"


@pytest.mark.parametrize(
    ("waarde", "verwacht"), [(0, "0 gemeenten"), (1, "1 gemeente"), (17, "17 gemeenten"), (1015, "1.015 gemeenten")]
)
def test_meervoud(waarde: int, verwacht: str) -> None:
    assert woorden(waarde, "gemeenten").meervoud("proef", "gemeente", "gemeenten") == verwacht


@pytest.mark.parametrize(("waarde", "verwacht"), [("75", "75%"), ("66.7", "66,7%"), ("100", "100%")])
def test_drempel_zonder_loze_decimaal(waarde: str, verwacht: str) -> None:
    register = GeheugenRegister([Cijfer("proef", "NL", Decimal(waarde), "procent", "", "")])
    assert Woorden(register).heel("proef") == verwacht


@pytest.mark.parametrize(
    "vraag",
    [
        "ongeveer",
        "circa",
        "bijna",
        "ruim",
        "procent",
        "deel",
        "verandering",
        "vergeleken",
        "saldo",
        "is_nul",
        "is_een",
        "positief",
        "negatief",
        "absoluut",
    ],
)
def test_over_het_onbekende_geen_zin(vraag: str) -> None:
    w = woorden(None)
    assert not w.bekend("proef")
    with pytest.raises(DocumentFout, match="niet bekend"):
        getattr(w, vraag)("proef")


@pytest.mark.parametrize(("aantal", "ondergrens", "woord"), [(4, 4, "ten minste"), (4, 3, ""), (4, 9, ""), (0, 0, "")])
def test_minstens_alleen_als_alles_een_ondergrens_is(aantal: int, ondergrens: int, woord: str) -> None:
    w = register_met(achter=(aantal, "gemeenten"), ondergrens=(ondergrens, "gemeenten"))
    assert w.minstens("achter", "ondergrens") == woord


@pytest.mark.parametrize(("aantal", "verwacht"), [(0, "geen"), (1, "één"), (6, "zes"), (12, "twaalf"), (1015, "1.015")])
def test_telwoord(aantal: int, verwacht: str) -> None:
    assert telwoord(aantal) == verwacht


def register_met(**cijfers: tuple[str | int, str]) -> Woorden:
    return Woorden(
        GeheugenRegister([Cijfer(n, "NL", Decimal(w), eenheid, "", "") for n, (w, eenheid) in cijfers.items()])
    )


@pytest.mark.parametrize(
    ("opvang", "te_laat", "zinnen"),
    [
        (14_957, 6_020, ("bijna 15.000", "ca. 6.000")),
        (14_432, 7_142, ("ca. 14.400", "ca. 7.100")),
        (15_120, 6_000, ("ruim 15.000", "6.000")),
    ],
)
def test_de_zinnen_volgen_het_cijfer(opvang: int, te_laat: int, zinnen: tuple[str, str]) -> None:
    w = register_met(opvang=(opvang, "personen"), te_laat=(te_laat, "personen"))
    assert (w.ongeveer("opvang"), w.circa("te_laat")) == zinnen


@pytest.mark.parametrize(
    ("waarde", "woord", "waar"),
    [
        (15_043, "bijna", "ruim 15.000"),
        (14_957, "ruim", "bijna 15.000"),
        (15_000, "bijna", "15.000"),
        (87, "ruim", "87"),
    ],
)
def test_een_onwaar_woord_wordt_geweigerd(waarde: int, woord: str, waar: str) -> None:
    w = register_met(proef=(waarde, "personen"))
    with pytest.raises(DocumentFout, match=f"'{woord}' is niet waar: proef is .*; waar is '{waar}'"):
        w.ongeveer("proef", woord)
    with pytest.raises(DocumentFout, match="niet waar"):
        getattr(w, woord)("proef")


def test_een_woord_dat_er_niet_is() -> None:
    with pytest.raises(DocumentFout, match="kies uit bijna, ruim, ca"):
        woorden(5).ongeveer("proef", "krap")


@pytest.mark.parametrize(
    ("waarde", "eenheid", "verandering"),
    [(-4, "gemeenten", "gedaald met 4"), ("2.1", "procentpunt", "gestegen met 2,1 procentpunt")],
)
def test_verandering_in_eenheid(waarde: str | int, eenheid: str, verandering: str) -> None:
    assert register_met(proef=(waarde, eenheid)).verandering("proef") == verandering


def test_verandering_met_percentage() -> None:
    w = register_met(v=(1_234, "personen"), p=("8.3", "procent"), andersom=("-8.3", "procent"))
    assert w.verandering("v", "p") == "gestegen met 1.234 (8,3 procent)"
    with pytest.raises(DocumentFout, match="niet dezelfde kant"):
        w.verandering("v", "andersom")


@pytest.mark.parametrize(
    ("waarde", "zin"),
    [(0, "geen gemeenten liggen"), (1, "één gemeente ligt"), (2, "twee gemeenten liggen"), (17, "17 gemeenten liggen")],
)
def test_woord_en_vorm(waarde: int, zin: str) -> None:
    w = woorden(waarde, "gemeenten")
    assert f"{w.woord('proef', 'gemeente', 'gemeenten')} {w.vorm('proef', 'ligt', 'liggen')}" == zin


def test_vergelijk_vraagt_dezelfde_eenheid_en_niets_onder_nul() -> None:
    w = register_met(nu=(13_000, "personen"), straks=(23_000, "personen"), g=(5, "gemeenten"), min=(-5, "personen"))
    assert w.vergelijk("nu", "straks") == "aanzienlijk lager dan"
    for met in ("g", "min"):
        with pytest.raises(DocumentFout, match="niet te vergelijken"):
            w.vergelijk("nu", met)


def test_percentages_en_aantallen_door_elkaar() -> None:
    w = register_met(
        p=("50.9", "procent"), heel=("80", "procent"), n=(5, "personen"), m=(-5, "personen"), d=("2.5", "weken")
    )
    assert (w.procent("p"), w.procent("heel"), w.deel("p"), w.ongeveer("p")) == (
        "50,9 procent",
        "80 procent",
        "ruim de helft",
        "ruim 50 procent",
    )
    for hulp in (w.procent, w.deel):
        with pytest.raises(DocumentFout, match="percentage"):
            hulp("n")
    for cijfer_id in ("m", "d"):
        with pytest.raises(DocumentFout, match="heel getal van nul of hoger"):
            w.ongeveer(cijfer_id)


def test_datum() -> None:
    assert woorden(0).datum("2016-09-29") == "29 september 2016"
    with pytest.raises(DocumentFout, match="2016-09-31"):
        woorden(0).datum("2016-09-31")
