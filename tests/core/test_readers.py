"""The copy for readers: all that the warehouse holds, read-only, never in the way of a run, replaced in one step."""

import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline.core.edition_store import BUSY
from pipeline.core.periods import Periode
from pipeline.core.readers import copy_place, place_copy, write_copy
from pipeline.core.warehouse import open_warehouse

PERIODE = Periode(2016, 1)
TRIES_TO_WRITE = "import duckdb, sys; duckdb.connect(sys.argv[1])"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    folder = tmp_path / str(PERIODE) / "edities" / f"{BUSY}1"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def running(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A run at work, with a table, a view on it and the macros."""
    with open_warehouse(tmp_path / str(PERIODE) / "warehouse.duckdb") as con:
        con.execute("create table report.cijfers as select 'a' as cijfer_id, 1 as waarde")
        con.execute("create view staging.blik as select * from report.cijfers")
        yield con


def test_a_reader_reads_while_the_run_goes_on_and_the_run_while_he_reads(
    tmp_path: Path, work: Path, running: duckdb.DuckDBPyConnection
) -> None:
    place = place_copy(write_copy(running, work), tmp_path, PERIODE, 1)
    assert place == copy_place(tmp_path, PERIODE, 1)
    with duckdb.connect(place, read_only=True) as reader:
        assert reader.execute("select waarde from staging.blik").fetchall() == [(1,)]
        running.execute("update report.cijfers set waarde = 2")
        running.execute("checkpoint")
        place_copy(write_copy(running, work), tmp_path, PERIODE, 1)
        # He keeps what he has opened; whoever opens it now sees the new one.
        assert reader.execute("select waarde from report.cijfers").fetchall() == [(1,)]
    with duckdb.connect(place, read_only=True) as reader:
        assert reader.execute("select waarde from report.cijfers").fetchall() == [(2,)]
        assert reader.execute("select count(*) > 20 from duckdb_functions() where not internal").fetchall() == [(True,)]


def test_the_run_keeps_its_lock_while_it_is_copied(
    tmp_path: Path, work: Path, running: duckdb.DuckDBPyConnection
) -> None:
    """Opening and closing the file of a running warehouse would take it away."""
    write_copy(running, work)
    warehouse = tmp_path / str(PERIODE) / "warehouse.duckdb"
    other = subprocess.run(
        [sys.executable, "-c", TRIES_TO_WRITE, str(warehouse)], capture_output=True, text=True, check=False
    )
    assert other.returncode != 0 and "lock" in other.stderr


def test_nobody_but_the_owner_reads_it_and_nobody_writes_it(
    tmp_path: Path, work: Path, running: duckdb.DuckDBPyConnection
) -> None:
    place = place_copy(write_copy(running, work), tmp_path, PERIODE, 1)
    assert stat.S_IMODE(place.stat().st_mode) == 0o400
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert [path.name for path in place.parent.iterdir()] == ["1.duckdb"]
