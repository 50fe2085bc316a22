"""Who is in the opvang at the peildatum, and who left it otherwise than to a house.

Belongs here: filling the funnel to the person, from the same ways that the housed went, stopped at a moment (a long way
has more moments, so long ways come up more often, as in any waiting room). Not here: those who were housed (ledger).
"""

from pipeline.core.errors import GebruiksFout
from pipeline.sample.dice import Dice, Weighted
from pipeline.sample.geography import Geography
from pipeline.sample.ledger import draw_size, enter, month_days, month_first
from pipeline.sample.model import Soort, Stand, Unit, stand_at
from pipeline.sample.profiles import FIRST_KOPPELING, Profile
from pipeline.sample.tables import Table
from pipeline.sample.trajectories import anchored, cut, draw_way, refuse

_KINDS = Weighted([(Soort.REGULIER, 850), (Soort.NAREIS_OPVANG, 55), (Soort.AMV_OPVANG, 35)])
_REASONS = Weighted([("mob", 40), ("terugkeer", 18), ("overleden", 5), ("ingetrokken", 10), ("overig", 27)])
# Shares of those who are not overdue.
_OTHERS = {
    Stand.ZONDER_KOPPELING: 275,
    Stand.BINNEN_NORM: 415,
    Stand.MET_AANBOD: 205,
    Stand.MET_HUURCONTRACT: 105,
}
_LONGEST = 600


def place_weights(table: Table) -> Weighted[str]:
    """Municipalities by what they still owe, and what they always owe."""
    return Weighted((row.code, 2 * max(row.eindsaldo, 0) + row.taakstelling) for row in table.rows)


def quotas(opvang: int, overdue: int) -> dict[Stand, int]:
    """How many persons in each state of the funnel."""
    rest = opvang - overdue
    numbers = {state: rest * share // 1000 for state, share in _OTHERS.items()}
    numbers[Stand.BINNEN_NORM] += rest - sum(numbers.values())
    numbers[Stand.LANGER_DAN_NORM] = overdue
    return numbers


class StockBuilder:
    """Draws households for the stock of one peildatum."""

    def __init__(
        self, geography: Geography, dice: Dice, places: Weighted[str], peildatum: int, profile: Profile
    ) -> None:
        self.geography, self.dice, self.places = geography, dice, places
        self.peildatum, self.profile = peildatum, profile

    def fill(self, returned: list[Unit], wanted: dict[Stand, int]) -> list[Unit]:
        """Households that, with those who were `returned` by a correction, fill each state exactly."""
        left = dict(wanted)
        for back in returned:
            back.spells = cut(back.spells, self.peildatum)
            back.stand = stand_at(back.spells, self.peildatum)
            left[back.stand] -= back.omvang
        if min(left.values()) < 0:
            raise GebruiksFout(
                f"de gevraagde opvang van {sum(wanted.values())} personen is te klein: "
                "na correcties zijn er al meer mensen terug; kies een groter aantal"
            )
        units = []
        while any(count > 0 for count in left.values()):
            soort = self.dice.weighted(_KINDS)
            unit = self._waiting(soort, draw_size(self.dice, soort), self.peildatum)
            if unit is None:
                continue
            unit.stand = stand_at(unit.spells, self.peildatum)
            if left[unit.stand] < unit.omvang:
                continue
            left[unit.stand] -= unit.omvang
            units.append(unit)
            if unit.stand is not Stand.ZONDER_KOPPELING:
                refuse(unit.spells, self.peildatum, self.dice)
            self._settle(unit)
        return units

    def departed(self, months: list[int]) -> list[Unit]:
        """Households that left otherwise, in each of `months`."""
        units = []
        for month in months:
            left = self.profile.departures
            while left > 0:
                unit = self._waiting(Soort.REGULIER, draw_size(self.dice, Soort.REGULIER, left), self._day(month))
                if unit is not None:
                    left -= unit.omvang
                    units.append(unit)
        return units

    def _day(self, month: int) -> int:
        return month_first(month) + self.dice.below(month_days(month))

    def _waiting(self, soort: Soort, size: int, moment: int) -> Unit | None:
        """A household that is somewhere on its way at the start of `moment`; for one before the peildatum: that leaves
        on it.
        """
        dice = self.dice
        way = draw_way(dice, soort, size, self.profile.tempo)
        if not dice.chance(way.total * 1000 // _LONGEST):
            return None
        start = moment - 1 - dice.below(way.total)
        if start + way.spells[0].koppeling < FIRST_KOPPELING:
            return None
        unit = Unit(soort, size, 0, None)
        enter(dice, unit, start)
        unit.spells = cut(anchored(way, dice, start), moment)
        if moment < self.peildatum:
            unit.vertrek, unit.vertrek_reden = moment, dice.weighted(_REASONS)
            if unit.spells and unit.spells[-1].einde is None:
                unit.spells[-1].einde, unit.spells[-1].reden = moment, "vertrek"
            self._settle(unit)
        return unit

    def _settle(self, unit: Unit) -> None:
        last = self.peildatum - 1
        for spell in unit.spells:
            code = self.dice.weighted(self.places)
            spell.gemeente = self.geography.backward(code, last, spell.koppeling, unit.splits, self.dice)
