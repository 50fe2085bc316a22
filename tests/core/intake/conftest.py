"""A warehouse with the shipped reference data."""

from collections.abc import Iterator

import duckdb
import pytest

from pipeline.core.reference import load_reference
from pipeline.core.sealed import enclose


@pytest.fixture(scope="session")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        load_reference(connection)
        # One for all deliveries, so enclosed for all of them: each lies somewhere in the temporary folder.
        enclose(connection, tmp_path_factory.getbasetemp())
        yield connection
