"""The two files of the IND: vergunningen and nareis.

Belongs here: rows, dialect (UTF-8, `,`, LF, ISO dates) and where the IND differs from the COA on purpose. Not here:
what happened to anybody.
"""

from dataclasses import dataclass

from pipeline.sample.coa_files import Days, Text, number_text
from pipeline.sample.dice import Dice
from pipeline.sample.model import Soort, Unit

_VERGUNNINGEN = "v_nummer,datum_besluit,besluit,categorie"
_NAREIS = "v_nummer,v_nummer_referent,datum_besluit,datum_verwachte_aankomst,datum_aankomst"
_UNKNOWN = 34
_OTHER_DATE = 58


@dataclass(frozen=True)
class IndDifferences:
    """Planted differences: numbers of persons whom the IND does not know, and days by which its decision differs."""

    unknown: frozenset[int]
    moved: dict[int, int]


def plant(units: list[Unit], dice: Dice) -> IndDifferences:
    """Choose persons, one per household, whose permit the IND does not know or dates otherwise."""
    pool = [
        unit
        for unit in units
        if unit.soort is Soort.REGULIER and unit.omvang == 1 and unit.vertrek_reden != "ingetrokken"
    ]
    dice.shuffle(pool)
    unknown = frozenset(unit.leden[0].nummer for unit in pool[:_UNKNOWN])
    moved = {}
    for unit in pool[_UNKNOWN : _UNKNOWN + _OTHER_DATE]:
        days = dice.between(1, 28)
        # Never after the start of a koppeling, so that only this one thing differs.
        moved[unit.leden[0].nummer] = -days
    return IndDifferences(unknown, moved)


def vergunningen(units: list[Unit], differences: IndDifferences) -> Text:
    """Every permit granted, and the withdrawals, by V-number and date; `units` with those who are still to arrive."""
    dates = Days("%Y-%m-%d")
    rows: list[tuple[int, int, str]] = []
    for unit in units:
        categorie = unit.soort.categorie
        for person in unit.leden:
            if person.nummer in differences.unknown:
                continue
            day = unit.vergunning + differences.moved.get(person.nummer, 0)
            rows.append((person.nummer, day, f"{dates[day]},verlening,{categorie}"))
            if unit.vertrek_reden == "ingetrokken":
                rows.append((person.nummer, unit.vertrek or 0, f"{dates[unit.vertrek]},intrekking,{categorie}"))
    rows.sort()
    return _text(_VERGUNNINGEN, [f"{number_text(number)},{line}" for number, _, line in rows])


def nareis(units: list[Unit], dice: Dice) -> Text:
    """Relatives with their referent, by V-number; without `datum_aankomst` while they are to arrive."""
    dates = Days("%Y-%m-%d")
    rows: list[tuple[int, str]] = []
    for unit in units:
        if unit.referent is None:
            continue
        arrival = unit.aankomst
        if unit.soort is Soort.NAREIS:
            arrival = unit.verwacht if unit.ledger else None
        expected = unit.verwacht if arrival is None else max(unit.vergunning + 7, arrival + dice.between(-12, 9))
        referent = number_text(unit.referent.leden[0].nummer)
        line = f"{referent},{dates[unit.vergunning]},{dates[expected]},{dates[arrival]}"
        rows.extend((person.nummer, line) for person in unit.leden)
    rows.sort()
    return _text(_NAREIS, [f"{number_text(number)},{line}" for number, line in rows])


def _text(head: str, lines: list[str]) -> Text:
    return Text(f"{head}\n", "".join(f"{line}\n" for line in lines), len(lines))
