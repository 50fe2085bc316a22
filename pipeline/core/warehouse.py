"""The DuckDB file of one period: open, load macros, build a table per SQL file, evaluate checks.

Belongs here: everything that holds a connection. Not here: what the SQL says, what intake accepts. One file per period,
one connection per run; the kernel frees the lock of a killed run.
"""

# Names of tables come from the shipped SQL files and contracts; values are parameters.
# ruff: noqa: S608

import hashlib
import logging
import re
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from pipeline.core.document.dutch import format_getal
from pipeline.core.errors import BezetFout, ControleFout, VoortgangFout
from pipeline.core.intake.sqltext import literal
from pipeline.core.progress import STIL, TABELLEN, Melder
from pipeline.core.sealed import no_extensions, seal
from pipeline.core.sqlfiles import (
    LAYERS,
    Check,
    SqlFile,
    load_checks,
    load_macros,
    load_models,
    macros_hash,
    refuse_beyond,
)
from pipeline.core.storage_key import Opslagsleutel, storage_key
from pipeline.core.vault import attach, said_of, unlock

WAREHOUSE = "warehouse.duckdb"
"""Name of the file of a half-year, in its folder."""
_INPUT_SCHEMAS = ("invoer", "referentie", "levering", "eerder", "herziening")
_SHOWN_ROWS = 5
# Of the published edition of the same half-year: which one it is, and its figures on the way to those of this one
# (compare/walk.py). Empty where there is none.
_VALUE = "decimal(18, 4)"
_REVISION_TABLES = {
    "editie": "periode varchar, editie integer, manifest_sha256 varchar",
    "stappen": f"cijfer_id varchar, gebied varchar, oud {_VALUE}, register {_VALUE}, definitie {_VALUE}, "
    f"eerder {_VALUE}, correcties {_VALUE}, nagekomen {_VALUE}, slot {_VALUE}",
    "bevindingen": "volgnummer integer, soort varchar, zin varchar, zeker boolean",
}


class WarehouseFout(VoortgangFout):
    """The DuckDB file cannot be used: no permission, no folder, damaged."""


@dataclass(frozen=True)
class CheckResult:
    """Outcome of one check: how many offending rows, and the first few as readable lines.

    `applies` is False when there was nothing to hold the rows against, such as an earlier edition.
    """

    check: Check
    offending: int
    examples: tuple[str, ...]
    applies: bool = True

    @property
    def passed(self) -> bool:
        """True when no row offends."""
        return self.offending == 0

    @property
    def blocks(self) -> bool:
        """True when the edition must not be made."""
        return not self.passed and self.check.severity == "block"


_log = logging.getLogger(__name__)

# As DuckDB words it; "lock" alone also stands in "block".
_LOCKED = "Could not set lock"
_HOLDER = re.compile(r"PID (\d+)")
# Under which name the connection knows an encrypted file.
_CATALOG = "warehouse"
_DAMAGED = ("not a valid DuckDB database", "checksum", "orrupt")


@contextmanager
def open_warehouse(
    path: Path, deadline: float = 60.0, waiting: Callable[[str], None] = _log.warning
) -> Iterator[duckdb.DuckDBPyConnection]:
    """One connection on `path`, closed whatever happens. With a storage key the file is encrypted, and what is spilled
    is so always.

    Waits up to `deadline` seconds for another run of the same period, and tells `waiting` so once; raises BezetFout
    after that and WarehouseFout when the file cannot be opened at all; OpslagFout when it is encrypted with another
    key, or should be and is not.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    con = _connect(path, deadline, waiting)
    try:
        prepare(con)
        yield con
    finally:
        con.close()


def _connect(path: Path, deadline: float, waiting: Callable[[str], None]) -> duckdb.DuckDBPyConnection:
    give_up = time.monotonic() + deadline
    told = False
    key = storage_key()
    while True:
        try:
            return _open(path, key)
        except duckdb.Error as error:
            if _LOCKED not in str(error):
                raise _unusable(path, error) from error
            holder = _HOLDER.search(str(error))
            other = f"een andere run{f' (proces {holder[1]})' if holder else ''} werkt al aan {path.parent.name}"
            if time.monotonic() >= give_up:
                raise BezetFout(
                    f"{other} en was na {deadline:.0f} seconden nog bezig; wacht tot die klaar is en start opnieuw"
                ) from error
            if not told:
                waiting(f"{other}; deze run wacht daar hoogstens {deadline:.0f} seconden op")
                told = True
            time.sleep(0.2)


def _open(path: Path, key: Opslagsleutel | None) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(path if key is None else ":memory:")
    try:
        unlock(con)
        if key is not None:
            con.execute(f"set temp_directory = {literal(f'{path}.tmp')}")
            attach(con, path, _CATALOG, key)
            con.execute(f"use {_CATALOG}")
    except BaseException:
        con.close()
        raise
    return con


def _unusable(path: Path, error: duckdb.Error) -> VoortgangFout:
    said = str(error).partition("\n")[0]
    if (about := said_of(path, error)) is not None:
        return about
    # Of an IOException the file system says no, except where the file could be read and is none of DuckDB's.
    if isinstance(error, duckdb.IOException) and not any(sign in said for sign in _DAMAGED):
        return WarehouseFout(f"{path} is niet te openen: {said}; zorg voor ruimte en voor toegang tot deze map")
    return WarehouseFout(
        f"{path} is beschadigd of van een andere DuckDB; verwijder dit bestand en start opnieuw (edities blijven heel, "
        f"het wordt opnieuw gemaakt): {said}"
    )


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Fixed settings, the schemas and the macros; the same for every connection, so that results do not depend on the
    machine.
    """
    no_extensions(con)
    con.execute("set TimeZone = 'UTC'")
    con.execute("set preserve_insertion_order = true")
    for schema in (*_INPUT_SCHEMAS, *LAYERS):
        con.execute(f"create schema if not exists {schema}")
    con.execute("create table if not exists invoer.opbouw (naam varchar primary key, stempel varchar)")
    for table, columns in _REVISION_TABLES.items():
        con.execute(f"create table if not exists herziening.{table} ({columns})")
    for _, statement in load_macros():
        con.execute(statement)


def stamp_input(con: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Say that these inputs (a table, or a whole schema) were loaded anew: what was built from the old ones is stale
    now.
    """
    for name in names:
        _store_stamp(con, name, uuid.uuid4().hex)


def build_table(con: duckdb.DuckDBPyConnection, model: SqlFile) -> int:
    """Make the table (or the view, where its header says so) of one SQL file anew; returns its number of rows.

    The connection is sealed from here on, if it was not: a folder that a later step writes to must have been named
    before. SqlBestandFout when the file wants anything but its tables.
    """
    seal(con)
    with _within_its_tables(model):
        create(con, model.name, model.sql, view=model.is_view)
        # Of a view this is the first time that it is read.
        rows = row_count(con, model.name)
    _store_stamp(con, model.name, _stamp(model, _stamps(con)))
    return rows


@contextmanager
def _within_its_tables(file: SqlFile) -> Iterator[None]:
    """Whatever a sealed connection refuses is the fault of the SQL file, and is said in words of the house."""
    try:
        yield
    except duckdb.PermissionException as error:
        refuse_beyond(file.path, str(error).splitlines()[0])


def create(con: duckdb.DuckDBPyConnection, name: str, sql: str, *, view: bool) -> None:
    """Create a table or view in the place of whatever has its name: DuckDB replaces only like by like."""
    kind, other = ("view", "table") if view else ("table", "view")
    query = f"select 1 from duckdb_{other}s() where schema_name || '.' || {other}_name = ?"
    if con.execute(query, [name]).fetchall():
        con.execute(f"drop {other} {name}")
    con.execute(f"create or replace {kind} {name} as\n{sql}")


def stale_tables(con: duckdb.DuckDBPyConnection, models: tuple[SqlFile, ...] | None = None) -> tuple[str, ...]:
    """Tables that are missing, or were built from other inputs or other SQL than there are now."""
    stamps = _stamps(con)
    return tuple(model.name for model in models or load_models() if stamps.get(model.name) != _stamp(model, stamps))


def _stamps(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return dict(con.execute("select naam, stempel from invoer.opbouw").fetchall())


def _store_stamp(con: duckdb.DuckDBPyConnection, name: str, stamp: str) -> None:
    con.execute("insert or replace into invoer.opbouw values (?, ?)", [name, stamp])


def _stamp(model: SqlFile, stamps: dict[str, str]) -> str:
    """What a table was built from: its own SQL, the macros, and the stamps of what it reads."""
    reads = (stamps.get(read) or stamps.get(read.split(".")[0], "") for read in model.reads)
    return hashlib.sha256("\n".join((model.sql, macros_hash(), *reads)).encode()).hexdigest()


def build_all(
    con: duckdb.DuckDBPyConnection, models: tuple[SqlFile, ...] | None = None, melder: Melder = STIL
) -> dict[str, int]:
    """Make all tables in order; rows per table."""
    rows = {}
    for model in models or load_models():
        tell_table(melder, model)
        rows[model.name] = build_table(con, model)
    return rows


def build_stale(con: duckdb.DuckDBPyConnection, models: tuple[SqlFile, ...]) -> tuple[str, ...]:
    """Make those of `models` (in order, with all that they read) whose inputs were stamped anew; their names."""
    built = []
    for model in models:
        stamps = _stamps(con)
        if stamps.get(model.name) != _stamp(model, stamps):
            build_table(con, model)
            built.append(model.name)
    return tuple(built)


def tell_table(melder: Melder, model: SqlFile) -> None:
    """Say that the table of `model` is being made."""
    names = [item.name for item in load_models()]
    # Only the shipped tables have a place among all.
    number = names.index(model.name) + 1 if model.name in names else len(names)
    melder.stap(TABELLEN, number, len(names), model.name)


def row_count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    """Rows of `table` (`schema.table`)."""
    return int(con.execute(f"select count(*) from {table}").fetchall()[0][0])


def columns_of(con: duckdb.DuckDBPyConnection, table: str) -> tuple[tuple[str, str], ...]:
    """(name, type) of every column of `table`, in order."""
    return tuple((name, kind) for name, kind, *_ in con.execute(f"describe {table}").fetchall())


def run_check(con: duckdb.DuckDBPyConnection, check: Check) -> CheckResult:
    """Evaluate one check against the tables as they are now; the connection is sealed from here on, as in
    `build_table`.
    """
    seal(con)
    with _within_its_tables(check.file):
        cursor = con.execute(check.file.sql)
        names = [column[0] for column in cursor.description or ()]
        rows = cursor.fetchall()
        applies = check.against is None or bool(con.execute(check.against).fetchall()[0][0])
    examples = tuple(
        ", ".join(f"{name.replace('_', ' ')} {_shown(value)}" for name, value in zip(names, row, strict=True))
        for row in rows[:_SHOWN_ROWS]
    )
    return CheckResult(check, len(rows), examples, applies)


def _shown(value: object) -> str:
    """A value as an analyst and the report read it: numbers as the Dutch write them, nothing as 'leeg'."""
    if value is None:
        return "leeg"
    if isinstance(value, int) and not isinstance(value, bool):
        return format_getal(Decimal(value))
    if isinstance(value, Decimal):
        return format_getal(value.normalize(), decimalen=max(0, -int(value.normalize().as_tuple().exponent)))
    return str(value)


def run_checks(con: duckdb.DuckDBPyConnection, checks: tuple[Check, ...] | None = None) -> tuple[CheckResult, ...]:
    """Evaluate all checks, in order of name."""
    return tuple(run_check(con, check) for check in checks or load_checks())


def refuse_blocked(results: tuple[CheckResult, ...]) -> None:
    """Raise ControleFout with one line per failed blocking check and example row; else return."""
    failed = tuple(result for result in results if result.blocks)
    if not failed:
        return
    lines = tuple(
        line
        for result in failed
        for line in (
            f"- {result.check.title}: niet waar ({result.offending} keer)",
            *(f"    {row}" for row in result.examples),
        )
    )
    titles = tuple(
        f"{result.check.name} (tabel {result.check.table}): {result.check.title} - niet waar ({result.offending} keer)"
        for result in failed
    )
    raise ControleFout("de editie is niet gemaakt, want een controle houdt haar tegen:", lines, titles)
