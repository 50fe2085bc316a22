"""Truth tables: one CSV per macro, columns are its arguments and `expect`. An empty cell is NULL, and NULL is always a
case.
"""

import csv
from pathlib import Path

import duckdb
import pytest

from pipeline.core.sqlfiles import load_macros
from pipeline.core.warehouse import prepare

ROOM = Path(__file__).parent
TABLES = sorted(ROOM.glob("*.csv"))


def _rows(path: Path) -> tuple[list[str], list[list[str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    return header, rows


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    prepare(con)
    return con


def test_every_macro_has_a_truth_table() -> None:
    assert {path.stem for path in TABLES} == {name for name, _ in load_macros()}


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_null_is_a_case(path: Path) -> None:
    _, rows = _rows(path)
    assert any("" in row[:-1] for row in rows)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_truth_table(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    assert wrong_rows(con, path) == []


def wrong_rows(con: duckdb.DuckDBPyConnection, path: Path) -> list[tuple[list[str], str, str]]:
    """The rows of a truth table that the macro does not agree with: arguments, expected, found."""
    header, rows = _rows(path)
    assert header[-1] == "expect"
    wrong = []
    for *arguments, expect in rows:
        listed = ", ".join("null" if value == "" else value for value in arguments)
        found = con.execute(f"select coalesce({path.stem}({listed})::varchar, '')").fetchall()[0][0]
        if found != expect:
            wrong.append((arguments, expect, found))
    return wrong
