"""The three files of the COA: personen, koppelingen, afmeldingen.

Belongs here: rows and dialect (UTF-8, `;`, CRLF, dates dd-mm-jjjj). Not here: what happened to anybody. The text holds
`people.COPY` where the digits of the copy belong; `replicate` puts them in.
"""

from dataclasses import dataclass
from datetime import date

from pipeline.sample.geography import Geography
from pipeline.sample.model import Entry, Person, Spell, Unit
from pipeline.sample.people import COPY, Location

_PERSONEN = (
    "V-nummer;Huishouden;Geboortejaar;Nationaliteit;Categorie;Datum vergunning;Instroom opvang;Opvanglocatie;"
    "Gemeente opvang;Opvangvorm;Vertrek;Reden vertrek"
)
_KOPPELINGEN = (
    "Koppeling;V-nummer;Gemeente;Datum koppeling;Einde koppeling;Reden einde;Datum aanbod;Weigering;Datum weigering;"
    "Huurcontract;Informatieprofiel;Koppelingsgrond;Arbeidsmarktscreening;Datum screening;Reden vertraging"
)
_AFMELDINGEN = "Afmelding;V-nummer;Gemeente;Datum;Aantal;Soort;Corrigeert"
_ADULT = 18


class Days:
    """Dates as text, each made once; None is an empty text."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.known: dict[int, str] = {}

    def __getitem__(self, day: int | None) -> str:
        if day is None:
            return ""
        text = self.known.get(day)
        if text is None:
            text = self.known[day] = date.fromordinal(day).strftime(self.pattern)
        return text


@dataclass(frozen=True)
class Text:
    """A file for one copy: `head` (may be '') once, `body` once per copy; `rows` in the body."""

    head: str
    body: str
    rows: int


def number_text(number: int) -> str:
    """The V-number of a person with the copy left open."""
    return f"V999{COPY}{number:05d}"


def personen(units: list[Unit], locations: list[Location], geography: Geography, day: int) -> Text:
    """One row per person whom the COA knows, by V-number."""
    dates = Days("%d-%m-%Y")
    lines: list[tuple[int, str]] = []
    for unit in units:
        if unit.soort.opvang:
            place = locations[unit.locatie]
            reception = f"{place.naam};{geography.name(place.gemeente, day)};{place.vorm}"
        else:
            reception = ";;"
        middle = (
            f"{unit.nationaliteit};{unit.soort.categorie};{dates[unit.vergunning]};{dates[unit.aankomst]};{reception}"
        )
        for person in unit.leden:
            left = None if unit.vertrek is None else unit.vertrek + person.later
            tail = f"{dates[left]};{unit.vertrek_reden}"
            start = f"{number_text(person.nummer)};H{COPY}{unit.huishouden:05d};{person.geboortejaar}"
            lines.append((person.nummer, f"{start};{middle};{tail}"))
    lines.sort()
    return _text(_PERSONEN, [line for _, line in lines])


def koppelingen(units: list[Unit], geography: Geography) -> Text:
    """One row per koppeling of a person, numbered by date."""
    dates = Days("%d-%m-%Y")
    rows: list[tuple[int, int, str]] = []
    for unit in units:
        for spell in unit.spells:
            name = geography.name(spell.gemeente, spell.koppeling)
            year = date.fromordinal(spell.koppeling).year
            rows.extend(
                (spell.koppeling, person.nummer, _koppeling(spell, person, unit, name, year, dates))
                for person in unit.leden
            )
    rows.sort()
    return _text(_KOPPELINGEN, [f"K{COPY}{index:06d};{line}" for index, (_, _, line) in enumerate(rows, start=1)])


def _koppeling(spell: Spell, person: Person, unit: Unit, name: str, year: int, dates: Days) -> str:
    end = spell.einde
    if end is not None and spell is unit.spells[-1]:
        end += person.later
    screened = spell.screening is not None and year - person.geboortejaar >= _ADULT
    screening = f"ja;{dates[spell.screening]}" if screened else "nee;"
    return (
        f"{number_text(person.nummer)};{name};{dates[spell.koppeling]};{dates[end]};{spell.reden};{dates[spell.aanbod]};{spell.weigering};"
        f"{dates[spell.weigering_dag]};{dates[spell.huurcontract]};{dates[spell.profiel]};{spell.grond};{screening};{spell.vertraging}"
    )


def afmeldingen(units: list[Unit], geography: Geography) -> Text:
    """The ledger, one row per person and entry, numbered by date."""
    dates = Days("%d-%m-%Y")
    rows: list[tuple[int, int, Entry]] = []
    for unit in units:
        for entry in unit.ledger:
            rows.extend((entry.dag + person.later, person.nummer, entry) for person in unit.leden)
    rows.sort(key=lambda row: row[:2])
    ids = {(id(entry), number): f"A{COPY}{index:06d}" for index, (_, number, entry) in enumerate(rows, start=1)}
    lines = []
    for day, number, entry in rows:
        cited = "" if entry.corrigeert is None else ids[id(entry.corrigeert), number]
        name = geography.name(entry.gemeente, entry.dag)
        lines.append(
            f"{ids[id(entry), number]};{number_text(number)};{name};{dates[day]};{entry.aantal};{entry.soort};{cited}"
        )
    return _text(_AFMELDINGEN, lines)


def _text(head: str, lines: list[str]) -> Text:
    return Text(f"{head}\r\n", "".join(f"{line}\r\n" for line in lines), len(lines))
