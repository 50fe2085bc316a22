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
from pipeline.core.intake.takein import take_in
from pipeline.core.periods import Periode
from pipeline.core.reference import load_reference
from pipeline.core.sealed import is_sealed, seal
from pipeline.core.sqlfiles import (
    SqlBestandFout,
    SqlFile,
    load_checks,
    load_evidence,
    load_macros,
    load_models,
    tables_read,
)
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
}
"""What a sealed DuckDB itself refuses, whatever looked at the text before."""

INSIDE = {
    "the secrets of the database": "select * from duckdb_secrets()",
    "which secret an address would get": "select * from which_secret('s3://voorbeeld', 's3')",
    "the settings": "select * from duckdb_settings()",
    "one setting": "select current_setting('temp_directory') as waar",
    "a variable": "select getvariable('sleutel') as waarde",
    "the settings as a table": "select * from (show all tables)",
    "the files that are open": "select * from duckdb_databases()",
    "the catalogue": "select * from information_schema.tables",
    "the catalogue under its other name": "select * from pg_catalog.pg_settings",
    "another database": "select * from ander.report.cijfers",
    "a query in a text": "select * from query('select 1')",
    "a table in a text": "select * from query_table('x.csv')",
    "a text as a query": "select * from json_execute_serialized_sql('{{}}')",
    "logging to a file": "select * from enable_logging()",
    "the clock": "select now() as nu",
    "dice": "select random() as worp",
    "a file behind the name of a step": """select * from (with "x.csv" as (select 1) select 1) as a, 'x.csv'""",
    "a file in a subquery": "select (select max(content) from read_text('/etc/passwd')) as inhoud",
    "a file in a step": "with a as (select * from read_parquet('x')) select * from a",
    "a file in a join": "select * from invoer.parameters, lateral (select * from glob(periode)) as b",
}
"""And these, which need no file of the machine to tell of it."""

NO_SELECT = {
    "writing a file": "copy (select 1 as rij) to '{outside}/gelekt.csv'",
    "writing all": "export database '{outside}/alles'",
    "another database": "attach '{outside}/ander.duckdb' as ander",
    "fetching an extension": "install httpfs",
    "loading an extension": "load spatial",
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


def sql_of(what: str, own: Path) -> str:
    """The hostile text; `own` is a folder that may be reached."""
    return (OUTSIDE | INSIDE)[what].format(own=own)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "output" / "2016-I"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def con(own: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_warehouse(own / "warehouse.duckdb") as connection:
        yield connection


@pytest.mark.parametrize("layer", ["staging", "checks", "bewijs"])
@pytest.mark.parametrize("what", [*OUTSIDE, *INSIDE])
def test_a_file_that_names_more_than_its_tables_is_refused_when_it_is_read(
    what: str, layer: str, tmp_path: Path
) -> None:
    path = tmp_path / layer / "vijandig.sql"
    path.parent.mkdir()
    path.write_text(f"-- severity: block\n-- tabel: x\n-- titel: x\n{sql_of(what, tmp_path)}", encoding="utf-8")
    load = {"staging": load_models, "checks": load_checks, "bewijs": load_evidence}[layer]
    with pytest.raises(SqlBestandFout, match=rf"^sql/{layer}/vijandig\.sql wil buiten de eigen tabellen") as caught:
        load(tmp_path)
    assert "\n" not in str(caught.value)


def test_every_shipped_file_names_its_tables_only() -> None:
    """Else the test above would hold for a rule that refuses all."""
    assert len(load_models()) > 50 and len(load_checks()) > 10 and len(load_evidence()) > 5 and len(load_macros()) > 10


@pytest.mark.parametrize("what", OUTSIDE)
def test_a_model_that_reads_outside_is_refused_by_name(what: str, con: duckdb.DuckDBPyConnection, own: Path) -> None:
    with pytest.raises(SqlBestandFout, match=r"sql/staging/vijandig\.sql wil buiten de eigen tabellen") as caught:
        build_table(con, model(sql_of(what, own)))
    assert "\n" not in str(caught.value)
    assert con.execute("select * from duckdb_tables() where table_name = 'vijandig'").fetchall() == []


@pytest.mark.parametrize("what", OUTSIDE)
def test_a_check_that_reads_outside_is_refused_too(what: str, con: duckdb.DuckDBPyConnection, own: Path) -> None:
    check = load_checks()[0]
    with pytest.raises(SqlBestandFout, match="geweigerd"):
        run_check(con, replace(check, file=replace(check.file, sql=sql_of(what, own))))


@pytest.mark.parametrize("what", OUTSIDE)
def test_a_view_that_reads_outside_is_refused_too(what: str, con: duckdb.DuckDBPyConnection, own: Path) -> None:
    with pytest.raises(SqlBestandFout, match="geweigerd"):
        build_table(con, replace(model(sql_of(what, own)), header={"form": "view"}))


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
    "a macro of another name": "create or replace macro procent(a) as a",
    "a setting inside": "create or replace macro lek() as current_setting('temp_directory')",
    "the clock": "create or replace macro lek(dag) as dag - today()",
    "the settings": "create or replace macro lek() as table select * from duckdb_settings()",
    "a table of a file that is named later": "create or replace macro lek(waar) as table from read_csv(waar)",
}


@pytest.mark.parametrize("what", MACROS)
def test_a_macro_that_is_more_than_a_macro_is_refused(what: str, tmp_path: Path) -> None:
    (tmp_path / "macros").mkdir()
    (tmp_path / "macros" / "lek.sql").write_text(MACROS[what].format(outside=tmp_path), encoding="utf-8")
    with pytest.raises(SqlBestandFout, match=r"sql/macros/lek\.sql"):
        load_macros(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["macros"]


def test_what_a_delivery_names_is_not_reached_but_itself(tmp_path: Path) -> None:
    """Intake reads on an enclosed connection: the delivery, the one before it, and the folder of the half-year."""
    output, delivery = tmp_path / "output", package_path("sample", "leveringen", "2016-I")
    with duckdb.connect() as con:
        load_reference(con)
        take_in(con, str(delivery), Periode(2016, 1), output, Periode(2016, 1).eind)
        con.execute(f"select * from read_text('{next(delivery.rglob('*.csv'))}')")
        (tmp_path / "elders.csv").write_text("geheim", encoding="utf-8")
        (output / "2016-I").mkdir(parents=True)
        (output / "2016-I" / "link.csv").symlink_to(tmp_path / "elders.csv")
        for path in (tmp_path / "elders.csv", output / "2016-I" / "link.csv", Path("/proc/self/environ")):
            with pytest.raises(duckdb.PermissionException):
                con.execute(f"select * from read_text('{path}')")


def test_no_variable_of_the_program_is_a_table(con: duckdb.DuckDBPyConnection) -> None:
    geheim = con.sql("select 1 as rij")
    assert con.execute("select * from geheim").fetchall() == geheim.fetchall()
    seal(con)
    with pytest.raises(duckdb.CatalogException, match="geheim"):
        con.execute("select * from geheim")


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
    with pytest.raises(duckdb.Error, match="HTTPFileSystem has been disabled"):
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
    """The way through Dagster is the same `build_table`, which seals whatever was not sealed before."""
    hostile = (model("select content from read_text('/etc/passwd')"),)
    monkeypatch.setattr("pipeline.core.warehouse.load_models", lambda: hostile)
    with pytest.raises(VoortgangFout, match=r"vijandig\.sql wil buiten de eigen tabellen"):
        way(tmp_path)
