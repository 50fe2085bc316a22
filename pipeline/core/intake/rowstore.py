"""Rows from Python into a DuckDB table.

Belongs here: the one way intake hands rows to DuckDB. Not here: what the rows are.

A list bound as a parameter costs DuckDB an attempted import per value; one JSON text is parsed a hundred times faster
and keeps every character.
"""

# Names in the SQL come from shipped contracts and are checked there; values are literals() or parameters.
# ruff: noqa: S608

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

Cell = str | int | None

_BATCH = 20_000


class RowSink:
    """Rows on their way to `table`, whichever file they are from: one statement per 20,000 of them, not per file. What
    is in it reaches the table at the end of the `with`.
    """

    def __init__(self, con: "duckdb.DuckDBPyConnection", table: str) -> None:
        self._con, self._table = con, table
        self._rows: list[Sequence[Cell]] = []

    def __enter__(self) -> "RowSink":
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if error is None:
            self._flush()

    def add(self, row: Sequence[Cell]) -> None:
        """One row; its cells stand in the order of the columns."""
        self._rows.append(row)
        if len(self._rows) == _BATCH:
            self._flush()

    def withdraw(self, parts: set[int]) -> None:
        """Take back the rows of these parts (their first cell), of a file that is refused after all."""
        if parts:
            self._flush()
            self._con.execute(f"delete from {self._table} where deel in (select unnest(?))", [sorted(parts)])

    def _flush(self) -> None:
        insert_rows(self._con, self._table, self._rows)
        self._rows.clear()


def insert_rows(con: "duckdb.DuckDBPyConnection", table: str, rows: Sequence[Sequence[Cell]]) -> None:
    """Append `rows` to `table` (an SQL name); cells stand in the order of its columns and are cast to their types."""
    if not rows:
        return
    cells = ", ".join(f"r[{number}]" for number in range(1, len(rows[0]) + 1))
    texts = json.dumps(rows, ensure_ascii=False)
    con.execute(
        f"insert into {table} select {cells} from (select unnest(from_json($1, '[[\"VARCHAR\"]]')) as r)", [texts]
    )
