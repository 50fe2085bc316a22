"""Who is in the opvang at the peildatum and where in the funnel, stock and flow, and what the COA supplied.

Source: DOMAIN, the funnel, overdue koppeling, normtijd, stock and flow; report.definities_opvang,
report.definities_koppelingen.
"""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from tests.recompute.delivery import Population
from tests.recompute.known import Link, Person, ledger, links, persons


@dataclass(frozen=True)
class Sheltered:
    """A vergunninghouder in the opvang; `link` is the current koppeling, `running` how many run."""

    person: Person
    household: int
    link: Link | None
    running: int
    since_link: int | None
    since_permit: int
    since_arrival: int
    stand: str


def sheltered(people: Population) -> list[Sheltered]:
    """One for each person."""
    there = [person for person in persons(people).values() if person.in_opvang]
    members = Counter(person.household for person in there)
    running: dict[str, list[Link]] = {}
    for link in links(people):
        if link.end is None:
            running.setdefault(link.person, []).append(link)
    return [_sheltered(people, person, members[person.household], running.get(person.name, [])) for person in there]


def _sheltered(people: Population, person: Person, household: int, running: list[Link]) -> Sheltered:
    peildatum = people.world.peildatum
    link = max(running, key=lambda link: (link.start, link.mark), default=None)
    assert person.permit is not None and person.arrival is not None
    days = (peildatum - link.start).days if link is not None else None
    return Sheltered(
        person=person,
        household=household,
        link=link,
        running=len(running),
        since_link=days,
        since_permit=(peildatum - person.permit).days,
        since_arrival=(peildatum - person.arrival).days,
        stand=_stand(link, days, dict(people.world.normen)["aanbod"]),
    )


def _stand(link: Link | None, days: int | None, weeks: int) -> str:
    if link is None or days is None:
        return "zonder_koppeling"
    if link.contract is not None:
        return "met_huurcontract"
    if link.valid_offer is not None:
        return "met_aanbod"
    return "gekoppeld_langer_dan_norm" if days > 7 * weeks else "gekoppeld_binnen_norm"


PARTS = ("begin", "vergunningen", "nareis", "afgemeld", "anders_vertrokken", "eind", "buiten_opvang")
"""Of stock and flow."""


def flow(people: Population) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Of each person with any part in stock and flow: category and the parts, in the order of PARTS.

    Of the opvang is who came in as a vergunninghouder: with a permit, there, and not gone before both.
    """
    begin = people.world.begin
    entries = ledger(people)
    found: dict[str, tuple[str, tuple[int, ...]]] = {}
    for person in persons(people).values():
        before = sum(entry.number for entry in entries if entry.person == person.name and entry.day < begin)
        during = sum(entry.number for entry in entries if entry.person == person.name and entry.day >= begin)
        entry = person.entry
        if entry is None or (person.departure is not None and person.departure < entry):
            parts = (0, 0, 0, 0, 0, 0, during)
        else:
            other = person.departure if person.reason != "gehuisvest" else None
            new = entry >= begin
            parts = (
                int(not new and before <= 0 and not (other is not None and other < begin)),
                int(new and person.category != "nareis"),
                int(new and person.category == "nareis"),
                during,
                int(other is not None and other >= begin),
                int(person.departure is None),
                0,
            )
        if any(parts):
            found[person.name] = (person.category, parts)
    return found


def flow_breakdown(people: Population) -> dict[tuple[str, str], tuple[int | None, ...]]:
    """By characteristic and class the parts of stock and flow; None where a part says nothing of that characteristic.

    A nationality and the last kind of shelter stay with a person; household and stay are those of the day of the stock.
    """
    known = persons(people)
    ranks = nationality_ranks(sheltered(people))
    parts = {known[name]: dict(zip(PARTS, numbers, strict=True)) for name, (_, numbers) in flow(people).items()}
    found: dict[tuple[str, str], Counter[str]] = {}
    for person, numbers in parts.items():
        rank = ranks.get(str(person.nationality), 11)
        unknown = person.nationality in {None, "Onbekend"}
        nationality = "onbekend" if unknown else str(rank) if rank <= 10 else "overig"
        found.setdefault(("nationaliteit", nationality), Counter()).update(numbers)
        if person.shelter_kind is not None:
            found.setdefault(("opvangvorm", person.shelter_kind), Counter()).update(numbers)
    for part, day in (("begin", people.world.begin), ("eind", people.world.peildatum)):
        there = [person for person, numbers in parts.items() if numbers[part]]
        members = Counter(person.household for person in there)
        for person in there:
            assert person.arrival is not None
            stay = stay_class((day - person.arrival).days)
            for key in (("huishoudgrootte", household_class(members[person.household])), ("verblijf", stay)):
                found.setdefault(key, Counter())[part] += 1
    silent = {"opvangvorm": {"buiten_opvang"}}
    of_stock = set(PARTS) - {"begin", "eind"}
    return {
        (dimension, klasse): tuple(
            None
            if part in silent.get(dimension, set() if dimension == "nationaliteit" else of_stock)
            else numbers[part]
            for part in PARTS
        )
        for (dimension, klasse), numbers in found.items()
    }


def overdue_class(row: Sheltered, weeks: int) -> str | None:
    """How many weeks beyond the norm; a week that has begun counts."""
    if row.stand != "gekoppeld_langer_dan_norm" or row.since_link is None:
        return None
    beyond = ceil(Fraction(row.since_link - 7 * weeks, 7))
    return (
        "weken_1_4"
        if beyond <= 4
        else "weken_5_13"
        if beyond <= 13
        else "weken_14_26"
        if beyond <= 26
        else "ernstig_vertraagd"
    )


def funnel(people: Population) -> dict[str, dict[str, tuple[int, int]]]:
    """By area of the current koppeling and by place: persons, and households with at least one of them."""
    norms = dict(people.world.normen)
    linked = [(row, row.link.code) for row in sheltered(people) if row.link is not None]

    def places(row: Sheltered) -> set[str]:
        found = {"gekoppeld", row.stand, overdue_class(row, norms["aanbod"])}
        if row.since_link is not None and row.since_link > 7 * norms["huisvesting"]:
            found.add("huisvesting")
        return {place for place in found if place is not None}

    return {
        area: _counted([(places(row), row) for row, code in linked if code in codes])
        for area, codes in people.world.gebieden().items()
        if any(code in codes for _, code in linked)
    }


def _counted(rows: list[tuple[set[str], Sheltered]]) -> dict[str, tuple[int, int]]:
    found: dict[str, list[str]] = {}
    for places, row in rows:
        for place in places:
            found.setdefault(place, []).append(row.person.household)
    return {place: (len(households), len(set(households))) for place, households in found.items()}


def breakdown(people: Population) -> dict[tuple[str, str], tuple[int, int, int, int]]:
    """By characteristic and class: persons, households, and both of whom the koppeling is overdue."""
    weeks = dict(people.world.normen)["aanbod"]
    provinces = {gemeente.code: gemeente.provincie for gemeente in people.world.gemeenten}
    rows = sheltered(people)
    ranks = nationality_ranks(rows)
    found: dict[tuple[str, str], list[Sheltered]] = {}
    for row in rows:
        overdue = overdue_class(row, weeks)
        rank = ranks.get(str(row.person.nationality))
        of_row = {
            "stand": row.stand,
            "categorie": row.person.category,
            "huishoudgrootte": household_class(row.household),
            "nationaliteit": "onbekend" if rank is None else str(rank) if rank <= 10 else "overig",
            "opvangvorm": row.person.shelter_kind or "onbekend",
            "verblijf": stay_class(row.since_arrival),
            "opvangprovincie": provinces[str(row.person.shelter)],
        }
        if overdue is not None and row.link is not None:
            of_row |= {"te_lang": overdue, "reden_vertraging": row.link.delay or "onbekend"}
        for dimension, klasse in of_row.items():
            found.setdefault((dimension, klasse), []).append(row)
    return {key: _with_overdue(of_class) for key, of_class in found.items()}


def _with_overdue(rows: list[Sheltered]) -> tuple[int, int, int, int]:
    late = [row.person.household for row in rows if row.stand == "gekoppeld_langer_dan_norm"]
    return len(rows), len({row.person.household for row in rows}), len(late), len(set(late))


def nationality_ranks(rows: list[Sheltered]) -> dict[str, int]:
    """By number of persons, ties by name; who has none, or one that is written as unknown, has no rank."""
    counts = Counter(row.person.nationality for row in rows if row.person.nationality not in {None, "Onbekend"})
    ordered = sorted(counts, key=lambda name: (-counts[name], str(name)))
    return {str(name): rank for rank, name in enumerate(ordered, 1)}


def household_class(members: int) -> str:
    """One, two, three or four, five or more."""
    return "een" if members == 1 else "twee" if members == 2 else "drie_vier" if members <= 4 else "vijf_meer"


def stay_class(days: int) -> str:
    """Up to and including 90, 180 and 365 days."""
    return "tot_90" if days <= 90 else "tot_180" if days <= 180 else "tot_365" if days <= 365 else "langer"


def totals(people: Population) -> tuple[int, ...]:
    """Persons and households: all; permit longer ago than the norm; the same without koppeling and its norm."""
    norms = dict(people.world.normen)
    rows = sheltered(people)
    late = [row for row in rows if row.since_permit > 7 * norms["vergunning"]]
    unlinked = [row for row in rows if row.link is None and row.since_permit > 7 * norms["koppeling"]]
    return tuple(
        number
        for of_rows in (rows, late, unlinked)
        for number in (len(of_rows), len({row.person.household for row in of_rows}))
    )


def supply(people: Population) -> dict[str, tuple[int, int, int]]:
    """By municipality: koppelingen made in the half-year, persons linked at its begin, persons available in it."""
    begin = people.world.begin
    made = links(people)
    found = {}
    for code in people.world.codes:
        here = [link for link in made if link.code == code]
        at_begin = {link.person for link in here if link.start < begin and (link.end is None or link.end >= begin)}
        running = {link.person for link in here if link.end is None or link.end >= begin}
        found[code] = (sum(link.start >= begin for link in here), len(at_begin), len(running))
    return found
