"""The warehouse: one writer at a time, a damaged file, checks that hold the edition back."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipeline.core.errors import BezetFout, ControleFout
from pipeline.core.sqlfiles import load_checks, load_models
from pipeline.core.warehouse import CheckResult, WarehouseFout, build_table, create, open_warehouse, refuse_blocked

HOLD = "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"


def test_second_run_waits_and_is_told(tmp_path: Path) -> None:
    path = tmp_path / "2016-I" / "warehouse.duckdb"
    path.parent.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == b"open\n"
        with pytest.raises(BezetFout, match="2016-I"), open_warehouse(path, deadline=0.5):
            pass
        other.kill()
    with open_warehouse(path, deadline=5) as con:
        assert con.execute("select 1").fetchall() == [(1,)]


def test_connection_is_closed_after_an_error(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    with pytest.raises(ZeroDivisionError), open_warehouse(path):
        raise ZeroDivisionError
    with duckdb.connect(path) as con:
        assert con.execute("select 1").fetchall() == [(1,)]


@pytest.mark.parametrize("damage", ["text", "header", "block"])
def test_a_damaged_file_is_named_at_once(tmp_path: Path, damage: str) -> None:
    """Also where DuckDB speaks of a block, which is no lock of another run to wait for."""
    path = tmp_path / "w.duckdb"
    with open_warehouse(path) as con:
        con.execute("create table levering.bron as select range as rij, md5(range::varchar) as tekst from range(50000)")
    whole = path.read_bytes()
    # Three headers of 4096 bytes, then blocks that begin with their checksum.
    damaged = {
        "text": b"this is no database" * 1000,
        "header": bytes(4096) + whole[4096:],
        "block": whole[:12288] + bytes(byte ^ 0xFF for byte in whole[12288:]),
    }
    path.write_bytes(damaged[damage])
    with (
        pytest.raises(WarehouseFout, match=r"w\.duckdb is beschadigd .*verwijder dit bestand"),
        open_warehouse(path, deadline=5) as con,
    ):
        con.execute("select sum(length(tekst)), sum(rij) from levering.bron").fetchall()


def test_a_folder_in_its_place_is_named(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    path.mkdir()
    with pytest.raises(WarehouseFout, match=r"w\.duckdb is niet te openen.*toegang"), open_warehouse(path):
        pass


def test_only_blocking_checks_hold_back() -> None:
    block = next(check for check in load_checks() if check.severity == "block")
    warn = next(check for check in load_checks() if check.severity == "warn")
    refuse_blocked((CheckResult(block, 0, ()), CheckResult(warn, 3, ("a",))))
    with pytest.raises(ControleFout) as raised:
        refuse_blocked((CheckResult(block, 2, ("gemeentecode GM0001",)), CheckResult(warn, 3, ("a",))))
    assert block.title in str(raised.value) and "GM0001" in str(raised.value) and warn.title not in str(raised.value)


def test_a_view_takes_the_place_of_a_table_and_a_table_that_of_a_view(tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "w.duckdb") as con:
        con.execute("create table levering.bron as select 1 as rij")
        for view in (False, True, True, False):
            create(con, "staging.proef", "select rij from levering.bron", view=view)
            stored = "select table_type from information_schema.tables where table_name = 'proef'"
            assert con.execute(stored).fetchall() == [("VIEW" if view else "BASE TABLE",)]
            assert con.execute("select rij from staging.proef").fetchall() == [(1,)]


def test_tables_are_made_within_bounded_memory_and_nothing_is_spilled_in_plain_text(tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "warehouse.duckdb") as con:
        con.execute("create table levering.bron as select 1 as rij")
        build_table(con, replace(load_models()[0], name="staging.proef", sql="select rij from levering.bron", reads=()))
        (limit, encrypted) = con.execute(
            "select current_setting('memory_limit'), current_setting('temp_file_encryption')"
        ).fetchall()[0]
    assert limit == "2.7 GiB"  # 3 GB in units of 1024.
    assert encrypted
