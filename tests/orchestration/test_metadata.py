"""What Dagster keeps of a table: a preview of the report, never of a table that can hold persons."""

from collections.abc import Iterator

import duckdb
import pytest

from pipeline.core.intake.intake import EXTRACTS
from pipeline.core.sqlfiles import load_models
from pipeline.orchestration.metadata import table_metadata

PERSON = "c4bc" * 16


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def shown(con: duckdb.DuckDBPyConnection, table: str) -> dict[str, object]:
    con.execute(f"create schema if not exists {table.split('.')[0]}")
    con.execute(f"create or replace table {table} as select '{PERSON}' as persoon")
    return table_metadata(con, table, 1, 0.5)


TABLES = [*(f"levering.{name}" for name in EXTRACTS), *(model.name for model in load_models())]


@pytest.mark.parametrize("table", [name for name in TABLES if not name.startswith("report.")])
def test_no_table_outside_the_report_gets_a_preview(con: duckdb.DuckDBPyConnection, table: str) -> None:
    metadata = shown(con, table)
    assert metadata["dagster/row_count"] == 1
    assert PERSON not in str(metadata)


def test_the_report_gets_a_preview(con: duckdb.DuckDBPyConnection) -> None:
    assert PERSON in str(shown(con, "report.cijfers")["voorbeeld"])
