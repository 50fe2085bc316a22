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


def insert_rows(con: "duckdb.DuckDBPyConnection", table: str, rows: Sequence[Sequence[Cell]]) -> None:
    """Append `rows` to `table` (an SQL name); cells stand in the order of its columns and are cast to their types."""
    if not rows:
        return
    cells = ", ".join(f"r[{number}]" for number in range(1, len(rows[0]) + 1))
    texts = json.dumps(rows, ensure_ascii=False)
    con.execute(
        f"insert into {table} select {cells} from (select unnest(from_json($1, '[[\"VARCHAR\"]]')) as r)", [texts]
    )
