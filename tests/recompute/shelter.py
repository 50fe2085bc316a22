"""Who is in the opvang at the peildatum, and where in the funnel.

Source: DOMAIN, the funnel, overdue koppeling, normtijd.
"""

from collections import Counter
from dataclasses import dataclass

from tests.recompute.known import Link, Person, links, persons
from tests.recompute.population import Population


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
