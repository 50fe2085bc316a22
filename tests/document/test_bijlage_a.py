"""Bijlage A of the small country, read back from the text of the PDF."""

from dataclasses import replace
from decimal import Decimal

from tests.document import bijlage_a
from tests.document.conftest import GEMEENTEN, Rapport
from tests.document.geheugen import GeheugenRegister

_GEBIEDEN = [bijlage_a.Gebied(g.code, g.naam, g.provincie, g.stand) for g in GEMEENTEN]
_PROVINCIES = [bijlage_a.Gebied("PV01", "Noordland"), bijlage_a.Gebied("PV02", "Zuidland")]


def test_elk_getal_staat_er_zoals_het_in_het_register_staat(rapport: Rapport, register: GeheugenRegister) -> None:
    gewenst = bijlage_a.verwacht(_GEBIEDEN, _PROVINCIES, lambda naam, gebied: register.cijfer(naam, gebied).waarde)
    assert len(gewenst) == len(GEMEENTEN) + 2 + 3
    assert bijlage_a.verschillen(bijlage_a.lees(rapport.pad), gewenst) == []


def test_een_ander_cijfer_valt_op(rapport: Rapport, register: GeheugenRegister) -> None:
    gelezen = bijlage_a.lees(rapport.pad)
    anders = register.met("realisatie.maand_3", 151, "GM0001")
    gewenst = bijlage_a.verwacht(_GEBIEDEN, _PROVINCIES, lambda naam, gebied: anders.cijfer(naam, gebied).waarde)
    ((een, ander),) = bijlage_a.verschillen(gelezen, gewenst)
    assert een is not None and ander is not None
    assert (een.getallen[5], ander.getallen[5]) == (Decimal(150), Decimal(151))


def test_een_rij_te_veel_of_te_weinig_valt_op(rapport: Rapport) -> None:
    gelezen = bijlage_a.lees(rapport.pad)
    assert bijlage_a.verschillen(gelezen, gelezen[:-1]) == [(gelezen[-1], None)]
    assert bijlage_a.verschillen(gelezen[:-1], gelezen) == [(None, gelezen[-1])]
    kwijt = [replace(gelezen[0], stand=""), *gelezen[1:]]
    assert len(bijlage_a.verschillen(kwijt, gelezen)) == 1
