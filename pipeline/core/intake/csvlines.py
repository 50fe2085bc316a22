"""Delimited text, line by line, with the exact physical line of every record.

Belongs here: splitting lines into cells, by the rules of RFC 4180 and nothing looser. Not here: encodings
(preflight.py), which line is the head row (headers.py) or what a cell means (rules.py).

Why not the csv module: one unclosed quote makes it swallow every row up to the next quote. Here such a line is a fault
by itself and reading goes on at the line after it.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

MAX_LINES_IN_CELL = 50
"""A quoted cell may run over this many lines; after that the quote counts as never closed."""


@dataclass(frozen=True)
class Record:
    """One record: its first and last physical line (from 1), and its cells, or the fault for which it has none."""

    line: int
    last_line: int
    cells: tuple[str, ...] | None
    fault: "Fault | None" = None


class Fault(Enum):
    """Why a line is no record; the values are Dutch and stand in the rejects."""

    OPEN = 'een aanhalingsteken (") gaat hier open en niet meer dicht.'
    STRAY = 'hier staat een aanhalingsteken (") midden in een cel.'
    NUL = "deze regel bevat een NUL-teken; de regel is beschadigd."


def records(lines: Sequence[str], delimiter: str, width: int | None = None) -> Iterator[Record]:
    """The records in `lines`, blank lines too (one empty cell).

    `width` is the number of columns of the table once it is known: a line inside a quoted cell that holds as many
    delimiters as a whole row proves that the quote was never closed.
    """
    index = 0
    while index < len(lines):
        record = _record(lines, index, delimiter, width)
        yield record
        index = record.last_line


def _record(lines: Sequence[str], start: int, delimiter: str, width: int | None) -> Record:
    line = lines[start]
    if "\0" in line:
        return Record(start + 1, start + 1, None, Fault.NUL)
    if '"' not in line:
        return Record(start + 1, start + 1, tuple(line.split(delimiter)))
    cells = _split(line, delimiter)
    if isinstance(cells, tuple):
        return Record(start + 1, start + 1, cells)
    if cells is Fault.OPEN and (found := _continued(lines, start, delimiter, width)) is not None:
        return found
    # A quote that closed nowhere, or lines below in the wrong place: only this line is at fault.
    return Record(start + 1, start + 1, None, cells)


def _continued(lines: Sequence[str], start: int, delimiter: str, width: int | None) -> Record | None:
    """The record from line `start` on that has a line break in a quoted cell; None when it does not close well."""
    row = math.inf if width is None else width - 1
    text = lines[start]
    for last, line in enumerate(lines[start + 1 : start + 1 + MAX_LINES_IN_CELL], start=start + 1):
        if "\0" in line:
            return None
        text = f"{text}\n{line}"
        if '"' not in line:
            # Said again at the end; here it spares a long search.
            if line.count(delimiter) >= row:
                return None
            continue
        cells = _split(text, delimiter)
        if isinstance(cells, tuple):
            inner = (part for cell in cells if "\n" in cell for part in cell.split("\n"))
            swallowed = any(part.count(delimiter) >= row for part in inner)
            return None if swallowed or width not in (None, len(cells)) else Record(start + 1, last + 1, cells)
        if cells is Fault.STRAY:
            return None
    return None


def _split(text: str, delimiter: str) -> tuple[str, ...] | Fault:
    """The cells of one record, or why it is none. Quotes enclose a whole cell, two quotes inside are one."""
    cell = _cell_pattern(delimiter)
    cells: list[str] = []
    position = 0
    while True:
        match = cell.match(text, position)
        if match is None:
            return Fault.OPEN if text.startswith('"', position) else Fault.STRAY
        quoted, plain = match.groups()
        cells.append(plain if quoted is None else quoted.replace('""', '"'))
        if match.end() == len(text):
            return tuple(cells)
        if text[match.end()] != delimiter:
            return Fault.STRAY
        position = match.end() + 1


@cache
def _cell_pattern(delimiter: str) -> re.Pattern[str]:
    sign = re.escape(delimiter)
    # The look-ahead keeps an unclosed quote from being read as an empty plain cell.
    return re.compile(rf'"((?:[^"]|"")*+)"|(?!")([^"{sign}]*+)')
