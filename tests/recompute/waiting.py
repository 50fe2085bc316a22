"""The four waiting times by Kaplan and Meier, and kansrijk koppelen.

Source: DOMAIN, waiting time; report.definities_wachttijd, report.definities_kansrijk; Kaplan and Meier (1958),
Greenwood (1926), the band on the log-log scale.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import exp, log, sqrt

from pipeline.core.periods import Periode
from tests.recompute.delivery import Population
from tests.recompute.known import Link, Person, links, persons

_Z = 1.959963984540054
_NEVER_THERE = "geen_opvang"


@dataclass(frozen=True)
class Wait:
    """From `start` to `until`: the day on which it was reached, or on which it stopped being seen."""

    what: str
    start: date
    until: date
    reached: bool
    category: str
    household: str
    ground: str | None = None
    screening: str | None = None
    near: str | None = None

    @property
    def days(self) -> int:
        """Waited."""
        return (self.until - self.start).days


@dataclass(frozen=True)
class Step:
    """One day of a curve: who still waits when it begins, who reached it, the share that waits after it, its band."""

    day: int
    waiting: int
    reached: int
    censored: int
    survival: float
    low: float
    high: float


@dataclass(frozen=True)
class Times:
    """A group: its number, its curve, and the plain average of who reached it in the half-year (total, number)."""

    number: int
    reached: int
    steps: tuple[Step, ...]
    days_in_half_year: int
    reached_in_half_year: int

    def quantile(self, what: str, share: float) -> int | None:
        """The first day on which the curve, or a limit of it, is at or below the share that still waits."""
        return next((step.day for step in self.steps if getattr(step, what) <= share + 1e-12), None)


def waits(people: Population) -> list[Wait]:
    """Every wait that began before the peildatum."""
    known = persons(people)
    members = Counter(person.household for person in known.values())
    made = links(people)
    first: dict[str, date] = {}
    for link in made:
        first[link.person] = min(link.start, first.get(link.person, link.start))
    found: list[Wait] = []
    for person in known.values():
        found += _of_person(people, person, _size(members[person.household]), first.get(person.name))
    for link in made:
        person_of = known.get(link.person)
        size = _size(members[person_of.household]) if person_of else "onbekend"
        found += _of_link(people, link, person_of, size)
    return found


def _of_person(people: Population, person: Person, size: str, linked: date | None) -> Iterable[Wait]:
    """Permit to koppeling and permit to housing, of who was in the opvang with the permit."""
    if person.permit is None or person.arrival is None:
        return
    if person.departure is not None and person.departure < person.permit:
        return
    end = person.departure or people.world.peildatum
    housed = person.departure if person.reason == "gehuisvest" else None
    yield _wait("vergunning_koppeling", person.permit, linked, end, person.category, size)
    yield _wait("vergunning_huisvesting", person.permit, housed, end, person.category, size)


def _of_link(people: Population, link: Link, person: Person | None, size: str) -> Iterable[Wait]:
    """Koppeling to aanbod and koppeling to housing."""
    end = link.end or people.world.peildatum
    housed = link.end if link.why_ended == "gehuisvest" else None
    category = person.category if person else "onbekend"
    group = (link.ground, link.screening, _near(people, link, person))
    yield _wait("koppeling_aanbod", link.start, link.valid_offer, end, category, size, *group)
    yield _wait("koppeling_huisvesting", link.start, housed, end, category, size, *group)


def _wait(
    what: str,
    start: date,
    reached: date | None,
    end: date,
    category: str,
    size: str,
    ground: str | None = None,
    screening: str | None = None,
    near: str | None = None,
) -> Wait:
    got_there = reached is not None and reached <= end
    until = reached if reached is not None and got_there else end
    return Wait(what, start, until, got_there, category, size, ground, screening, near)


def _size(members: int) -> str:
    return "een" if members == 1 else "twee" if members == 2 else "drie_vier" if members <= 4 else "vijf_meer"


def _near(people: Population, link: Link, person: Person | None) -> str:
    """Where a koppeling leads, seen from the reception."""
    if person is None or person.arrival is None:
        return _NEVER_THERE
    if link.code == person.shelter:
        return "gemeente"
    regions = {gemeente.code: gemeente.regio for gemeente in people.world.gemeenten}
    here, there = regions.get(str(person.shelter)), regions.get(link.code)
    if here is None or there is None:
        return "andere_gemeente"
    return "regio" if here == there else "elders"


def groups(people: Population) -> dict[tuple[str, str, str], Times]:
    """Times by waiting time, kind of group and group; the total always."""
    here = people.world
    oldest = here.periode.vorige.vorige.vorige.begin
    found: dict[tuple[str, str, str], list[Wait]] = {}
    for what in ("vergunning_koppeling", "koppeling_aanbod", "koppeling_huisvesting", "vergunning_huisvesting"):
        found[what, "totaal", "totaal"] = []
    for wait in waits(people):
        if wait.near == _NEVER_THERE:
            continue
        for kind, group in _groups_of(wait, oldest):
            found.setdefault((wait.what, kind, group), []).append(wait)
    times = {key: _times(here.begin, oldest, of_group) for key, of_group in found.items()}
    return {
        key: of_group
        for key, of_group in times.items()
        if key[1] == "totaal" or of_group.number or of_group.reached_in_half_year
    }


def _groups_of(wait: Wait, oldest: date) -> Iterable[tuple[str, str]]:
    yield "totaal", "totaal"
    yield "categorie", wait.category
    yield "grootte", wait.household
    if wait.start >= oldest:
        yield "cohort", str(Periode.containing(wait.start))
    if wait.ground is not None and wait.screening is not None and wait.near is not None:
        yield "grond", wait.ground
        yield "screening", wait.screening
        yield "grond_screening", f"{wait.ground}_{wait.screening}"
        yield "nabij", wait.near


def _times(begin: date, oldest: date, of_group: list[Wait]) -> Times:
    """Those of the last four half-years are followed; the plain average is over all who reached it in this one."""
    followed = [wait for wait in of_group if wait.start >= oldest]
    now = [wait.days for wait in of_group if wait.reached and wait.until >= begin]
    reached = sum(wait.reached for wait in followed)
    return Times(len(followed), reached, tuple(_curve(followed)), sum(now), len(now))


def _curve(followed: list[Wait]) -> Iterable[Step]:
    """The product over the days of (1 - reached / waiting), exact; who is censored on a day still waits on it."""
    survival = Fraction(1)
    greenwood = Fraction(0)
    for day in sorted({wait.days for wait in followed}):
        waiting = sum(wait.days >= day for wait in followed)
        reached = sum(wait.days == day and wait.reached for wait in followed)
        stopped = sum(wait.days == day and not wait.reached for wait in followed)
        survival *= 1 - Fraction(reached, waiting)
        if reached < waiting:
            greenwood += Fraction(reached, waiting * (waiting - reached))
        low, high = _band(survival, greenwood)
        yield Step(day, waiting, reached, stopped, float(survival), low, high)


def _band(survival: Fraction, greenwood: Fraction) -> tuple[float, float]:
    if survival in (0, 1):
        return float(survival), float(survival)
    width = _Z * sqrt(greenwood) / -log(survival)
    return float(survival) ** exp(width), float(survival) ** exp(-width)


def near_reception(people: Population) -> dict[tuple[str, str], tuple[int, int, int, int | None]]:
    """Of the koppelingen of the half-year, by ground and screening: all, from the opvang, to the gemeente of the
    reception, to its region (that gemeente too; None without a division into regions).
    """
    known = persons(people)
    regions_known = any(gemeente.regio for gemeente in people.world.gemeenten)
    found: dict[tuple[str, str], list[str]] = {("totaal", "totaal"): []}
    for link in links(people):
        if link.start >= people.world.begin:
            near = _near(people, link, known.get(link.person))
            for key in (
                ("totaal", "totaal"),
                ("grond", link.ground),
                ("screening", link.screening),
                ("grond_screening", f"{link.ground}_{link.screening}"),
            ):
                found.setdefault(key, []).append(near)
    return {
        key: (
            len(near),
            sum(one != _NEVER_THERE for one in near),
            near.count("gemeente"),
            near.count("gemeente") + near.count("regio") if regions_known else None,
        )
        for key, near in found.items()
    }
