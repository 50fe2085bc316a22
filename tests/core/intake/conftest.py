"""A warehouse with the shipped reference data."""

from collections.abc import Iterator

import duckdb
import pytest

from pipeline.core.reference import load_reference


@pytest.fixture(scope="session")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        load_reference(connection)
        yield connection
