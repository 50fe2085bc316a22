"""The account of municipalities and areas, both books, the controls on the distribution, and the outlook.

Source: DOMAIN, formulas, two ways to keep the books, distributing the national number; report.definities_taakstelling,
report.definities_vooruitblik.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from math import ceil

from pipeline.core.periods import Periode
from tests.recompute.delivery import Aankondiging, Eindsaldo, Population
from tests.recompute.known import ledger, municipality, successors
from tests.recompute.worlds import World

MIDDLE = 75
"""Per cent of the schedule from which the middle class begins: the default of the settings."""


@dataclass(frozen=True)
class Account:
    """One municipality."""

    code: str
    task: int
    opening: int
    months: tuple[int, ...]

    @property
    def corrected(self) -> int:
        """Gecorrigeerde taakstelling."""
        return self.task + self.opening

    @property
    def realised(self) -> int:
        """Realisatie of the half-year."""
        return sum(self.months)

    @property
    def closing(self) -> int:
        """Eindsaldo."""
        return self.corrected - self.realised

    @property
    def stand(self) -> str:
        """Achter, exact or voor."""
        return "achter" if self.closing > 0 else "voor" if self.closing < 0 else "exact"

    @property
    def percentage(self) -> Decimal | None:
        """N.v.t. when there is nothing to do."""
        return percentage(self.realised, self.corrected) if self.corrected > 0 else None

    @property
    def klasse(self) -> str:
        """Against the whole schedule, six months of six."""
        if self.corrected <= 0:
            return "achter" if self.closing > 0 else "op_schema"
        share = Fraction(self.realised, self.corrected)
        return "op_schema" if share >= 1 else "enigszins_achter" if share >= Fraction(MIDDLE, 100) else "achter"

    @property
    def nobody(self) -> bool:
        """Nulgehuisvest: nobody on balance while there was a task."""
        return self.realised <= 0 < self.corrected


def rounded(value: Fraction, decimals: int) -> Decimal:
    """Half away from zero."""
    scaled = value * 10**decimals
    whole = Decimal(scaled.numerator) / Decimal(scaled.denominator)
    return (whole.quantize(Decimal(1), ROUND_HALF_UP)) / 10**decimals


def percentage(part: int, whole: int) -> Decimal | None:
    """One decimal; None of nothing."""
    return rounded(Fraction(100 * part, whole), 1) if whole else None


def accounts(people: Population) -> dict[str, Account]:
    """By code; realisatie by the ledger, without one by the overview; saldo of the earlier edition, if any."""
    here = people.world
    found = {}
    months = {code: [0] * 6 for code in here.codes}
    for entry in ledger(people):
        if here.begin <= entry.day < here.peildatum and entry.code in months:
            months[entry.code][entry.day.month - here.begin.month] += entry.number
    published = carried_balances(people)
    for row in people.overzicht:
        given = (row.maand_1, row.maand_2, row.maand_3, row.maand_4, row.maand_5, row.maand_6)
        found[row.gemeentecode] = Account(
            row.gemeentecode,
            row.taakstelling,
            published.get(row.gemeentecode, row.saldo_begin),
            tuple(months[row.gemeentecode]) if people.afmeldingen else given,
        )
    return found


def carried_balances(people: Population) -> dict[str, int]:
    """The published eindsaldi on the municipalities of this year: merged by sum, divided by largest remainder."""
    found: dict[str, int] = {}
    for row in people.eindsaldi:
        for code, part in shares(people, row.gemeentecode, row.eindsaldo):
            found[code] = found.get(code, 0) + part
    return found


def shares(people: Population, code: str, number: int) -> list[tuple[str, int]]:
    """What each part of `code` gets of `number`; ties of the remainder by code."""
    divided = [row for row in people.delen if row.oude_code == code]
    if not divided:
        return [(municipality(people, code, None, None), number)]
    exact = {row.nieuwe_code: Fraction(abs(number) * row.aandeel_teller, row.aandeel_noemer) for row in divided}
    whole = {part: int(value) for part, value in exact.items()}
    left = abs(number) - sum(whole.values())
    for part in sorted(exact, key=lambda part: (whole[part] - exact[part], part))[:left]:
        whole[part] += 1
    return [(part, value if number >= 0 else -value) for part, value in sorted(whole.items())]


@dataclass(frozen=True)
class Area:
    """The account of several municipalities together."""

    members: tuple[Account, ...]
    inhabitants: int

    def total(self, name: str) -> int:
        """Sum of a number over the municipalities."""
        return sum(getattr(member, name) for member in self.members)

    def above(self, name: str) -> int:
        """Sum of what is above zero."""
        return sum(max(getattr(member, name), 0) for member in self.members)

    def below(self, name: str) -> int:
        """Sum of what is below zero, as a positive number."""
        return sum(max(-getattr(member, name), 0) for member in self.members)

    def number(self, name: str, value: object) -> int:
        """How many municipalities have that stand or class."""
        return sum(getattr(member, name) == value for member in self.members)

    def months(self) -> tuple[int, ...]:
        """Realisatie per month."""
        return tuple(sum(column) for column in zip(*(member.months for member in self.members), strict=True))


def areas(people: Population) -> dict[str, Area]:
    """By area."""
    per_code = accounts(people)
    inhabitants = {gemeente.code: gemeente.inwoners for gemeente in people.world.gemeenten}
    return {
        area: Area(tuple(per_code[code] for code in codes), sum(inhabitants[code] for code in codes))
        for area, codes in people.world.gebieden().items()
    }


def shifts(people: Population) -> list[tuple[str, int, str, int]]:
    """The ten largest changes of the saldo in each direction: direction, rank, municipality, change; ties by code."""
    changes = [(member.closing - member.opening, code) for code, member in accounts(people).items()]
    found = []
    for direction, sign in (("achteruit", 1), ("vooruit", -1)):
        chosen = sorted((-sign * change, code) for change, code in changes if sign * change > 0)
        found += [(direction, rank, code, -sign * change) for rank, (change, code) in enumerate(chosen[:10], 1)]
    return found


def book(people: Population) -> dict[str, tuple[dict[str, int], int]]:
    """Per halfjaar: of each municipality what is open by half-year, and the voorsprong.

    Step by step as the ruling of 8-8-2018 has it: the voorsprong of before and the placements meet the own half-year;
    what is left goes to the oldest open half-year, and so on; the rest is voorsprong.
    """
    here = people.world
    now = str(here.periode)
    found = {}
    history = _history(people)
    for code, own in accounts(people).items():
        if code in history:
            open_posts, ahead = history[code]
        else:
            open_posts, ahead = {f"vóór {now}": max(own.opening, 0)}, max(-own.opening, 0)
        hands = ahead + own.realised
        posts = dict(sorted(open_posts.items(), key=lambda post: _age(post[0])))
        posts[now] = max(own.task - hands, 0)
        hands = max(hands - own.task, 0)
        for half_year in [name for name in posts if name != now]:
            paid = min(posts[half_year], hands)
            posts[half_year] -= paid
            hands -= paid
        found[code] = ({name: number for name, number in posts.items() if number}, hands)
    return found


def _age(half_year: str) -> tuple[int, str]:
    return (0, half_year) if half_year.startswith("vóór") else (1, half_year)


def _history(people: Population) -> dict[str, tuple[dict[str, int], int]]:
    """The published book of the municipalities that have a post or a voorsprong, on those of this year."""
    found: dict[str, tuple[dict[str, int], int]] = {}

    def add(code: str, half_year: str | None, number: int) -> None:
        posts, ahead = found.setdefault(code, ({}, 0))
        if half_year is None:
            found[code] = (posts, ahead + number)
        else:
            posts[half_year] = posts.get(half_year, 0) + number

    for row in people.boekposten:
        if not any(part.oude_code == row.gemeentecode for part in people.delen):
            code = municipality(people, row.gemeentecode, None, None)
            add(code, row.halfjaar, row.voorsprong if row.halfjaar is None else row.open_personen)
    for balance in people.eindsaldi:
        if any(part.oude_code == balance.gemeentecode for part in people.delen):
            for code, half_year, number in _dealt(people, balance):
                add(code, half_year, number)
    return found


def _dealt(people: Population, balance: Eindsaldo) -> list[tuple[str, str | None, int]]:
    """The book of a divided municipality: its persons, oldest half-year first, on evenly spaced seats of the parts."""
    parts = shares(people, balance.gemeentecode, balance.eindsaldo)
    if balance.eindsaldo < 0:
        return [(code, None, -part) for code, part in parts if part]
    seats = sorted((Fraction(2 * seat - 1, 2 * part), code) for code, part in parts for seat in range(1, part + 1))
    posts = sorted(
        (row for row in people.boekposten if row.gemeentecode == balance.gemeentecode and row.halfjaar is not None),
        key=lambda row: _age(str(row.halfjaar)),
    )
    waiting = [row.halfjaar for row in posts for _ in range(row.open_personen)]
    return [(code, half_year, 1) for (_, code), half_year in zip(seats, waiting, strict=True)]


def announced(people: Population) -> list[Aankondiging]:
    """What was known on the briefdatum, in order: the delivered announcements, else the shipped ones."""
    rows = people.aankondigingen or tuple(Aankondiging(*row, "") for row in people.world.landelijk)
    return [row for row in sorted(rows, key=lambda row: row.bekend_op) if row.bekend_op <= people.world.briefdatum]


def outlook(
    people: Population,
) -> list[tuple[int, str, int | None, int | None, int | None, int | None, int | None, int | None]]:
    """Distance, half-year, first and last prognosis, first and last announcement, revisions, realisatie."""
    known = announced(people)
    now = people.world.periode
    own = sum(member.realised for member in accounts(people).values())
    earlier = {row.periode: row.waarde for row in people.cijfers if row.cijfer_id == "realisatie.totaal"}
    found = []
    for distance, periode in _around(now):
        prognoses = [row.aantal for row in known if (row.periode, row.grootheid) == (str(periode), "prognose")]
        tasks = [row.aantal for row in known if (row.periode, row.grootheid) == (str(periode), "taakstelling")]
        found.append(
            (
                distance,
                str(periode),
                prognoses[0] if prognoses else None,
                prognoses[-1] if prognoses else None,
                tasks[0] if tasks else None,
                tasks[-1] if tasks else None,
                len(tasks) - 1 if tasks else None,
                own if distance == 0 else earlier.get(str(periode)),
            )
        )
    return found


def _around(now: Periode) -> Iterable[tuple[int, Periode]]:
    return zip(range(-2, 3), (now.vorige.vorige, now.vorige, now, now.volgende, now.volgende.volgende), strict=True)


def controls(people: Population) -> list[tuple[str, int, int | None, int | None]]:
    """Of each municipality: published, by the letter of art. 29, by Adams. None where nothing was announced, or the
    inhabitants are not known; Adams needs those of all.
    """
    here = people.world
    of_now = (str(here.periode), "taakstelling")
    numbers = [row.aantal for row in announced(people) if (row.periode, row.grootheid) == of_now]
    inhabitants = law_inhabitants(here)
    by_adams = adams(here, numbers[-1]) if numbers and None not in inhabitants.values() else {}
    country = sum(number for _, number in here.inwoners_wet)
    found = []
    for row in people.overzicht:
        own = inhabitants[row.gemeentecode]
        by_law = ceil(Fraction(numbers[-1] * own, country)) if numbers and own is not None else None
        found.append((row.gemeentecode, row.taakstelling, by_law, by_adams.get(row.gemeentecode)))
    return found


def law_inhabitants(here: World) -> dict[str, int | None]:
    """On the municipalities of this year; None for the parts of a municipality that was divided since."""
    found: dict[str, int | None] = dict.fromkeys(here.codes, 0)
    for code, number in here.inwoners_wet:
        since = [change for change in here.wijzigingen if change.oud == code and change.datum > here.inwoners_op]
        new = successors(here, code) if since else (code,)
        for part in new:
            so_far = found.get(part)
            found[part] = so_far + number if len(new) == 1 and so_far is not None else None
    return found


@cache
def adams(here: World, number: int) -> dict[str, int]:
    """The largest rate whose rounded up numbers stay within the whole, found among the rates at which one changes."""
    bearer = {code: by for code, kind, by in here.afspraken if kind == "gedragen_door" and by is not None}
    exempt = {code for code, kind, _ in here.afspraken if kind == "vrijgesteld"}
    weights: dict[str, int] = {}
    for code, people in law_inhabitants(here).items():
        if code not in exempt and people:
            weights[bearer.get(code, code)] = weights.get(bearer.get(code, code), 0) + people
    rates = sorted({Fraction(step, weight) for weight in weights.values() for step in range(1, number + 1)})

    def dealt(rate: Fraction) -> int:
        return sum(ceil(rate * weight) for weight in weights.values())

    low, high = 0, len(rates) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if dealt(rates[middle]) <= number else (low, middle - 1)
    return {code: ceil(rates[low] * weights[code]) if code in weights else 0 for code in here.codes}
