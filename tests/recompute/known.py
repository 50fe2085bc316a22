"""What had happened at 00:00 of the peildatum, on the municipalities of the period's year.

Belongs here: the rule of the peildatum (nothing of that day or later has happened) and herindeling. Not here: metrics.
"""

from dataclasses import dataclass
from datetime import date

from tests.recompute.delivery import Afmelding, Koppeling, Population
from tests.recompute.worlds import World


@dataclass(frozen=True)
class Person:
    """A person of the COA; what happened later is None."""

    name: str
    household: str
    category: str
    nationality: str | None
    permit: date | None
    arrival: date | None
    shelter: str | None
    shelter_kind: str | None
    departure: date | None
    reason: str | None

    @property
    def entry(self) -> date | None:
        """From when somebody is a vergunninghouder in the opvang: with a permit, and there."""
        return max(self.permit, self.arrival) if self.permit is not None and self.arrival is not None else None

    @property
    def in_opvang(self) -> bool:
        """At 00:00 of the peildatum."""
        return self.entry is not None and self.departure is None


@dataclass(frozen=True)
class Link:
    """A koppeling; what happened later is None. `valid_offer` is not refused terecht."""

    mark: str
    person: str
    code: str
    start: date
    end: date | None
    why_ended: str | None
    offer: date | None
    refusal: str | None
    valid_offer: date | None
    contract: date | None
    ground: str
    screening: str
    delay: str | None


@dataclass(frozen=True)
class Entry:
    """A line of the ledger; `undone` when a correction cites it."""

    mark: str
    person: str
    code: str
    day: date
    number: int
    undone: bool


def persons(people: Population) -> dict[str, Person]:
    """By name."""
    peildatum = people.world.peildatum
    return {
        row.persoon: Person(
            row.persoon,
            row.huishouden,
            row.categorie,
            row.nationaliteit,
            _before(row.datum_vergunning, peildatum),
            _before(row.datum_instroom_opvang, peildatum),
            row.opvanggemeentecode,
            row.opvangvorm,
            _before(row.vertrek_datum, peildatum),
            row.vertrek_reden if _before(row.vertrek_datum, peildatum) else None,
        )
        for row in people.personen
    }


def links(people: Population) -> list[Link]:
    """The koppelingen that were made before the peildatum."""
    peildatum = people.world.peildatum
    return [_link(row, people, peildatum) for row in people.koppelingen if row.datum_koppeling < peildatum]


def _link(row: Koppeling, people: Population, peildatum: date) -> Link:
    offer = _before(row.datum_aanbod, peildatum)
    refusal = row.weigering if _before(row.datum_weigering, peildatum) else None
    end = _before(row.datum_einde, peildatum)
    return Link(
        mark=row.koppeling_id,
        person=row.persoon,
        code=municipality(people, row.gemeentecode, row.persoon, row.datum_koppeling),
        start=row.datum_koppeling,
        end=end,
        why_ended=row.reden_einde if end else None,
        offer=offer,
        refusal=refusal,
        valid_offer=None if refusal == "terecht" else offer,
        contract=_before(row.datum_huurcontract, peildatum),
        ground=row.koppelingsgrond,
        screening=row.arbeidsmarktscreening,
        delay=row.reden_vertraging,
    )


def ledger(people: Population) -> list[Entry]:
    """The afmeldingen and corrections of before the peildatum."""
    peildatum = people.world.peildatum
    known = [row for row in people.afmeldingen if row.datum < peildatum]
    cited = {row.corrigeert for row in known if row.aantal < 0}
    return [_entry(row, people, cited) for row in known]


def _entry(row: Afmelding, people: Population, cited: set[str | None]) -> Entry:
    code = municipality(people, row.gemeentecode, row.persoon, row.datum)
    return Entry(
        row.afmelding_id, row.persoon, code, row.datum, row.aantal, row.aantal > 0 and row.afmelding_id in cited
    )


def municipality(people: Population, code: str, person: str | None, day: date | None) -> str:
    """Where something in `code` on `day` counts: step by step along the herindelingen; `day` None for a total.

    Of a divided municipality a person goes to the delivered part.
    """
    for change in sorted(people.world.wijzigingen, key=lambda change: change.datum):
        if change.oud != code or (day is not None and day >= change.tot):
            continue
        if len(change.nieuw) == 1:
            (code,) = change.nieuw
        else:
            (code,) = {row.nieuwe_code for row in people.deelpersonen if row.persoon == person} & set(change.nieuw)
    return code


def successors(here: World, code: str) -> tuple[str, ...]:
    """The municipalities of the year in which `code` went up."""
    for change in here.wijzigingen:
        if change.oud == code:
            return tuple(dict.fromkeys(new for part in change.nieuw for new in successors(here, part)))
    return (code,)


def _before(day: date | None, peildatum: date) -> date | None:
    return day if day is not None and day < peildatum else None
