"""One warehouse with the shipped reference data for all hostile files: no delivery may leave a trace for the next."""

from collections.abc import Iterator

import duckdb
import pytest

from pipeline.core.reference import load_reference
from pipeline.core.sealed import enclose

# Its asserts speak as those of a test do.
pytest.register_assert_rewrite("tests.hostile.support")


@pytest.fixture(scope="session")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        # A few rows are quicker on one thread.
        connection.execute("set threads = 1")
        load_reference(connection)
        # One for all deliveries, so enclosed for all of them: each lies somewhere in the temporary folder.
        enclose(connection, tmp_path_factory.getbasetemp())
        yield connection
