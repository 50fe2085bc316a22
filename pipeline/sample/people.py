"""Persons: nationality, age, number, household and the place where they were received.

Belongs here: what makes a household into persons. Not here: its course. V-numbers come from an own range (V999 and
seven digits), so that every one of them can be found again; real ones do not begin with 999.
"""

from dataclasses import dataclass
from datetime import date

from pipeline.core.errors import GebruiksFout
from pipeline.sample.dice import Dice, Quantiles, Weighted
from pipeline.sample.geography import Geography
from pipeline.sample.model import Person, Soort, Unit
from pipeline.sample.relatives import NATIONALITIES

# Numbers per copy; a hundred copies fill the seven digits.
BLOCK = 100_000
# Stands for the two digits of the copy until the files are written.
COPY = "\x01\x01"

_ADULTS = Quantiles(18, 19, 20, 23, 29, 37, 46, 52, 64, 81)
_CHILDREN = Quantiles(0, 0, 1, 4, 8, 12, 15, 16, 17, 17)
_FORMS = Weighted([("azc", 66), ("pol", 8), ("noodopvang", 18), ("crisisnoodopvang", 5), ("gva", 3)])
_STABLE_FROM = date(2014, 1, 1).toordinal()
_STABLE_TO = date(2019, 12, 31).toordinal()
_SMALLEST_TOWN = 18_000
_NEAR = {"opvang_nabij": 970, "werk": 430, "opleiding": 430}
_NEAR_OTHERWISE = 110
# Of those: in the very municipality, when it has a place.
_OWN = 600


@dataclass(frozen=True)
class Location:
    """A place of reception: an invented name after the real municipality that it stands in."""

    naam: str
    gemeente: str
    vorm: str


class Locations:
    """Two to three places in every arbeidsmarktregio, in municipalities that no herindeling touched in the years of the
    sample.
    """

    def __init__(self, geography: Geography, dice: Dice, peildatum: int) -> None:
        self.geography, self.dice = geography, dice
        towns: dict[str, list[str]] = {}
        for code in geography.codes(2016):
            start, end = geography.existed[code]
            if start <= _STABLE_FROM and end > _STABLE_TO and geography.inhabitants[2016, code] >= _SMALLEST_TOWN:
                towns.setdefault(geography.region(code), []).append(code)
        self.all: list[Location] = []
        self.by_region: dict[str, list[int]] = {}
        for region in sorted(towns):
            dice.shuffle(towns[region])
            for code in towns[region][:3]:
                self._add(region, code, geography.name(code, peildatum - 1))
        self.count = len(self.all)
        self.small = [self._small(index, peildatum) for index in range(0, self.count, 3)]

    def _add(self, region: str, code: str, name: str) -> None:
        form = self.dice.weighted(_FORMS)
        title = {
            "gva": "tijdelijke huisvesting",
            "noodopvang": "noodopvang",
            "crisisnoodopvang": "crisisnoodopvang",
        }.get(form, form)
        self.by_region.setdefault(region, []).append(len(self.all))
        self.all.append(Location(f"{title} {name}", code, form))

    def _small(self, index: int, peildatum: int) -> int:
        code = self.all[index].gemeente
        self.all.append(
            Location(f"kleinschalige opvang {self.geography.name(code, peildatum - 1)}", code, "kleinschalig_amv")
        )
        return len(self.all) - 1

    def place(self, unit: Unit) -> int:
        """Where the household was received; by the ground of its last koppeling near the municipality of that
        koppeling.
        """
        if unit.soort is Soort.AMV_OPVANG:
            return self.dice.pick(self.small)
        if unit.spells and self.dice.chance(_NEAR.get(unit.spells[-1].grond, _NEAR_OTHERWISE)):
            code = unit.spells[-1].gemeente
            near = self.by_region.get(self.geography.region(code), [])
            own = [index for index in near if self.all[index].gemeente == code]
            if own and self.dice.chance(_OWN):
                return own[0]
            if near:
                return self.dice.pick(near)
        return self.dice.below(self.count)


def give_nationality(units: list[Unit], dice: Dice) -> None:
    """A nationality for everyone but relatives, who have that of their referent."""
    for unit in units:
        if unit.soort.categorie != "nareis":
            unit.nationaliteit = dice.weighted(NATIONALITIES)


def make_persons(units: list[Unit], dice: Dice) -> int:
    """Members with age and number for every household, and household numbers. Returns the number of persons.

    Numbers rise with the first day at IND or COA; a quarter of the block stays free, for mistakes that must hit nobody.
    """
    ordered = sorted(
        units, key=lambda unit: unit.vergunning if unit.aankomst is None else min(unit.vergunning, unit.aankomst)
    )
    total = sum(unit.omvang for unit in ordered)
    if total > BLOCK * 96 // 100:
        raise GebruiksFout(f"{total} personen passen niet in het nummerbereik; kies een kleinere opvang")
    referents = {id(unit.referent) for unit in units}
    number = 0
    before: Unit | None = None
    for household, unit in enumerate(ordered):
        unit.huishouden = household
        grown = unit.soort is Soort.REGULIER and unit.omvang == 1 and id(unit) not in referents
        family = before is not None and before.soort is Soort.REGULIER and before.omvang >= 3
        if before is not None and grown and family and dice.chance(18):
            # A grown-up child with a koppeling of its own: one household, two municipalities.
            unit.huishouden, unit.nationaliteit = before.huishouden, before.nationaliteit
        for index in range(unit.omvang):
            unit.leden.append(Person(number * BLOCK // total, _birth_year(unit, index, dice)))
            number += 1
        before = unit
    for unit in ordered:
        if unit.referent is not None:
            unit.huishouden = unit.referent.huishouden
    return total


def move_some_later(units: list[Unit], dice: Dice) -> int:
    """In some families one member follows a few days later, within the month. Returns how many persons."""
    moved = 0
    for unit in units:
        if unit.soort is not Soort.REGULIER or unit.omvang < 2 or len(unit.ledger) != 1 or not dice.chance(20):
            continue
        day = unit.ledger[0].dag
        days = dice.between(1, 6)
        if date.fromordinal(day).month == date.fromordinal(day + days).month:
            unit.leden[-1].later = days
            moved += 1
    return moved


def v_number(copy: int, number: int) -> str:
    """The V-number of person `number` (0 to 99.999) in copy 0 to 99."""
    return f"V999{copy:02d}{number:05d}"


def _birth_year(unit: Unit, index: int, dice: Dice) -> int:
    first = unit.vergunning if unit.aankomst is None else min(unit.vergunning, unit.aankomst)
    year = date.fromordinal(first).year
    categorie = unit.soort.categorie
    if categorie == "amv":
        return date.fromordinal(unit.vergunning).year - dice.between(15 if unit.soort is Soort.AMV else 12, 17)
    if categorie == "nareis":
        adult = dice.chance(600) if unit.omvang == 1 else index == 0 and dice.chance(870)
    else:
        adult = index == 0 or (index == 1 and dice.chance(880)) or dice.chance(60)
    return year - dice.quantile(_ADULTS if adult else _CHILDREN)
