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
    "vraag", ["verandering", "vergeleken", "saldo", "is_nul", "is_een", "positief", "negatief", "absoluut"]
)
def test_over_het_onbekende_geen_zin(vraag: str) -> None:
    w = woorden(None)
    assert not w.bekend("proef")
    with pytest.raises(DocumentFout, match="niet bekend"):
        getattr(w, vraag)("proef")


@pytest.mark.parametrize(("aantal", "verwacht"), [(0, "geen"), (1, "één"), (6, "zes"), (12, "twaalf"), (1015, "1.015")])
def test_telwoord(aantal: int, verwacht: str) -> None:
    assert telwoord(aantal) == verwacht
