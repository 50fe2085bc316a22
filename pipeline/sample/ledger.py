"""The ledger: each cell of the table becomes households that are housed, and corrections that take some of them back.

Belongs here: who is housed where and when, so that every cell comes out to the person. Not here: who is still in the
opvang (stock), the persons themselves (people). A correction cites an afmelding of an earlier month in the same
municipality; its household comes back and is housed again later, or is in the opvang at the peildatum.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date

from pipeline.core.periods import Periode
from pipeline.sample.dice import Dice, Quantiles, Weighted, largest_remainder
from pipeline.sample.geography import SPLIT_SHARES, Geography
from pipeline.sample.model import Entry, Soort, Spell, Unit
from pipeline.sample.profiles import EARLIER_MONTHS, FIRST_KOPPELING, HISTORY_MONTHS
from pipeline.sample.tables import FIRST, Table
from pipeline.sample.trajectories import anchored, draw_way, fitted

_KINDS = Weighted(
    [
        (Soort.REGULIER, 700),
        (Soort.NAREIS_OPVANG, 48),
        (Soort.AMV_OPVANG, 25),
        (Soort.GVA_OPVANG, 14),
        (Soort.NAREIS, 66),
        (Soort.AMV, 42),
        (Soort.GVA, 16),
        (Soort.OVERIG, 6),
    ]
)
# Before 2016 an amv did not count, and there was no GVA.
_KINDS_BEFORE = Weighted([(Soort.REGULIER, 780), (Soort.NAREIS_OPVANG, 50), (Soort.NAREIS, 66), (Soort.OVERIG, 6)])
# In the first months hardly anybody on hand has had a permit for long enough to bring relatives.
_KINDS_FIRST = Weighted([(Soort.REGULIER, 880), (Soort.NAREIS_OPVANG, 4), (Soort.NAREIS, 4), (Soort.OVERIG, 12)])
_FIRST_MONTHS = 6
_SIZES = Weighted([(1, 700), (2, 96), (3, 76), (4, 60), (5, 38), (6, 18), (7, 8), (8, 4)])
_SIZES_FAMILY = Weighted([(1, 24), (2, 22), (3, 22), (4, 17), (5, 9), (6, 4), (7, 2)])
_PROCEDURE = Quantiles(12, 30, 45, 90, 165, 240, 330, 420, 700, 1100)
_TRAVEL = Quantiles(14, 18, 21, 30, 42, 60, 78, 90, 130, 180)
_WINDOW = 7


@dataclass(frozen=True)
class Cells:
    """One month of the table: `values` per municipality, codes valid on `codes_day`; `month` counts months since year
    0.
    """

    month: int
    codes_day: int
    values: tuple[tuple[str, int], ...]


@dataclass
class Ledger:
    """The households that were housed, and those of them that came back and still are in the opvang."""

    units: list[Unit] = field(default_factory=list)
    returned: list[Unit] = field(default_factory=list)


def month_number(day: date) -> int:
    """Months since year 0."""
    return day.year * 12 + day.month - 1


def month_first(month: int) -> int:
    """The ordinal of the first day."""
    return date(month // 12, month % 12 + 1, 1).toordinal()


def month_days(month: int) -> int:
    """Number of days."""
    return monthrange(month // 12, month % 12 + 1)[1]


def draw_size(dice: Dice, soort: Soort, most: int = 8) -> int:
    """Members of a household of this kind, at most `most`."""
    if soort.categorie == "amv":
        return 1
    sizes = _SIZES_FAMILY if soort.categorie == "nareis" else _SIZES
    size = dice.weighted(sizes)
    return size if size <= most else dice.between(1, min(most, 2))


def enter(dice: Dice, unit: Unit, start: int) -> None:
    """Set permit and arrival so that the household is a vergunninghouder in the opvang from `start` on."""
    if unit.soort is Soort.NAREIS_OPVANG:
        unit.aankomst, unit.vergunning = start, start - dice.quantile(_TRAVEL)
    else:
        unit.aankomst, unit.vergunning = start - dice.quantile(_PROCEDURE), start


def cells_before(periode: Periode, tables: dict[Periode, Table], zaad: int) -> list[Cells]:
    """The months of the history and of the half-year itself, in order.

    Months before 2016 are made up, on the municipalities of 2016.
    """
    last = month_number(periode.maanden[-1])
    cells = []
    for month in range(last - HISTORY_MONTHS - 5, last + 1):
        year, number = month // 12, month % 12 + 1
        if (year, number) in EARLIER_MONTHS:
            cells.append(_made_up(month, EARLIER_MONTHS[year, number], tables[FIRST], zaad))
        else:
            table = tables[Periode(year, 1 if number <= 6 else 2)]
            values = tuple((row.code, row.months[(number - 1) % 6]) for row in table.rows)
            cells.append(Cells(month, month_first(month), values))
    return cells


def _made_up(month: int, total: int, table: Table, zaad: int) -> Cells:
    dice = Dice(zaad, "historie", month)
    weights = [(max(row.gecorrigeerd, 0) + 1) * dice.between(30, 170) for row in table.rows]
    parts = largest_remainder(total, weights)
    return Cells(month, FIRST.begin.toordinal(), tuple((row.code, n) for row, n in zip(table.rows, parts, strict=True)))


class LedgerBuilder:
    """Fills the cells month by month. `places` draws another municipality for a koppeling that ended."""

    def __init__(
        self, cells: list[Cells], geography: Geography, dice: Dice, places: Weighted[str], peildatum: int, tempo: int
    ) -> None:
        self.cells, self.geography, self.dice, self.places = cells, geography, dice, places
        self.peildatum, self.tempo = peildatum, tempo
        self.ledger = Ledger()
        self.by_code: dict[str, list[Unit]] = {}
        self.reserved: dict[str, list[Unit]] = {}
        self.waiting: list[tuple[int, Unit]] = []

    def build(self) -> Ledger:
        """The ledger; every cell comes out exactly."""
        cells, singles = _with_cited(self.cells)
        last = cells[-1].month
        for month in cells:
            for code, value in month.values:
                taken = self._corrections(month.month, code, value, last)
                self._fill(month, code, value + taken, singles.get((month.month, code), 0))
        self.ledger.returned.extend(unit for _, unit in self.waiting)
        for unit in self.ledger.returned:
            self._back_in_opvang(unit)
        return self.ledger

    def _fill(self, cells: Cells, code: str, count: int, singles: int) -> None:
        dice = self.dice
        early = cells.month < self.cells[0].month + _FIRST_MONTHS
        kinds = _KINDS_FIRST if early else _KINDS if cells.month >= 2016 * 12 else _KINDS_BEFORE
        while count > 0:
            again = self._waiting_unit(cells.month, count, code) if singles == 0 else None
            if again is not None:
                self._house_again(again, cells, code)
                count -= again.omvang
                continue
            soort = Soort.REGULIER if singles else dice.weighted(kinds)
            size = 1 if singles else draw_size(dice, soort, count)
            unit = self._housed(soort, size, cells, code)
            pool = self.reserved if singles else self.by_code
            if soort.opvang:
                pool.setdefault(unit.ledger[0].gemeente, []).append(unit)
            self.ledger.units.append(unit)
            count -= size
            singles = max(0, singles - 1)

    def _housed(self, soort: Soort, size: int, cells: Cells, code: str) -> Unit:
        day = self._day(cells.month)
        unit = Unit(soort, size, 0, None)
        if soort.opvang:
            self._through_opvang(unit, day)
        else:
            self._direct(unit, day)
        gemeente = self.geography.backward(code, cells.codes_day, day, unit.splits, self.dice)
        unit.ledger.append(Entry(gemeente, day, 1, soort.soort))
        # Settles at once to which part of a municipality that is divided later the household belongs.
        self.geography.forward(gemeente, day, self.peildatum - 1, unit.splits, self.dice)
        self.settle(unit.spells, unit, gemeente, day)
        return unit

    def _through_opvang(self, unit: Unit, day: int) -> None:
        while True:
            way = draw_way(self.dice, unit.soort, unit.omvang, self.tempo)
            if day - way.total + way.spells[0].koppeling >= FIRST_KOPPELING:
                break
        enter(self.dice, unit, day - way.total)
        unit.spells = anchored(way, self.dice, day - way.total)
        unit.vertrek, unit.vertrek_reden = day, "gehuisvest"

    def _direct(self, unit: Unit, day: int) -> None:
        dice = self.dice
        if unit.soort is Soort.NAREIS:
            arrival = day - dice.below(7)
            unit.verwacht = arrival
            unit.vergunning = arrival - dice.quantile(_TRAVEL)
            start = arrival - dice.below(min(25, arrival - unit.vergunning) + 1)
        else:
            unit.vergunning = day - dice.between(15, 190 if unit.soort is Soort.GVA else 90)
            start = day - dice.below(min(60, day - unit.vergunning) + 1)
        unit.spells = fitted(dice, max(start, unit.vergunning), day)
        if unit.soort is Soort.NAREIS:
            unit.spells[0].grond = "gezin"

    def settle(self, spells: list[Spell], unit: Unit, gemeente: str, day: int) -> None:
        """Give koppelingen their municipality: the last the one of `day`, earlier ones another."""
        for spell in spells[:-1]:
            if not spell.gemeente:
                other = self.dice.weighted(self.places)
                spell.gemeente = self.geography.backward(
                    other, self.peildatum - 1, spell.koppeling, unit.splits, self.dice
                )
        last = spells[-1]
        last.gemeente = self.geography.backward(gemeente, day, last.koppeling, unit.splits, self.dice)

    def _day(self, month: int) -> int:
        first, days = month_first(month), month_days(month)
        while True:
            day = first + self.dice.below(days)
            # Ordinal 1 was a Monday: hardly anybody gets the keys in a weekend, nobody on the first of the year.
            if ((day - 1) % 7 < 5 or self.dice.chance(60)) and not (month % 12 == 0 and day == first):
                return day

    def _corrections(self, month: int, code: str, value: int, last: int) -> int:
        """Take back earlier afmeldingen in this municipality; returns how many persons."""
        if value < 0:
            return self._take_back(month, code, -value, last)
        taken = 0
        if value >= 2 and self.dice.chance(min(350, 9 * value)):
            candidates = [unit for unit in self.by_code.get(code, ()) if self._citable(unit, month)]
            if candidates:
                unit = self.dice.pick(candidates)
                self._correct(unit, self._day(month), last)
                taken = unit.omvang
        return taken

    def _take_back(self, month: int, code: str, count: int, last: int) -> int:
        """Exactly `count` persons: families where they fit, then the singles that were kept apart for it."""
        pool = [unit for unit in self.by_code.get(code, ()) if self._citable(unit, month)]
        self.dice.shuffle(pool)
        kept = self.reserved.get(code, [])
        day, left = self._day(month), count
        while left:
            family = next((unit for unit in pool if unit.omvang <= left), None) if left > count // 2 else None
            unit = family or (kept.pop(0) if kept else next(unit for unit in pool if unit.omvang <= left))
            if unit in pool:
                pool.remove(unit)
            self._correct(unit, day, last)
            left -= unit.omvang
        return count

    def _citable(self, unit: Unit, month: int) -> bool:
        return not unit.gecorrigeerd and month_first(month - _WINDOW) <= unit.ledger[0].dag < month_first(month)

    def _correct(self, unit: Unit, day: int, last: int) -> None:
        entry = unit.ledger[-1]
        unit.ledger.append(Entry(entry.gemeente, day, -1, entry.soort, corrigeert=entry))
        spell = unit.spells[-1]
        spell.einde, spell.reden, spell.huurcontract = day, "ontkoppeld_coa", None
        unit.vertrek, unit.vertrek_reden = None, ""
        month = month_number(date.fromordinal(day))
        if month < last and (month <= last - 6 or self.dice.chance(500)):
            self.waiting.append((month, unit))
        else:
            self.ledger.returned.append(unit)

    def _waiting_unit(self, month: int, most: int, code: str) -> Unit | None:
        if not self.waiting or not self.dice.chance(25):
            return None
        for index, (since, unit) in enumerate(self.waiting):
            if since < month and unit.omvang <= most and not (unit.splits and code in SPLIT_SHARES):
                return self.waiting.pop(index)[1]
        return None

    def _house_again(self, unit: Unit, cells: Cells, code: str) -> None:
        back, day = unit.ledger[-1].dag, self._day(cells.month)
        gemeente = self.geography.backward(code, cells.codes_day, day, unit.splits, self.dice)
        unit.ledger.append(Entry(gemeente, day, 1, unit.ledger[0].soort))
        spells = fitted(self.dice, back, day)
        self.settle(spells, unit, gemeente, day)
        unit.spells.extend(spells)
        unit.vertrek, unit.vertrek_reden = day, "gehuisvest"

    def _back_in_opvang(self, unit: Unit) -> None:
        """The way since the correction, for somebody who is in the opvang at the peildatum."""
        start = unit.ledger[-1].dag
        for _ in range(200):
            way = draw_way(self.dice, Soort.REGULIER, unit.omvang, self.tempo)
            if start + way.total >= self.peildatum:
                break
        else:
            return
        spells = anchored(way, self.dice, start)
        gemeente = self.dice.weighted(self.places)
        self.settle(spells, unit, gemeente, self.peildatum - 1)
        unit.spells.extend(spells)


def _with_cited(cells: list[Cells]) -> tuple[list[Cells], dict[tuple[int, str], int]]:
    """See to it that each cell below zero has afmeldingen to cite: how many single persons to keep apart per month and
    municipality.

    Where the months at hand hold too few, a month before the first gets them.
    """
    value = {(month.month, code): count for month in cells for code, count in month.values}
    singles: dict[tuple[int, str], int] = {}
    first = cells[0].month
    before: dict[str, int] = {}
    for month, code in [key for key, count in value.items() if count < 0]:
        need = -value[month, code]
        step = month - 1
        while need and step >= first:
            free = max(0, value.get((step, code), 0) - singles.get((step, code), 0))
            taken = min(need, free)
            if taken:
                singles[step, code] = singles.get((step, code), 0) + taken
            need, step = need - taken, step - 1
        if need:
            before[code] = before.get(code, 0) + need
    if before:
        extra = Cells(first - 1, cells[0].codes_day, tuple(sorted(before.items())))
        singles.update({(first - 1, code): count for code, count in before.items()})
        cells = [extra, *cells]
    return cells, singles
