"""A part: one table in a delivered file, which is a whole CSV file or one sheet of a workbook.

Belongs here: what all rows of a part share. Not here: reading it (reader.py, sheets.py).
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pipeline.core.intake.contracts import Contract
from pipeline.core.intake.dates import SERIALS_1900
from pipeline.core.intake.findings import shown_value
from pipeline.core.intake.headers import Header
from pipeline.core.intake.rowstore import Cell, insert_rows

if TYPE_CHECKING:
    import duckdb

HEADS = "intake_koppen"
"""Temporary table (kop_deel integer, kop_kolom varchar, kop varchar): per part the head of every column it has."""

PARTS = "intake_delen"
"""Temporary table (nummer integer, bestand varchar, blad varchar)."""


@dataclass(frozen=True)
class Part:
    """`number` is the `deel` of its rows in the landed table; `sheet` is None for a CSV file; `serials` the day from
    which it counts serial numbers, None where that is not known.
    """

    number: int
    file: str
    header: Header
    sheet: str | None = None
    serials: date | None = SERIALS_1900


def store_parts(con: "duckdb.DuckDBPyConnection", contract: Contract, parts: tuple[Part, ...]) -> None:
    """Make the tables HEADS and PARTS."""
    con.execute(f"create or replace temp table {PARTS} (nummer integer, bestand varchar, blad varchar)")
    insert_rows(con, PARTS, [[part.number, part.file, part.sheet] for part in parts])
    con.execute(f"create or replace temp table {HEADS} (kop_deel integer, kop_kolom varchar, kop varchar)")
    heads: list[list[Cell]] = [
        [part.number, column.name, shown_value(" ".join(part.header.cells[place].split()))]
        for part in parts
        for column, place in zip(contract.headed, part.header.positions, strict=True)
        if place is not None
    ]
    insert_rows(con, HEADS, heads)
