"""What moves between the rooms of the sample: households with their koppelingen and afmeldingen.

Belongs here: the shapes and what follows from them alone (the state of a household at the peildatum). Not here: chance,
files. Days are ordinals (`date.toordinal()`), None where there is none. A municipality is a code that was valid on the
day of the event.
"""

from dataclasses import dataclass, field
from enum import Enum

# Norm between koppeling and aanbod (10 weeks); the day after it is late.
NORM_DAYS = 70


class Soort(Enum):
    """How somebody came to a house; the value is the `soort` of the afmelding, `opvang` whether the opvang came
    before.
    """

    REGULIER = ("regulier", "asiel", True)
    NAREIS_OPVANG = ("regulier", "nareis", True)
    AMV_OPVANG = ("amv", "amv", True)
    GVA_OPVANG = ("gva", "asiel", True)
    NAREIS = ("nareis", "nareis", False)
    AMV = ("amv", "amv", False)
    GVA = ("gva", "asiel", False)
    OVERIG = ("overig", "asiel", False)

    def __init__(self, soort: str, categorie: str, opvang: bool) -> None:
        self.soort = soort
        self.categorie = categorie
        self.opvang = opvang


class Stand(Enum):
    """The place in the funnel, for somebody in the opvang at the peildatum."""

    ZONDER_KOPPELING = "zonder_koppeling"
    BINNEN_NORM = "gekoppeld_binnen_norm"
    LANGER_DAN_NORM = "gekoppeld_langer_dan_norm"
    MET_AANBOD = "met_aanbod"
    MET_HUURCONTRACT = "met_huurcontract"


@dataclass(slots=True)
class Spell:
    """One koppeling. `weigering` is '', 'terecht' or 'onterecht'; `reden` why it ended; `vertraging` why an offer is
    late.
    """

    koppeling: int
    gemeente: str = ""
    einde: int | None = None
    reden: str = ""
    aanbod: int | None = None
    weigering: str = ""
    weigering_dag: int | None = None
    huurcontract: int | None = None
    profiel: int | None = None
    grond: str = "geen"
    screening: int | None = None
    vertraging: str = ""


@dataclass(slots=True)
class Entry:
    """One line of the ledger per member of the household; `corrigeert` points at the entry that a -1 takes back."""

    gemeente: str
    dag: int
    aantal: int
    soort: str
    corrigeert: "Entry | None" = None


@dataclass(slots=True)
class Person:
    """A member: index of the V-number, year of birth, and days by which this member moved later than the household."""

    nummer: int
    geboortejaar: int
    later: int = 0


@dataclass(slots=True, eq=False)
class Unit:
    """Persons who go through the system together. `aankomst`: entry into the opvang (None: never there); `vergunning`:
    the permit.
    """

    soort: Soort
    omvang: int
    vergunning: int
    aankomst: int | None
    spells: list[Spell] = field(default_factory=list)
    ledger: list[Entry] = field(default_factory=list)
    vertrek: int | None = None
    vertrek_reden: str = ""
    stand: Stand | None = None
    splits: dict[str, str] = field(default_factory=dict)
    referent: "Unit | None" = None
    nationaliteit: str = ""
    locatie: int = -1
    nabij: bool = False
    huishouden: int = -1
    leden: list[Person] = field(default_factory=list)
    verwacht: int | None = None

    @property
    def instroom(self) -> int:
        """The day from which the household is a vergunninghouder in the opvang."""
        return self.vergunning if self.aankomst is None else max(self.vergunning, self.aankomst)

    @property
    def gecorrigeerd(self) -> bool:
        """Whether an afmelding was taken back."""
        return any(entry.aantal < 0 for entry in self.ledger)


def stand_at(spells: list[Spell], peildatum: int) -> Stand:
    """The state in the funnel at the start of `peildatum`; `spells` hold nothing of that day or later."""
    if not spells or spells[-1].einde is not None:
        return Stand.ZONDER_KOPPELING
    last = spells[-1]
    if last.huurcontract is not None:
        return Stand.MET_HUURCONTRACT
    if last.aanbod is not None and last.weigering != "terecht":
        return Stand.MET_AANBOD
    return Stand.LANGER_DAN_NORM if peildatum - last.koppeling > NORM_DAYS else Stand.BINNEN_NORM
