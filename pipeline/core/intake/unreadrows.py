"""Rows that stand where no row is read: above the heads, on a sheet without heads.

Belongs here: telling a title from a row of persons that would be lost. Not here: landing rows (reader.py).
"""

import re
from collections.abc import Iterable, Sequence

from pipeline.core.intake.csvlines import records
from pipeline.core.intake.findings import Bevinding, Ernst, shown_value
from pipeline.core.intake.headers import Header
from pipeline.core.intake.preflight import Document

_V_NUMBER = re.compile(r"(?<![a-z])v[\s._-]*(?:[0-9][\s._-]?){9}[0-9](?![0-9])", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"[0-9]{10}")

Row = tuple[int, tuple[str, ...]]


def holds_person(cells: Iterable[str]) -> bool:
    """Whether a cell holds a V-number, or is one without its V."""
    return any(_V_NUMBER.search(cell) or _BARE_NUMBER.fullmatch(cell.strip()) for cell in cells)


def rows_above(name: str, header: Header, above: Iterable[Row]) -> list[Bevinding]:
    """A block when lines above the head are no titles: with a V-number, or with as many filled cells as there are
    heads. `above` are (line number, cells).
    """
    full = sum(bool(cell.strip()) for cell in header.cells)
    lines = [
        line
        for line, cells in above
        if holds_person(cells) or (full > 1 and sum(bool(cell.strip()) for cell in cells) >= full)
    ]
    if not lines:
        return []
    count = "1 regel" if len(lines) == 1 else f"{len(lines)} regels"
    verb = "lijkt" if len(lines) == 1 else "lijken"
    return [
        Bevinding(
            bestand=name,
            regel=lines[0],
            reden=f"rijen boven de kolomkoppen: {count} boven regel {header.line} {verb} een rij van de tabel, geen "
            "titel.",
            herstel="Zet de kolomkoppen boven alle rijen.",
            ernst=Ernst.BLOKKADE,
            controle="rijen boven de kolomkoppen",
        )
    ]


def lines_above(document: Document, header: Header) -> list[Row]:
    """The lines above the head of a CSV file, cut in cells; a line with a stray quote is one cell."""
    lines = document.lines[: header.line - 1]
    return [(item.line, item.cells or (lines[item.line - 1],)) for item in records(lines, header.delimiter)]


def unread_sheet(name: str, sheet: str, rows: Sequence[Row]) -> Bevinding:
    """What is said of a filled sheet without heads: a block when it holds V-numbers, else a warning."""
    count = "1 gevulde rij" if len(rows) == 1 else f"{len(rows)} gevulde rijen"
    persons = any(holds_person(cells) for _, cells in rows)
    what = " met V-nummers" if persons else ""
    return Bevinding(
        bestand=name,
        blad=shown_value(sheet),
        reden=f"dit blad heeft {count}{what} maar geen herkenbare kolomkoppen, en is niet gelezen.",
        herstel="Zet kolomkoppen op dit blad."
        if persons
        else "Zet kolomkoppen op dit blad als het bij de lijst hoort; verwijder het anders.",
        ernst=Ernst.BLOKKADE if persons else Ernst.WAARSCHUWING,
        controle="blad zonder kolomkoppen",
    )
