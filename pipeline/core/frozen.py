"""The inputs of an edition as it holds them, and a warehouse made from these alone.

Belongs here: writing and reading `bronnen/` of an edition. Not here: how the bytes of an extract come about
(intake/freeze.py), what an edition makes of them (editions.py).

Two kinds stand there: the accepted extracts (`bronnen/<extract>.parquet`), and under `bronnen/invoer/` what belongs
to the reading and the choices: parameters, norms, the account of the files, their findings, and what earlier editions
said. The reference data is not copied: it is part of the code, and the manifest holds its hashes.
"""

# Names of tables come from the catalogue of the database or from the names of the files; values are literals().
# ruff: noqa: S608

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pipeline.core.destroyed import destruction_of
from pipeline.core.errors import VoortgangFout
from pipeline.core.intake.fingerprint import TABLE as MARK
from pipeline.core.intake.freeze import NOT_FROZEN, freeze
from pipeline.core.intake.received import TABLE as RECEIVED
from pipeline.core.intake.sqltext import identifier, literal
from pipeline.core.vault import parquet_options, rows_of, said_of, unlock

if TYPE_CHECKING:
    import duckdb

SOURCES = "bronnen"
_INPUT = "invoer"
_TABLE_FILE = re.compile(r"(?P<schema>invoer|eerder|levering|herziening)\.(?P<table>[a-z][a-z0-9_]*)\.parquet")
# The warehouse's own record of what was built from what, of when the files came, and of which delivery they are.
_NOT_INPUT = ("opbouw", RECEIVED, MARK)


class BevrorenFout(VoortgangFout):
    """The sources of an edition cannot be read back."""


def freeze_all(con: "duckdb.DuckDBPyConnection", folder: Path) -> None:
    """Write everything that an edition is made from to `folder`/bronnen; BevriesFout when a file is not its table."""
    sources = folder / SOURCES
    freeze(con, sources)
    target = sources / _INPUT
    target.mkdir()
    tables = con.execute(
        """
        select table_schema, table_name
        from information_schema.tables
        where table_schema in ('invoer', 'eerder', 'levering', 'herziening')
        order by all
        """
    ).fetchall()
    for schema, table in tables:
        if table in (NOT_FROZEN if schema == "levering" else ()) or (schema != "levering" and table not in _NOT_INPUT):
            path = target / f"{schema}.{table}.parquet"
            con.execute(
                f"copy (select * from {schema}.{identifier(table)} order by all) to {literal(str(path))} "
                f"({parquet_options()})"
            )


@contextmanager
def frozen_warehouse(edition: Path, *writable: Path) -> Iterator["duckdb.DuckDBPyConnection"]:
    """A warehouse in memory with the inputs that `edition` holds and the reference data of this code, all tables made.

    Of the machine its SQL reaches the folders `writable` and nothing else. What does not fit in memory goes to a
    private folder that is gone afterwards. BevrorenFout when a source is missing or cannot be read.
    """
    import duckdb

    from pipeline.core.earlier import make_earlier_tables
    from pipeline.core.reference import load_reference
    from pipeline.core.sealed import seal
    from pipeline.core.warehouse import build_all, prepare

    with TemporaryDirectory(prefix="voortgang-") as spill, duckdb.connect() as con:
        unlock(con)
        con.execute(f"set temp_directory = {literal(spill)}")
        prepare(con)
        for name, path in frozen_files(edition).items():
            read_frozen(con, name, path)
        make_earlier_tables(con)
        load_reference(con)
        seal(con, *writable)
        build_all(con)
        yield con


def frozen_files(edition: Path) -> dict[str, Path]:
    """The frozen table files of an edition by the name of their table (`schema.table`); BevrorenFout when what decides
    an edition is not among them, or they were destroyed.
    """
    sources = edition / SOURCES
    if (gone := destruction_of(edition)) is not None:
        raise BevrorenFout(
            f"de bronnen van editie {edition.name} van {edition.parents[1].name} zijn {gone}; haar cijfers zijn er "
            "nog, maar zij is niet meer te verklaren, te vergelijken of opnieuw te maken"
        )
    files = {f"levering.{path.stem}": path for path in sorted(sources.glob("*.parquet"))}
    for path in sorted((sources / _INPUT).glob("*.parquet")):
        if match := _TABLE_FILE.fullmatch(path.name):
            files[f"{match['schema']}.{match['table']}"] = path
    if f"{_INPUT}.parameters" not in files:
        raise BevrorenFout(
            f"{sources} bevat niet alles waaruit de editie is gemaakt; zij kan daarmee niet opnieuw worden gemaakt"
        )
    return files


def read_frozen(con: "duckdb.DuckDBPyConnection", name: str, path: Path) -> None:
    """The table `name` (`schema.table`) as the file holds it; BevrorenFout when it cannot be read,
    OpslagFout when that takes another key.
    """
    import duckdb

    schema, table = name.split(".")
    try:
        con.execute(f"create or replace table {schema}.{identifier(table)} as select * from {rows_of(path)}")
    except duckdb.Error as error:
        raise said_of(path, error) or BevrorenFout(f"{path} is niet te lezen: {error}") from error
