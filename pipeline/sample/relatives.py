"""Nareis: relatives follow the one who came first, in the same household and where possible the same municipality.

Belongs here: finding a referent for each group of relatives, and the relatives who are still to arrive. Not here: when
they were housed.
"""

from bisect import bisect_right

from pipeline.sample.dice import Dice, Quantiles, Weighted
from pipeline.sample.geography import Geography
from pipeline.sample.ledger import draw_size
from pipeline.sample.model import Soort, Unit

NATIONALITIES = Weighted(
    [
        ("Syrische", 520),
        ("Eritrese", 235),
        ("Iraakse", 48),
        ("Staatloos", 44),
        ("Afghaanse", 40),
        ("Iraanse", 31),
        ("Somalische", 22),
        ("Ethiopische", 14),
        ("Soedanese", 10),
        ("Onbekend", 18),
        ("Pakistaanse", 6),
        ("Turkse", 5),
        ("Jemenitische", 4),
        ("Guineese", 3),
    ]
)
_WITH_RELATIVES = ("Syrische", "Eritrese", "Staatloos", "Iraakse", "Somalische")
# A request takes time: relatives are admitted at least two months after the permit of the referent.
_SOONEST = 60
_STILL_TRAVELLING = Quantiles(16, 20, 25, 35, 50, 72, 95, 115, 160, 200)
_PROBES = 20
# With two groups of relatives a household stays within this size.
_LARGEST = 9


class Referents:
    """Those who may bring relatives, by the municipality (of the reporting date) where they live or are linked to."""

    def __init__(self, units: list[Unit], geography: Geography, dice: Dice, peildatum: int) -> None:
        self.geography, self.dice, self.last_day = geography, dice, peildatum - 1
        self.sizes: dict[int, int] = {}
        found = [
            unit
            for unit in units
            if unit.soort in (Soort.REGULIER, Soort.AMV_OPVANG)
            and unit.omvang <= 2
            and unit.nationaliteit in _WITH_RELATIVES
            and unit.vertrek_reden in ("", "gehuisvest")
        ]
        found.sort(key=lambda unit: unit.vergunning)
        self.everywhere = found
        self.by_code: dict[str, list[Unit]] = {}
        for unit in found:
            code = self.place(unit)
            if code:
                self.by_code.setdefault(code, []).append(unit)

    def place(self, unit: Unit) -> str:
        """The municipality of the reporting date where the household lives or is linked to; '' when neither."""
        if unit.ledger and unit.ledger[-1].aantal > 0:
            code, day = unit.ledger[-1].gemeente, unit.ledger[-1].dag
        elif unit.spells and unit.spells[-1].einde is None:
            code, day = unit.spells[-1].gemeente, unit.spells[-1].koppeling
        else:
            return ""
        return self.geography.forward(code, day, self.last_day, unit.splits, self.dice)

    def find(self, permit: int, size: int, code: str, housed_by: int | None) -> Unit | None:
        """A referent whose permit is old enough, in `code` if there is one; `housed_by`: if possible in a house on that
        day.
        """
        for pool, day in (
            (self.by_code.get(code, []), housed_by),
            (self.everywhere, housed_by),
            (self.everywhere, None),
        ):
            count = bisect_right(pool, permit - _SOONEST, key=lambda unit: unit.vergunning)
            unit = self._probe(pool, count, size, day)
            if unit is not None:
                self.sizes[id(unit)] = self.sizes.get(id(unit), unit.omvang) + size
                return unit
        return None

    def _probe(self, pool: list[Unit], count: int, size: int, housed_by: int | None) -> Unit | None:
        second = None
        for _ in range(_PROBES if count else 0):
            unit = pool[self.dice.below(count)]
            if housed_by is not None and (unit.vertrek is None or unit.vertrek > housed_by):
                continue
            if id(unit) not in self.sizes:
                return unit
            if self.sizes[id(unit)] + size <= _LARGEST:
                second = unit
        return second


def join_relatives(units: list[Unit], referents: Referents) -> None:
    """Give every household of relatives its referent, and with it its nationality.

    Where nobody on hand had a permit early enough, the household came by itself after all (resettled, or as any other
    in the opvang).
    """
    for unit in units:
        if unit.soort.categorie != "nareis":
            continue
        direct = unit.soort is Soort.NAREIS
        housed_by = unit.ledger[-1].dag if direct else None
        unit.referent = referents.find(unit.vergunning, unit.omvang, referents.place(unit), housed_by)
        if unit.referent is not None:
            unit.nationaliteit = unit.referent.nationaliteit
            continue
        unit.soort = Soort.OVERIG if direct else Soort.REGULIER
        unit.nationaliteit = referents.dice.weighted(NATIONALITIES)
        for entry in unit.ledger:
            entry.soort = unit.soort.soort


def expected_relatives(count: int, referents: Referents, dice: Dice, peildatum: int) -> list[Unit]:
    """`count` persons who are admitted and have not arrived at the peildatum. They are at the IND and not at
    the COA.
    """
    units = []
    while count > 0:
        unit = Unit(Soort.NAREIS, draw_size(dice, Soort.NAREIS, count), peildatum - 1 - dice.below(75), None)
        unit.verwacht = max(unit.vergunning + dice.quantile(_STILL_TRAVELLING), peildatum - 8 + dice.below(20))
        unit.referent = referents.find(unit.vergunning, unit.omvang, "", None)
        if unit.referent is None:
            continue
        unit.nationaliteit = unit.referent.nationaliteit
        units.append(unit)
        count -= unit.omvang
    return units
