"""Freezing: what intake accepted, as sorted Parquet whose bytes depend on the content alone.

Belongs here: writing, reading back and hashing the frozen files. Not here: where an edition stands (core/editions.py),
what was accepted (extract.py).

No file or line stands in the tables, so any order of rows and files gives the same bytes. What is compared with the
file read back is the file's own content, not what is left in the writer's memory.
"""

# Names of tables come from the catalogue of the database; values are literals().
# ruff: noqa: S608

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.errors import VoortgangFout
from pipeline.core.intake.contracts import CONTRACTS, load_contract
from pipeline.core.intake.sqltext import identifier, literal
from pipeline.core.vault import parquet_options, rows_of

if TYPE_CHECKING:
    import duckdb

NOT_FROZEN = ("herkomst", "afkeur")
"""Tables about the reading, with files and lines in them; they stand elsewhere in an edition."""

_CHUNK = 1 << 20


class BevriesFout(VoortgangFout):
    """A frozen file does not hold what was written."""


@dataclass(frozen=True)
class FrozenFile:
    """One frozen table: `name` of the file, rows, bytes, SHA-256 of the bytes."""

    name: str
    rows: int
    size: int
    sha256: str


def freeze(con: "duckdb.DuckDBPyConnection", folder: Path) -> tuple[FrozenFile, ...]:
    """Write every accepted table of `levering` to `folder/<table>.parquet`, by name.

    Rows are sorted on all columns. Raises BevriesFout when a file read back differs from its table.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tables = con.execute(
        "select table_name from information_schema.tables where table_schema = 'levering' order by table_name"
    ).fetchall()
    return tuple(_freeze(con, name, folder) for (name,) in tables if name not in NOT_FROZEN)


def _freeze(con: "duckdb.DuckDBPyConnection", name: str, folder: Path) -> FrozenFile:
    path = folder / f"{name}.parquet"
    table = f"levering.{identifier(name)}"
    query = f"select * from {table}" if _in_order(con, name) else f"select * from {table} order by all"
    con.execute(f"copy ({query}) to {literal(str(path))} ({parquet_options()})")
    written, found = _content(con, table), _content(con, rows_of(path))
    if written != found:
        raise BevriesFout(f"{path.name} is na het schrijven niet gelijk aan de tabel; controleer de schijf")
    return FrozenFile(path.name, written[0], path.stat().st_size, _sha256(path))


def _in_order(con: "duckdb.DuckDBPyConnection", name: str) -> bool:
    """Whether the rows already stand in the order of all columns: intake made the table in the order of its key.

    That is so when the key comes first and every row has a greater one than the row before it; ten million rows are
    then not sorted a second time.
    """
    if name not in CONTRACTS:
        return False
    contract = load_contract(name)
    keys = [column.name for column in contract.key]
    if not keys or [column.name for column in contract.kept][: len(keys)] != keys:
        return False
    whole = "row(" + ", ".join(map(identifier, keys)) + ")"
    wrong = con.execute(
        f"""
        select count(*) from (select {whole} as nu, lag({whole}) over () as vorige from levering.{identifier(name)})
        where vorige is not null and not coalesce(vorige < nu, false)
        """
    ).fetchall()[0][0]
    return not wrong


def _content(con: "duckdb.DuckDBPyConnection", source: str) -> tuple[int, ...]:
    """Number of rows and two sums over their hashes, which do not depend on the order."""
    rows: tuple[int, ...] = con.execute(
        f"select count(*), coalesce(bit_xor(h), 0), coalesce(sum(h), 0) from (select hash(t) as h from {source} as t)"
    ).fetchall()[0]
    return rows


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
