"""The table that the afmeldingen must reproduce: per municipality the saldo, the taakstelling and the realisatie of
each month.

Belongs here: the real table of 2016-I, and tables for later half-years that follow from it (real municipalities,
announced national numbers, made-up placements), as one chain: the eindsaldo of one is the saldo of the next. Not here:
persons.
"""

import csv
import io
from dataclasses import dataclass
from datetime import date

from pipeline.core.errors import GebruiksFout
from pipeline.core.house import package_path
from pipeline.core.periods import Periode
from pipeline.sample.dice import Dice, largest_remainder
from pipeline.sample.geography import SPLIT_SHARES, Geography, read_rows

FIRST = Periode(2016, 1)
LAST = Periode(2019, 2)
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)

# National saldo at the end of a generated half-year. 2016-II is real (6.082); the others are made up.
_END_SALDO = {
    "2016-II": 6082, "2017-I": 4350, "2017-II": 2260, "2018-I": 2870, "2018-II": 2410, "2019-I": 1130, "2019-II": 1480,
}  # fmt: skip
_MONTH_WEIGHTS = (16, 15, 15, 16, 16, 22)
_NEGATIVE_CELLS = 7


@dataclass(frozen=True)
class Row:
    """One municipality: `months` are the six realised numbers, all in persons. `province` is as in the table
    ("Provincie Drenthe").
    """

    code: str
    name: str
    province: str
    saldo: int
    taakstelling: int
    months: tuple[int, ...]

    @property
    def gecorrigeerd(self) -> int:
        """Taakstelling plus saldo at the start."""
        return self.saldo + self.taakstelling

    @property
    def realisatie(self) -> int:
        """Sum of the six months."""
        return sum(self.months)

    @property
    def eindsaldo(self) -> int:
        """What remains at the end; below zero is a voorsprong."""
        return self.gecorrigeerd - self.realisatie


@dataclass(frozen=True)
class Table:
    """The rows of one half-year, in the order of the published overview, and the head line of its file."""

    periode: Periode
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    real: bool
    source: bytes | None = None

    def csv(self, schaal: int) -> bytes:
        """The overview as a file: the published bytes themselves where they exist, else the same shape; `schaal` times
        the numbers.
        """
        if self.source is not None and schaal == 1:
            return self.source
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.head)
        for row in self.rows:
            end = row.eindsaldo * schaal
            numbers = [row.saldo, row.taakstelling, row.gecorrigeerd, *row.months, row.realisatie]
            behind, ahead = (end, "") if end > 0 else ("", end)
            writer.writerow([row.name, row.province, *(number * schaal for number in numbers), end, behind, ahead])
        return text.getvalue().encode()


def tables_until(periode: Periode, geography: Geography) -> dict[Periode, Table]:
    """The tables from 2016-I up to and including `periode`; GebruiksFout for a half-year that the chain does
    not reach.
    """
    if not FIRST <= periode <= LAST:
        raise GebruiksFout(
            f"voor {periode} is geen voorbeeldlevering te maken; kies een halfjaar van {FIRST} tot en met {LAST}"
        )
    tables = {FIRST: _real_table(geography)}
    step = FIRST
    while step < periode:
        tables[step.volgende] = _next_table(tables[step], geography)
        step = step.volgende
    return tables


def announced(periode: Periode) -> int:
    """The national taakstelling of `periode` that counted in the end: the last announcement of the shipped series."""
    rows = read_rows("cijferreeksen/landelijk.csv")
    return [
        int(row["waarde"]) for row in rows if row["periode"] == str(periode) and row["grootheid"] == "taakstelling"
    ][-1]


def _real_table(geography: Geography) -> Table:
    source = package_path("sample", "leveringen", "2016-I", "coa", "overzicht_2016-07-01.csv").read_bytes()
    head, *lines = csv.reader(io.StringIO(source.decode("utf-8-sig")))
    day = FIRST.begin.toordinal()
    codes = {geography.name(code, day): code for code in geography.codes(FIRST.jaar)}
    rows = tuple(
        Row(codes[line[0]], line[0], line[1], int(line[2]), int(line[3]), tuple(int(cell) for cell in line[5:11]))
        for line in lines
    )
    return Table(FIRST, tuple(head), rows, real=True, source=source)


def _next_table(before: Table, geography: Geography) -> Table:
    periode = before.periode.volgende
    day = periode.begin.toordinal()
    saldo = _carried({row.code: row.eindsaldo for row in before.rows}, geography, day)
    codes = geography.codes(periode.jaar)
    task = _distribute(announced(periode), periode, codes, geography)
    total = sum(saldo.values()) + sum(task.values()) - _END_SALDO[str(periode)]
    dice = Dice(0, "tabel", periode)
    placed = _placements(total, [max(0, task[code] + saldo[code]) for code in codes], dice)
    months = _months(placed, dice)
    rows = [
        Row(
            code=code,
            name=geography.name(code, day),
            province=f"Provincie {geography.provinces[periode.jaar, code][1]}",
            saldo=saldo[code],
            taakstelling=task[code],
            months=months[index],
        )
        for index, code in enumerate(codes)
    ]
    rows.sort(key=lambda row: (row.province, row.name))
    return Table(periode, _head(periode), tuple(rows), real=False)


def _carried(saldo: dict[str, int], geography: Geography, day: int) -> dict[str, int]:
    """Balances on the municipalities of `day`: merged ones add up, a split goes by its shares (largest remainder)."""
    carried: dict[str, int] = {}
    for code, value in saldo.items():
        targets = [merger.new for merger in geography.mergers if merger.day == day and merger.old == code]
        if not targets:
            parts = [(code, value)]
        elif len(targets) == 1:
            parts = [(targets[0], value)]
        else:
            names, shares = zip(*SPLIT_SHARES[code], strict=True)
            sign = -1 if value < 0 else 1
            amounts = largest_remainder(abs(value), shares)
            parts = [(name, sign * amount) for name, amount in zip(names, amounts, strict=True)]
        for name, amount in parts:
            carried[name] = carried.get(name, 0) + amount
    return carried


def _distribute(total: int, periode: Periode, codes: list[str], geography: Geography) -> dict[str, int]:
    """The national number over the municipalities by Adams' divisor method, with the exemptions and swaps that are on
    hand.
    """
    # 1 January of the year before; the series begins in 2016.
    year = max(2016, periode.jaar - 1)
    people = _inhabitants(year, periode.begin, codes, geography)
    carried: dict[str, str] = {}
    for row in read_rows("verdeelafspraken.csv"):
        if row["periode"] == str(periode):
            carried[row["gemeentecode"]] = row["drager_code"]
    for code, carrier in carried.items():
        if carrier:
            people[carrier] += people[code]
        people[code] = 0
    low, high = 1, max(people.values()) * 1_000_000
    while low < high:
        middle = (low + high) // 2
        if sum(-(-count * 1_000_000 // middle) for count in people.values()) <= total:
            high = middle
        else:
            low = middle + 1
    return {code: -(-count * 1_000_000 // low) for code, count in people.items()}


def _inhabitants(year: int, begin: date, codes: list[str], geography: Geography) -> dict[str, int]:
    """Inhabitants on 1 January of `year` of the municipalities that exist on `begin` (art. 30: the sum of the
    parts).
    """
    people = {code: count for (jaar, code), count in geography.inhabitants.items() if jaar == year}
    for step in range(year + 1, begin.year + 1):
        people = _carried(people, geography, date(step, 1, 1).toordinal())
    return {code: people[code] for code in codes}


def _placements(total: int, owed: list[int], dice: Dice) -> list[int]:
    """How many each municipality places: some far less than it owes, some more, together exactly `total`."""
    weights = [(amount + 2) * dice.between(45, 130) for amount in owed]
    return largest_remainder(total, weights)


def _months(placed: list[int], dice: Dice) -> list[tuple[int, ...]]:
    """The placements spread over six months, with a few cells below zero (corrections), the first also as a running
    total.
    """
    cells = [
        largest_remainder(count, [weight * dice.between(20, 180) for weight in _MONTH_WEIGHTS]) for count in placed
    ]
    candidates = [index for index, count in enumerate(placed) if 20 <= count <= 120]
    dice.shuffle(candidates)
    for number, index in enumerate(candidates[:_NEGATIVE_CELLS]):
        row = cells[index]
        month = 1 + number % 5
        size = min(1 + number, (sum(row[:month]) + 1) // 2)
        row[5 if month < 5 else 4] += row[month] + size
        row[month] = -size
    return [tuple(row) for row in cells]


def _head(periode: Periode) -> tuple[str, ...]:
    half = f"{periode.halfjaar}e helft {periode.jaar}"
    months = [f"realisatie {MONTHS[first.month - 1]} {first.year}" for first in periode.maanden]
    end = f"{periode.eind.day} {MONTHS[periode.eind.month - 1]} {periode.eind.year}"
    return (
        "gemeente",
        "provincie",
        f"stand op {periode.begin:%d/%m/%Y}",
        f"taakstelling {half}",
        f"taakstelling {half} inclusief voor/achter",
        *months,
        f"realisatie tot {end}",
        f"achter/voor realisatie tot {end}",
        f"achterstand tot {end}",
        f"voorsprong realisatie tot {end}",
    )
