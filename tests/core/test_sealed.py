"""Least privilege of the SQL: a file under sql/ reaches its own tables and nothing else, on every way to a table."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipeline.core.control import control_delivery
from pipeline.core.errors import VoortgangFout
from pipeline.core.frozen import freeze_all, frozen_warehouse
from pipeline.core.house import house_path, package_path
from pipeline.core.periods import Periode
from pipeline.core.sealed import is_sealed, seal
from pipeline.core.sqlfiles import SqlBestandFout, SqlFile, load_checks, load_macros, load_models, tables_read
from pipeline.core.warehouse import build_table, open_warehouse, prepare, run_check

OUTSIDE = {
    "a file of the machine": "select * from read_csv('/etc/passwd', header = false, delim = ':')",
    "a file by its name alone": "select * from '/etc/ssl/openssl.csv'",
    "the text of a file": "select content from read_text('/etc/passwd')",
    "the environment of the process, with its keys": "select content from read_blob('/proc/self/environ')",
    "the names in a folder": "select * from glob('/etc/*')",
    "an address": "select * from read_csv('https://voorbeeld.invalid/x.csv')",
    "a bucket": "select * from read_parquet('s3://voorbeeld/x.parquet')",
    "what a file would be read as": "select * from sniff_csv('/etc/passwd')",
    "a file through a step back": "select * from read_text('{own}/../../../../../../../../etc/passwd')",
    "the secrets of the database": "select * from duckdb_secrets()",
}
NO_SELECT = {
    "writing a file": "copy (select 1 as rij) to '{outside}/gelekt.csv'",
    "writing all": "export database '{outside}/alles'",
    "another database": "attach '{outside}/ander.duckdb' as ander",
    "fetching an extension": "install httpfs",
    "loading an extension": "load httpfs",
    "a setting": "set enable_external_access = true",
    "a setting back": "reset enable_external_access",
    "a pragma": "pragma threads = 8",
    "a secret": "create secret s (type s3)",
    "a second statement": "select 1 as rij; copy (select 1) to '{outside}/gelekt.csv'",
    "a table of its own": "create table staging.ander as select 1",
}


def model(sql: str) -> SqlFile:
    """A model with this SQL, as it would stand in sql/staging."""
    path = house_path("sql") / "staging" / "vijandig.sql"
    return replace(load_models()[0], name="staging.vijandig", path=path, sql=sql, reads=())


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "output" / "2016-I"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def con(own: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_warehouse(own / "warehouse.duckdb") as connection:
        yield connection


@pytest.mark.parametrize("what", OUTSIDE)
def test_a_model_that_reads_outside_is_refused_by_name(what: str, con: duckdb.DuckDBPyConnection, own: Path) -> None:
    with pytest.raises(SqlBestandFout, match=r"sql/staging/vijandig\.sql wil buiten de eigen tabellen") as caught:
        build_table(con, model(OUTSIDE[what].format(own=own)))
    assert "\n" not in str(caught.value)
    assert con.execute("select * from duckdb_tables() where table_name = 'vijandig'").fetchall() == []


@pytest.mark.parametrize("what", OUTSIDE)
def test_a_check_that_reads_outside_is_refused_too(what: str, con: duckdb.DuckDBPyConnection, own: Path) -> None:
    check = load_checks()[0]
    with pytest.raises(SqlBestandFout, match="geweigerd"):
        run_check(con, replace(check, file=replace(check.file, sql=OUTSIDE[what].format(own=own))))


@pytest.mark.parametrize("what", OUTSIDE)
def test_a_view_that_reads_outside_is_refused_too(what: str, con: duckdb.DuckDBPyConnection, own: Path) -> None:
    with pytest.raises(SqlBestandFout, match="geweigerd"):
        build_table(con, replace(model(OUTSIDE[what].format(own=own)), header={"form": "view"}))


@pytest.mark.parametrize("what", NO_SELECT)
def test_a_file_that_is_no_select_is_refused_when_it_is_read(what: str, tmp_path: Path) -> None:
    with duckdb.connect() as con, pytest.raises(SqlBestandFout, match="één select"):
        tables_read(con, NO_SELECT[what].format(outside=tmp_path), tmp_path / "vijandig.sql")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("what", NO_SELECT)
def test_and_a_sealed_connection_refuses_it_all_the_same(
    what: str, con: duckdb.DuckDBPyConnection, tmp_path: Path, own: Path
) -> None:
    """The second lock: what would get past the first one still writes nothing outside and opens nothing."""
    build_table(con, model("select 1 as rij"))
    outside = tmp_path / "elders"
    outside.mkdir()
    if what == "a table of its own":
        return  # Inside its own database it may.
    with pytest.raises(duckdb.Error):
        con.execute(NO_SELECT[what].format(outside=outside))
    assert list(outside.iterdir()) == []


MACROS = {
    "a file": "create or replace macro lek() as (select content from read_text('/etc/passwd'))",
    "a table of a file": "create or replace macro lek() as table select * from read_csv('/etc/passwd')",
    "two statements": "create or replace macro lek() as 1; copy (select 1) to '{outside}/gelekt.csv'",
    "no macro": "copy (select 1) to '{outside}/gelekt.csv'",
    "a table": "create or replace table lek as select 1",
    "a macro behind a comment": "/* create or replace macro */ attach '{outside}/ander.duckdb'",
    "a setting": "set enable_external_access = true",
}


@pytest.mark.parametrize("what", MACROS)
def test_a_macro_that_is_more_than_a_macro_is_refused(what: str, tmp_path: Path) -> None:
    (tmp_path / "macros").mkdir()
    (tmp_path / "macros" / "lek.sql").write_text(MACROS[what].format(outside=tmp_path), encoding="utf-8")
    with pytest.raises(SqlBestandFout, match=r"sql/macros/lek\.sql"):
        load_macros(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["macros"]


def test_a_macro_whose_file_is_named_only_where_it_is_used_is_refused_there(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("create or replace macro lek(waar) as table select * from read_csv(waar, header = false)")
    with pytest.raises(SqlBestandFout, match="geweigerd"):
        build_table(con, model("select * from lek('/etc/passwd')"))


def test_what_is_sealed_stays_sealed_and_writes_only_where_it_may(
    con: duckdb.DuckDBPyConnection, own: Path, tmp_path: Path
) -> None:
    seal(con, own)
    assert is_sealed(con)
    seal(con, tmp_path)
    con.execute(f"copy (select 1 as rij) to '{own}/mag.csv'")
    for target in (tmp_path / "mag_niet.csv", own / ".." / "mag_niet.csv"):
        with pytest.raises(duckdb.PermissionException):
            con.execute(f"copy (select 1 as rij) to '{target}'")
    with pytest.raises(duckdb.InvalidInputException, match="locked"):
        con.execute("set memory_limit = '1GB'")
    assert [path.name for path in tmp_path.rglob("*.csv")] == ["mag.csv"]


def test_no_extension_is_fetched_or_loaded_by_itself_even_before_it_is_sealed(
    con: duckdb.DuckDBPyConnection,
) -> None:
    settings = "select current_setting('autoinstall_known_extensions'), current_setting('autoload_known_extensions')"
    assert con.execute(settings).fetchall() == [(False, False)]
    with pytest.raises(duckdb.Error, match="httpfs"):
        con.execute("select * from read_csv('https://voorbeeld.invalid/x.csv')")


def frozen_edition(folder: Path) -> Path:
    """The least that a warehouse can be made from again."""
    with duckdb.connect() as con:
        prepare(con)
        con.execute("create table invoer.parameters as select '2016-I' as periode")
        folder.mkdir()
        freeze_all(con, folder)
    return folder


def by_control(tmp_path: Path) -> None:
    control_delivery(Periode(2016, 1), str(package_path("sample", "leveringen", "2016-I")), output=tmp_path)


def from_the_frozen_sources(tmp_path: Path) -> None:
    with frozen_warehouse(frozen_edition(tmp_path / "1")):
        pass


@pytest.mark.parametrize("way", [by_control, from_the_frozen_sources])
def test_on_every_way_the_first_hostile_model_stops_the_run(
    way: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The way through Dagster stands in tests/orchestration/test_privileges.py."""
    hostile = (model("select content from read_text('/etc/passwd')"),)
    monkeypatch.setattr("pipeline.core.warehouse.load_models", lambda: hostile)
    with pytest.raises(VoortgangFout, match=r"vijandig\.sql wil buiten de eigen tabellen"):
        way(tmp_path)
