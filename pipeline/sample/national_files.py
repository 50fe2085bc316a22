"""The files of the Rijk and the provinces: announced numbers, shares and persons of a split, supervision.

Belongs here: rijk/ and provincies/. Announcements are real (the shipped series) unless the caller asks for made-up
ones; shares of splits, the persons who go with them and the steps of supervision are made up.
"""

import csv
import io
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from pipeline.core.periods import Periode
from pipeline.sample.coa_files import Text, number_text
from pipeline.sample.dice import Dice
from pipeline.sample.geography import SPLIT_SHARES, Geography, read_rows
from pipeline.sample.model import Unit
from pipeline.sample.profiles import FIRST_KOPPELING
from pipeline.sample.tables import Table

# The letter comes some three months after the peildatum; what was announced later is not in the delivery.
_LETTER = timedelta(days=90)
_STEPS = ((110, 6), (80, 5), (60, 4), (40, 3), (20, 2), (0, 1))


def taakstelling(periode: Periode, schaal: int, vervolg: tuple[int, ...]) -> bytes:
    """Announced numbers and prognoses known at the letter; `vervolg` replaces those of the half-years after
    `periode`.
    """
    out = _Csv(("periode", "grootheid", "aantal", "publicatiedatum", "bekend_op", "bron"))
    times = "" if schaal == 1 else f" (keer {schaal}: voorbeeldlevering op schaal)"
    made_up: dict[str, int] = {}
    following = periode
    for number in vervolg:
        following = following.volgende
        made_up[str(following)] = number
    for row in read_rows("cijferreeksen/landelijk.csv"):
        if row["grootheid"] not in ("taakstelling", "prognose") or row["periode"] in made_up:
            continue
        known = row["bekend_op"] or _last_day(row["publicatie_bron"])
        if known and date.fromisoformat(known) <= periode.eind + _LETTER:
            number = int(row["waarde"]) * schaal
            out.add((row["periode"], row["grootheid"], number, row["publicatiedatum"], known, row["bron"] + times))
    for name, number in made_up.items():
        day = periode.eind.isoformat()
        out.add((name, "taakstelling", number * schaal, day, day, "verzonnen voor deze voorbeeldlevering" + times))
    return out.bytes()


def herindeling(geography: Geography, peildatum: int) -> bytes | None:
    """Shares of the splits in the years of the delivery; None when there was none."""
    parts = geography.split_parts(FIRST_KOPPELING, peildatum - 1)
    if not parts:
        return None
    out = _Csv(("datum", "oude_code", "nieuwe_code", "aandeel_teller", "aandeel_noemer"))
    for day, old, new, share, whole in parts:
        out.add((date.fromordinal(day).isoformat(), old, new, share, whole))
    return out.bytes()


def herindeling_personen(units: list[Unit], geography: Geography, peildatum: int, dice: Dice) -> Text | None:
    """Of everybody linked to or housed in a municipality before it was split: where that person went. None when there
    was no split.
    """
    days = {
        merger.old: merger.day for merger in geography.mergers if merger.old in SPLIT_SHARES and merger.day < peildatum
    }
    if not days:
        return None
    rows: list[tuple[int, str]] = []
    for unit in units:
        codes = [spell.gemeente for spell in unit.spells] + [entry.gemeente for entry in unit.ledger]
        for old in sorted(days):
            if old in codes:
                new = geography.forward(old, days[old] - 1, days[old], unit.splits, dice)
                rows.extend((person.nummer, new) for person in unit.leden)
    rows.sort()
    body = "".join(f"{number_text(number)},{new}\n" for number, new in rows)
    return Text("v_nummer,nieuwe_code\n", body, len(rows))


def toezicht(table: Table, dice: Dice) -> bytes:
    """The step of supervision for every municipality behind, on the first day of the half-year and on the peildatum.
    Made up.
    """
    out = _Csv(("Gemeente", "Datum", "Trede", "Verschoonbaar"), ";")
    for row in table.rows:
        for day, saldo in ((table.periode.begin, row.saldo), (table.periode.eind, row.eindsaldo)):
            if saldo > 0:
                share = saldo * 100 // max(row.taakstelling, 1)
                step = next(step for bound, step in _STEPS if share >= bound)
                step = max(0, step - (1 if dice.chance(350) else 0))
                out.add((row.name, day.strftime("%d-%m-%Y"), step, "ja" if dice.chance(110) else "nee"))
    return out.bytes()


def _last_day(month: str) -> str:
    """Of a publication known to the month (2017-04): the last day of it, when a reader could surely know."""
    if len(month) != 7:
        return month
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, monthrange(year, number)[1]).isoformat()


class _Csv:
    """A small CSV file in memory, UTF-8 and LF."""

    def __init__(self, head: Iterable[str], delimiter: str = ",") -> None:
        self._text = io.StringIO()
        self._writer = csv.writer(self._text, delimiter=delimiter, lineterminator="\n")
        self._writer.writerow(head)

    def add(self, row: Iterable[object]) -> None:
        """Add one row."""
        self._writer.writerow(row)

    def bytes(self) -> bytes:
        """The file."""
        return self._text.getvalue().encode()
