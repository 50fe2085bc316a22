"""The COA beside the municipalities and the IND, person by person; nareis; supervision.

Source: DOMAIN, supervision; report.definities_aansluiting, definities_nareis, definities_toezicht; the heads of
metrics.aansluiting_persoon and aansluiting_gemeente for the order of the classes, which is a choice.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median

from pipeline.core.periods import Periode
from tests.recompute.account import accounts
from tests.recompute.delivery import Besluit, Population
from tests.recompute.known import Entry, ledger, persons, successors

COA_CLASSES = (
    "gelijk",
    "andere_datum",
    "andere_gemeente",
    "gemeente_leverde_niet",
    "gemeente_ander_halfjaar",
    "alleen_coa",
)
OWN_CLASSES = ("alleen_gemeente", "onbekend_coa", "coa_ander_halfjaar")


@dataclass(frozen=True)
class Compared:
    """A person who was placed in the half-year by the COA, or reported by a municipality, or both."""

    name: str
    klasse: str
    placed: Entry | None
    code: str | None
    day: date | None
    delay: int | None
    reports: int
    in_opvang: bool
    at_ind: str | None
    delay_ind: int | None


def placed(people: Population) -> dict[str, Entry]:
    """The last afmelding of each person inside the half-year that no correction cites."""
    found: dict[str, Entry] = {}
    for entry in ledger(people):
        if entry.number > 0 and not entry.undone and entry.day >= people.world.begin:
            other = found.get(entry.person)
            if other is None or (entry.day, entry.mark) > (other.day, other.mark):
                found[entry.person] = entry
    return found


def delivered(people: Population) -> set[str]:
    """The municipalities of this year of which, or of a municipality that went up in them, there is a list."""
    return {code for row in people.lijsten for code in successors(people.world, row.gemeentecode)}


def reports(people: Population) -> dict[str, dict[str, date]]:
    """By person and municipality the reported day; of two merged ones that report a person that of the half-year."""
    here = people.world
    found: dict[str, dict[str, date]] = {}
    for row in people.meldingen:
        parts = successors(here, row.gemeentecode)
        if len(parts) > 1:
            mine = {part.nieuwe_code for part in people.deelpersonen if part.persoon == row.persoon}
            parts = tuple(code for code in parts if code in mine)
        (code,) = parts
        day = row.datum_huisvesting
        other = found.setdefault(row.persoon, {}).get(code)
        if other is None or (_inside(people, day), day) > (_inside(people, other), other):
            found[row.persoon][code] = day
    return found


def _inside(people: Population, day: date) -> bool:
    return people.world.begin <= day < people.world.peildatum


def compared(people: Population) -> list[Compared]:
    """Every person in exactly one class."""
    at_coa, told = placed(people), reports(people)
    names = sorted(
        name for name in {*at_coa, *told} if name in at_coa or any(_inside(people, day) for day in told[name].values())
    )
    return [_compared(people, name, at_coa.get(name), told.get(name, {})) for name in names]


def _compared(people: Population, name: str, entry: Entry | None, told: dict[str, date]) -> Compared:
    person = persons(people).get(name)
    inside = {code: day for code, day in told.items() if _inside(people, day)}
    code = _counting(entry, inside)
    day = inside[code] if code is not None else told.get(entry.code) if entry is not None else None
    earlier = _signed_off_before(people, name)
    if entry is not None and code is not None:
        klasse = "andere_gemeente" if code != entry.code else "gelijk" if day == entry.day else "andere_datum"
    elif entry is not None and entry.code not in delivered(people):
        klasse = "gemeente_leverde_niet"
    elif entry is not None:
        klasse = "gemeente_ander_halfjaar" if day is not None else "alleen_coa"
    elif person is None:
        klasse = "onbekend_coa"
    else:
        klasse = "coa_ander_halfjaar" if earlier is not None else "alleen_gemeente"
    signed = entry.day if entry is not None else earlier
    delay = (signed - day).days if signed is not None and day is not None else None
    at_ind, delay_ind = _at_ind(people, name)
    return Compared(
        name,
        klasse,
        entry,
        code,
        day,
        delay,
        len(inside),
        person is not None and person.in_opvang,
        at_ind,
        delay_ind,
    )


def _counting(entry: Entry | None, inside: dict[str, date]) -> str | None:
    """Whose line counts: the municipality of the afmelding, else the latest day, then the lowest code."""
    if entry is not None and entry.code in inside:
        return entry.code
    return min(inside, key=lambda code: (-inside[code].toordinal(), code), default=None)


def _signed_off_before(people: Population, name: str) -> date | None:
    days = [
        entry.day
        for entry in ledger(people)
        if entry.person == name and entry.number > 0 and not entry.undone and entry.day < people.world.begin
    ]
    return max(days, default=None)


def permits(people: Population) -> dict[str, date | None]:
    """What the IND knows of a person: the first permit since the last withdrawal; None where that was the last."""
    found: dict[str, list[Besluit]] = {}
    for row in people.besluiten:
        if row.datum_besluit < people.world.peildatum:
            found.setdefault(row.persoon, []).append(row)
    return {name: _permit(decisions) for name, decisions in found.items()}


def _permit(decisions: list[Besluit]) -> date | None:
    withdrawn = max((row.datum_besluit for row in decisions if row.besluit == "intrekking"), default=date.min)
    return min((row.datum_besluit for row in decisions if row.datum_besluit > withdrawn), default=None)


def _at_ind(people: Population, name: str) -> tuple[str | None, int | None]:
    """Whether the IND knows the permit of somebody."""
    if not people.besluiten:
        return None, None
    person, known = persons(people).get(name), permits(people)
    if name not in known:
        return "onbekend", None
    permit = known[name]
    if person is None or person.permit is None:
        return ("bekend" if permit is not None else "onbekend"), None
    if permit is None:
        return ("bekend" if person.reason == "ingetrokken" else "ingetrokken"), None
    days = (person.permit - permit).days
    return ("andere_datum", days) if days else ("bekend", None)


def permit_differences(people: Population) -> list[tuple[str, str, int | None, bool, bool]]:
    """Name, difference, days, in the opvang, nareis still expected; of whom COA and IND do not know the same permit."""
    if not people.besluiten or not people.personen:
        return []
    known, at_ind = persons(people), permits(people)
    expected = {row[0] for row in relatives(people) if row[1] == "verwacht"}
    found: list[tuple[str, str, int | None, bool, bool]] = []
    for name in sorted({*known, *at_ind}):
        person = known.get(name)
        permit = person.permit if person else None
        there = person is not None and person.in_opvang
        if person is None or permit is None:
            if at_ind.get(name) is not None:
                found.append((name, "alleen_ind", None, there, name in expected))
            continue
        verdict, days = _at_ind(people, name)
        if verdict != "bekend":
            found.append((name, "alleen_coa" if verdict == "onbekend" else str(verdict), days, there, False))
    return found


def ind_groups(people: Population) -> list[tuple[str, int, int, int, int, int]]:
    """Of all with a permit at the COA, of those in the opvang and of the placed: how the IND knows their permit."""
    if not people.besluiten or not people.personen:
        return []
    known = persons(people)
    members = {
        "coa": [name for name, person in known.items() if person.permit is not None],
        "opvang": [name for name, person in known.items() if person.in_opvang],
        "geplaatst": list(placed(people)),
    }
    found = []
    for group, names in members.items():
        counts = Counter(_at_ind(people, name)[0] for name in names)
        found.append(
            (
                group,
                len(names),
                counts["bekend"],
                counts["andere_datum"],
                counts["ingetrokken"],
                counts["onbekend"],
            )
        )
    return found


@dataclass(frozen=True)
class Line:
    """The account of a municipality beside that of the COA; what needs its list is None without one."""

    placed: int
    own: dict[str, int]
    classes: dict[str, int]
    delays: tuple[int, ...]
    has_list: bool
    realised: int


def lines(people: Population) -> dict[str, Line]:
    """By municipality."""
    told, lists, rows = reports(people), delivered(people), compared(people)
    found = {}
    for code, own in accounts(people).items():
        inside = [name for name, days in told.items() if code in days and _inside(people, days[code])]
        outside = [name for name, days in told.items() if code in days and not _inside(people, days[code])]
        classes = Counter(row.klasse for row in rows if row.placed is not None and row.placed.code == code)
        mine = [row for row in rows if row.code == code]
        classes.update(row.klasse for row in mine if row.placed is None)
        found[code] = Line(
            placed=sum(row.placed is not None and row.placed.code == code for row in rows),
            own={
                "gemeld": len(inside),
                "andere_gemeente_gemeld": sum(row.klasse == "andere_gemeente" for row in mine),
                "late_afmelding": sum(row.klasse == "alleen_gemeente" and row.in_opvang for row in mine),
                "dubbel_gemeld": len(inside) - len(mine),
                "buiten_halfjaar": len(outside),
            },
            classes={klasse: classes[klasse] for klasse in (*COA_CLASSES, *OWN_CLASSES)},
            delays=tuple(
                row.delay for row in mine if row.klasse in {"gelijk", "andere_datum"} and row.delay is not None
            ),
            has_list=code in lists,
            realised=own.realised,
        )
    return found


def middle(delays: list[int]) -> Fraction | None:
    """The exact median."""
    return Fraction(median(Fraction(delay) for delay in delays)) if delays else None


def relatives(people: Population) -> list[tuple[str, str, date, date | None, date | None]]:
    """Name, state, decision, expected day, arrival; of relatives admitted before the peildatum."""
    peildatum = people.world.peildatum
    at_ind = permits(people)
    found = []
    for row in people.nareis:
        if row.datum_besluit < peildatum:
            arrival = row.datum_aankomst if row.datum_aankomst and row.datum_aankomst < peildatum else None
            withdrawn = row.persoon in at_ind and at_ind[row.persoon] is None
            state = "aangekomen" if arrival else "ingetrokken" if withdrawn else "verwacht"
            found.append((row.persoon, state, row.datum_besluit, row.datum_verwachte_aankomst, arrival))
    return found


def relatives_by_half_year(people: Population) -> dict[str | None, tuple[int, int, int]]:
    """Admitted, arrived, expected; by the half-year of each day, None for who is expected without a day."""
    counts: dict[str | None, Counter[str]] = {}
    for _, state, decided, expected, arrival in relatives(people):
        counts.setdefault(str(Periode.containing(decided)), Counter())["admitted"] += 1
        if arrival is not None:
            counts.setdefault(str(Periode.containing(arrival)), Counter())["arrived"] += 1
        if state == "verwacht":
            day = str(Periode.containing(expected)) if expected else None
            counts.setdefault(day, Counter())["expected"] += 1
    return {day: (count["admitted"], count["arrived"], count["expected"]) for day, count in counts.items()}


def supervision(people: Population) -> list[tuple[str, int, bool, date | None, int | None, str | None]]:
    """Of each municipality: half-years behind in a row, whether that is a lower bound, what the province reported."""
    here = people.world
    history = {row.gemeentecode: row for row in people.eerder_toezicht}
    changed = {new for change in here.wijzigingen if change.tot == here.begin for new in successors(here, change.oud)}
    found = []
    for code, own in accounts(people).items():
        before = history.get(code) if code not in changed else None
        earlier = before.halfjaren_achter if before is not None else int(own.opening > 0)
        bound = before.ondergrens if before is not None else own.opening > 0
        behind = own.closing > 0
        told = [row for row in people.toezicht if row.gemeentecode == code and row.datum <= here.peildatum]
        last = max(told, key=lambda row: row.datum, default=None)
        found.append(
            (
                code,
                1 + earlier if behind else 0,
                behind and bound,
                last.datum if last else None,
                last.trede if last else None,
                last.verschoonbaar if last else None,
            )
        )
    return found
