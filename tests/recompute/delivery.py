"""The rows of a random population, and where each kind is delivered.

Belongs here: what a row holds. Not here: drawing them (population.py).
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tests.recompute.worlds import World


class Persoon(NamedTuple):
    """levering.coa_personen."""

    persoon: str
    huishouden: str
    geboortejaar: int
    nationaliteit: str | None
    categorie: str
    datum_vergunning: date | None
    datum_instroom_opvang: date | None
    opvanggemeentecode: str | None
    opvangvorm: str | None
    vertrek_datum: date | None
    vertrek_reden: str | None


class Koppeling(NamedTuple):
    """levering.coa_koppelingen."""

    koppeling_id: str
    persoon: str
    gemeentecode: str
    datum_koppeling: date
    datum_einde: date | None
    reden_einde: str | None
    datum_aanbod: date | None
    weigering: str | None
    datum_weigering: date | None
    datum_huurcontract: date | None
    koppelingsgrond: str
    arbeidsmarktscreening: str
    reden_vertraging: str | None


class Afmelding(NamedTuple):
    """levering.coa_afmeldingen."""

    afmelding_id: str
    persoon: str
    gemeentecode: str
    datum: date
    aantal: int
    soort: str
    corrigeert: str | None


class Overzicht(NamedTuple):
    """levering.coa_overzicht."""

    gemeentecode: str
    saldo_begin: int
    taakstelling: int
    maand_1: int
    maand_2: int
    maand_3: int
    maand_4: int
    maand_5: int
    maand_6: int


class Lijst(NamedTuple):
    """levering.gemeenten_levering: a municipality that delivered a list, perhaps an empty one."""

    gemeentecode: str
    rijen: int


class Melding(NamedTuple):
    """levering.gemeenten_huisvesting."""

    gemeentecode: str
    persoon: str
    datum_huisvesting: date


class Besluit(NamedTuple):
    """levering.ind_vergunningen."""

    persoon: str
    datum_besluit: date
    besluit: str
    categorie: str


class Nareis(NamedTuple):
    """levering.ind_nareis."""

    persoon: str
    referent: str
    datum_besluit: date
    datum_verwachte_aankomst: date | None
    datum_aankomst: date | None


class Toezicht(NamedTuple):
    """levering.provincies_toezicht."""

    gemeentecode: str
    datum: date
    trede: int
    verschoonbaar: str


class Aankondiging(NamedTuple):
    """levering.rijk_taakstelling."""

    periode: str
    grootheid: str
    aantal: int
    bekend_op: date
    bron: str


class Deel(NamedTuple):
    """levering.rijk_herindeling: the share of a part of a divided municipality."""

    datum: date
    oude_code: str
    nieuwe_code: str
    aandeel_teller: int
    aandeel_noemer: int


class DeelPersoon(NamedTuple):
    """levering.rijk_herindeling_personen."""

    persoon: str
    nieuwe_code: str


class Eindsaldo(NamedTuple):
    """eerder.eindsaldo: of the published edition of the previous half-year."""

    periode: str
    gemeentecode: str
    eindsaldo: int


class Boekpost(NamedTuple):
    """eerder.boekhouding_per_halfjaar."""

    periode: str
    gemeentecode: str
    halfjaar: str | None
    volgorde: int | None
    open_personen: int
    voorsprong: int


class EerderToezicht(NamedTuple):
    """eerder.toezicht: of the published edition of the previous half-year."""

    periode: str
    gemeentecode: str
    halfjaren_achter: int
    ondergrens: bool


class Cijfer(NamedTuple):
    """eerder.cijfers."""

    periode: str
    cijfer_id: str
    gebied: str
    waarde: int


@dataclass(frozen=True)
class Population:
    """Everything that was delivered, or published before."""

    world: World
    personen: tuple[Persoon, ...] = ()
    koppelingen: tuple[Koppeling, ...] = ()
    afmeldingen: tuple[Afmelding, ...] = ()
    overzicht: tuple[Overzicht, ...] = ()
    lijsten: tuple[Lijst, ...] = ()
    meldingen: tuple[Melding, ...] = ()
    besluiten: tuple[Besluit, ...] = ()
    nareis: tuple[Nareis, ...] = ()
    toezicht: tuple[Toezicht, ...] = ()
    aankondigingen: tuple[Aankondiging, ...] = ()
    delen: tuple[Deel, ...] = ()
    deelpersonen: tuple[DeelPersoon, ...] = ()
    eindsaldi: tuple[Eindsaldo, ...] = ()
    boekposten: tuple[Boekpost, ...] = ()
    cijfers: tuple[Cijfer, ...] = ()
    eerder_toezicht: tuple[EerderToezicht, ...] = ()


TABLES = {
    "personen": "levering.coa_personen",
    "koppelingen": "levering.coa_koppelingen",
    "afmeldingen": "levering.coa_afmeldingen",
    "overzicht": "levering.coa_overzicht",
    "lijsten": "levering.gemeenten_levering",
    "meldingen": "levering.gemeenten_huisvesting",
    "besluiten": "levering.ind_vergunningen",
    "nareis": "levering.ind_nareis",
    "toezicht": "levering.provincies_toezicht",
    "aankondigingen": "levering.rijk_taakstelling",
    "delen": "levering.rijk_herindeling",
    "deelpersonen": "levering.rijk_herindeling_personen",
    "eindsaldi": "eerder.eindsaldo",
    "boekposten": "eerder.boekhouding_per_halfjaar",
    "cijfers": "eerder.cijfers",
    "eerder_toezicht": "eerder.toezicht",
}
"""Where the rows of each field of a population are delivered."""

KNOWN = tuple(f"p{number:02}" for number in range(25))
STRANGERS = ("x0", "x1", "x2")
"""Persons of whom the COA has no file."""
HOUSEHOLDS = tuple(f"h{number}" for number in range(8))
