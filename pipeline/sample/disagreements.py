"""Where the municipalities' own counts differ from the COA, on purpose and counted.

Belongs here: which person a municipality reports, on which day, and each planted difference with its name. Not here:
the shape of a file. Every planted difference is one of `Afwijking`; LEESMIJ.md and voorbeeld.toml give their numbers.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from pipeline.sample.dice import Dice
from pipeline.sample.geography import Geography
from pipeline.sample.model import Stand, Unit
from pipeline.sample.people import COPY


class Afwijking(Enum):
    """A kind of difference, with its name in voorbeeld.toml and what LEESMIJ.md says about it."""

    LATE_AFMELDING = (
        "late_afmelding",
        "volgens de gemeente gehuisvest vóór de peildatum, bij het COA nog niet afgemeld",
    )
    ANDERE_DATUM = (
        "andere_datum",
        "de gemeente noemt een andere dag dan de afmelding (1 tot en met 30 dagen verschil)",
    )
    ANDERE_GEMEENTE = ("andere_gemeente", "een andere gemeente meldt de huisvesting dan de gemeente van de afmelding")
    ALLEEN_COA = ("alleen_coa", "afgemeld door het COA, niet gemeld door de gemeente (die wel een bestand leverde)")
    ONBEKEND_V_NUMMER = ("onbekend_v_nummer", "gemeld door de gemeente met een V-nummer dat het COA niet kent")
    TYPEFOUT = (
        "typefout_v_nummer",
        "twee cijfers van het V-nummer verwisseld; het nummer bestaat niet, de persoon lijkt niet gemeld",
    )
    ONMOGELIJKE_DATUM = ("onmogelijke_datum", "een datum die niet bestaat, zoals 31 april; de regel is onbruikbaar")
    TE_KORT_V_NUMMER = ("te_kort_v_nummer", "een V-nummer met een cijfer te weinig; de regel is onbruikbaar")
    DUBBEL = ("dubbele_regel", "dezelfde persoon staat twee keer in het bestand; beide regels zijn verdacht")
    NIET_GELEVERD = ("gemeente_zonder_bestand", "afgemeld in een gemeente die geen bestand leverde")

    def __init__(self, sleutel: str, uitleg: str) -> None:
        self.sleutel = sleutel
        self.uitleg = uitleg


@dataclass(frozen=True)
class Report:
    """A line that a municipality delivers. `nummer` holds COPY; `datum_tekst` replaces a date that cannot be."""

    nummer: str
    dag: int
    brp: int | None
    woning: str
    datum_tekst: str = ""


@dataclass
class Municipal:
    """What the municipalities report: lines per code, the codes without a file, planted differences in persons."""

    lines: dict[str, list[Report]]
    silent: list[str]
    counts: dict[Afwijking, int] = field(default_factory=dict)
    text_dates: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class _Housed:
    unit: Unit
    code: str


# Persons per kind, at schaal 1 and some 18.000 placements; for other numbers in proportion.
_WANTED = {
    Afwijking.ANDERE_DATUM: 1180,
    Afwijking.ALLEEN_COA: 212,
    Afwijking.ANDERE_GEMEENTE: 86,
    Afwijking.TYPEFOUT: 64,
    Afwijking.LATE_AFMELDING: 396,
    Afwijking.ONBEKEND_V_NUMMER: 57,
    Afwijking.ONMOGELIJKE_DATUM: 9,
    Afwijking.TE_KORT_V_NUMMER: 8,
    Afwijking.DUBBEL: 6,
}
_WANTED_AT = 18_000
_SILENT = 18
# A broken line must stay a small part of its file.
_LARGE = 90
_HOUSES = {
    "regulier": "huur_corporatie",
    "nareis": "huur_corporatie",
    "amv": "kamer",
    "gva": "gva",
    "overig": "huur_corporatie",
}


class Planner:
    """Divides the households housed in the half-year over agreement and each kind of difference."""

    def __init__(
        self, units: list[Unit], begin: int, peildatum: int, codes: list[str], geography: Geography, dice: Dice
    ) -> None:
        self.begin, self.peildatum, self.geography, self.dice = begin, peildatum, geography, dice
        self.free = _free_numbers(units)
        self.housed = [
            _Housed(unit, unit.ledger[-1].gemeente)
            for unit in units
            if unit.ledger and unit.ledger[-1].aantal > 0 and begin <= unit.ledger[-1].dag < peildatum
        ]
        sizes = dict.fromkeys(codes, 0)
        for item in self.housed:
            sizes[item.code] += item.unit.omvang
        self.sizes = sizes
        self.plan = Municipal({code: [] for code in codes}, self._silent(codes))
        total = sum(sizes.values())
        self.wanted = {kind: max(1, count * total // _WANTED_AT) for kind, count in _WANTED.items()}
        self.plan.counts = dict.fromkeys(Afwijking, 0)

    def make(self, waiting: list[Unit]) -> Municipal:
        """The lines of every municipality; `waiting` are the households in the opvang, some of which already moved."""
        for code in self.plan.silent:
            del self.plan.lines[code]
        self.dice.shuffle(self.housed)
        for item in self.housed:
            self._place(item)
        self._late(waiting)
        self._strangers()
        for code in sorted(self.plan.lines):
            self.plan.lines[code].sort(key=lambda line: (line.dag, line.nummer))
        return self.plan

    def _silent(self, codes: list[str]) -> list[str]:
        empty = [code for code in codes if self.sizes[code] == 0]
        others = [code for code in codes if 0 < self.sizes[code] <= 150]
        self.dice.shuffle(others)
        return sorted((empty + others)[: max(_SILENT, len(empty))])

    def _place(self, item: _Housed) -> None:
        unit, code = item.unit, item.code
        if code not in self.plan.lines:
            self._count(Afwijking.NIET_GELEVERD, unit.omvang)
            return
        kind = self._kind(unit, code)
        if kind is Afwijking.ALLEEN_COA:
            self._count(kind, unit.omvang)
            return
        shift = self._other_day(unit) if kind is Afwijking.ANDERE_DATUM else 0
        if kind is Afwijking.ANDERE_GEMEENTE:
            code = self._neighbour(code)
        home = self._home(unit.ledger[-1].soort)
        for person in unit.leden:
            day = unit.ledger[-1].dag + person.later + shift
            self._deliver(code, self._line(person.nummer, day, home), kind)

    def _deliver(self, code: str, line: Report, kind: Afwijking | None) -> None:
        if kind is not None:
            self._count(kind, 1)
        if kind is Afwijking.TYPEFOUT:
            line = Report(self._mistyped(line.nummer), line.dag, line.brp, line.woning)
        elif kind is Afwijking.TE_KORT_V_NUMMER:
            line = Report(line.nummer[:-1], line.dag, line.brp, line.woning)
        elif kind is Afwijking.ONMOGELIJKE_DATUM:
            line = Report(line.nummer, line.dag, line.brp, line.woning, _impossible(line.dag, self.begin))
            self.plan.text_dates.add(code)
        elif kind is Afwijking.DUBBEL:
            self.plan.lines[code].append(line)
        self.plan.lines[code].append(line)

    def _kind(self, unit: Unit, code: str) -> Afwijking | None:
        """The first kind that still wants persons and suits this household, in nine of ten cases none."""
        size = unit.omvang
        for kind in (Afwijking.TYPEFOUT, Afwijking.ONMOGELIJKE_DATUM, Afwijking.TE_KORT_V_NUMMER, Afwijking.DUBBEL):
            if size == 1 and self._left(kind) >= 1 and self.sizes[code] >= _LARGE and self.dice.chance(60):
                swappable = self._swapped(unit.leden[0].nummer) is not None
                return kind if swappable or kind is not Afwijking.TYPEFOUT else None
        if size <= self._left(Afwijking.ANDERE_DATUM) and self.dice.chance(80):
            return Afwijking.ANDERE_DATUM
        if size <= self._left(Afwijking.ALLEEN_COA) and self.dice.chance(30):
            return Afwijking.ALLEEN_COA
        if size <= self._left(Afwijking.ANDERE_GEMEENTE) and self.dice.chance(20) and self._neighbour(code) != code:
            return Afwijking.ANDERE_GEMEENTE
        return None

    def _left(self, kind: Afwijking) -> int:
        return self.wanted[kind] - self.plan.counts[kind]

    def _count(self, kind: Afwijking, persons: int) -> None:
        self.plan.counts[kind] += persons

    def _neighbour(self, code: str) -> str:
        """The next municipality with a file in the same region, in the order of the codes; itself when there is
        none.
        """
        region = self.geography.region(code)
        near = [other for other in sorted(self.plan.lines) if self.geography.region(other) == region]
        return near[(near.index(code) + 1) % len(near)]

    def _other_day(self, unit: Unit) -> int:
        """Days between the municipality's date and the afmelding: mostly earlier, inside the half-year, never 0."""
        day = unit.ledger[-1].dag
        first = max(self.begin + 1, unit.instroom)
        last = self.peildatum - 1 - max(person.later for person in unit.leden)
        for _ in range(40):
            size = self.dice.between(1, 9) if self.dice.chance(650) else self.dice.between(10, 30)
            shift = -size if self.dice.chance(850) else size
            if first <= day + shift <= last:
                return shift
        return 1 if day < last else -1

    def _home(self, soort: str) -> tuple[int | None, str]:
        """Days from the move to the registration (None: forgotten) and the kind of house, the same for the whole
        household.
        """
        house = _HOUSES[soort]
        if house == "huur_corporatie" and self.dice.chance(110):
            house = self.dice.pick(("huur_particulier", "kamer", "overig"))
        return None if self.dice.chance(60) else self.dice.below(12), house

    def _line(self, number: int, day: int, home: tuple[int | None, str]) -> Report:
        days, house = home
        # A registration of after the peildatum is not known yet.
        brp = None if days is None or day + days >= self.peildatum else day + days
        return Report(f"V999{COPY}{number:05d}", day, brp, house)

    def _late(self, waiting: list[Unit]) -> None:
        """Households with a contract at the peildatum that moved in the last weeks before it, as their municipality
        knows.
        """
        pool = [unit for unit in waiting if unit.stand is Stand.MET_HUURCONTRACT]
        self.dice.shuffle(pool)
        for unit in pool:
            last = unit.spells[-1]
            contract = last.huurcontract or 0
            code = self.geography.forward(last.gemeente, last.koppeling, self.peildatum - 1, unit.splits, self.dice)
            first = max(contract, self.begin, self.peildatum - 24)
            kind = Afwijking.LATE_AFMELDING
            if code not in self.plan.lines or unit.omvang > self._left(kind):
                continue
            day = self.dice.between(first, self.peildatum - 1)
            home = self._home("regulier")
            for person in unit.leden:
                self._deliver(code, self._line(person.nummer, day, home), kind)

    def _strangers(self) -> None:
        codes = [code for code in sorted(self.plan.lines) if self.sizes[code] >= _LARGE // 3]
        for _ in range(self.wanted[Afwijking.ONBEKEND_V_NUMMER]):
            number = self.free.pop(self.dice.below(len(self.free)))
            line = self._line(number, self.dice.between(self.begin + 1, self.peildatum - 1), self._home("regulier"))
            self._deliver(self.dice.pick(codes), line, Afwijking.ONBEKEND_V_NUMMER)

    def _swapped(self, number: int) -> int | None:
        """The number with two neighbouring digits swapped, when nobody has that one; else None."""
        digits = f"{number:05d}"
        for place in range(3, -1, -1):
            swapped = int(digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :])
            if swapped in self.free:
                return swapped
        return None

    def _mistyped(self, nummer: str) -> str:
        swapped = self._swapped(int(nummer[-5:]))
        if swapped is None:
            raise ValueError(f"{nummer} is niet te verwisselen")
        self.free.remove(swapped)
        return f"{nummer[:-5]}{swapped:05d}"


def _free_numbers(units: list[Unit]) -> list[int]:
    """Numbers that nobody has, in order."""
    taken = {person.nummer for unit in units for person in unit.leden}
    return [number for number in range(100_000) if number not in taken]


def _impossible(day: int, begin: int) -> str:
    """A day that is in no calendar: the 31st of a month with thirty days, in the half-year."""
    first = date.fromordinal(begin)
    month = (4, 6)[day % 2] if first.month == 1 else (9, 11)[day % 2]
    return f"31-{month:02d}-{first.year}"
