"""The frozen inputs of one of the two editions that are compared, in the shape of today.

Belongs here: reading them into the scratch database. Not here: the walk from the one to the other (walk.py).
"""

# Names of tables come from the shipped SQL files and contracts; values are literals().
# ruff: noqa: S608

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.frozen import frozen_files, read_frozen
from pipeline.core.intake.contracts import CONTRACTS, load_contract
from pipeline.core.intake.extract import make_empty
from pipeline.core.intake.sqltext import identifier
from pipeline.core.vault import content_hashes, rows_of
from pipeline.core.warehouse import columns_of

if TYPE_CHECKING:
    import duckdb


def sources(con: "duckdb.DuckDBPyConnection", old: Path, new: Path) -> tuple["Sources", "Sources"]:
    """The sources of both folders, each knowing the other."""
    con.execute("create schema vorm")
    for name in CONTRACTS:
        make_empty(con, load_contract(name))
        con.execute(f"create table vorm.{name} as select * from levering.{name}")
    one, other = Sources(con, "oud", old), Sources(con, "nieuw", new)
    one.beside, other.beside = other, one
    return one, other


class Sources:
    """The frozen inputs of one side, read into the schema `side` when they are asked for; `beside`: the other side."""

    beside: "Sources | None" = None

    def __init__(self, con: "duckdb.DuckDBPyConnection", side: str, edition: Path) -> None:
        self.con, self.side, self.edition = con, side, edition
        self.files = frozen_files(edition)
        self._hashes = content_hashes(self.files)
        self._read: set[str] = set()
        con.execute(f"create schema {side}")

    def table(self, name: str) -> str:
        """Where the table `name` of this side stands; one that it does not have is empty."""
        target = f"{self.side}.{name.replace('.', '_')}"
        if target not in self._read:
            self._read.add(target)
            if name in self.files:
                read_frozen(self.con, target, self.files[name])
            self._shape(name, target)
        return target

    def whole(self, name: str) -> str:
        """The same table with what only this side has."""
        target = f"{self.side}.{name.replace('.', '_')}_heel"
        read_frozen(self.con, target, self.files[name])
        self._shape(name, target, alone=True)
        return target

    def columns(self, name: str) -> frozenset[str]:
        """The columns of the frozen table that its contract has today; none when there is no such file."""
        if name not in self.files:
            return frozenset()
        rows = self.con.execute(f"describe select * from {rows_of(self.files[name])}").fetchall()
        return frozenset(row[0] for row in rows) & {column.name for column in load_contract(table_name(name)).kept}

    def rows(self, name: str) -> int:
        """How many rows of the table were accepted."""
        return count(self.con, self.table(name)) if name in self.files else 0

    def _shape(self, name: str, target: str, *, alone: bool = False) -> None:
        """The columns of today: what older sources lack is empty, what they have more is left out, and so is what the
        other side lacks.
        """
        here = name in self.files
        if here and table_name(name) not in CONTRACTS:
            return
        shape = f"vorm.{table_name(name)}" if table_name(name) in CONTRACTS else name
        there = {column for column, _ in columns_of(self.con, target)} if here else set()
        if not alone and self.beside is not None and table_name(name) in CONTRACTS and name in self.beside.files:
            there &= self.beside.columns(name)
        both = ", ".join(identifier(column) for column, _ in columns_of(self.con, shape) if column in there)
        self.con.execute(f"create or replace table {self.side}.vorm as select * from {shape}")
        if both:
            self.con.execute(f"insert into {self.side}.vorm by name select {both} from {target}")
        self.con.execute(f"create or replace table {target} as select * from {self.side}.vorm")

    def sha256(self, name: str) -> str:
        """Hash of the frozen file, which its content decides (intake/freeze.py); '' when there is none."""
        return self._hashes.get(name, "")


def table_name(name: str) -> str:
    """`levering.x` without its schema."""
    return name.split(".")[1]


def count(con: "duckdb.DuckDBPyConnection", rows: str) -> int:
    """How many rows there are in what stands behind `from`."""
    return int(con.execute(f"select count(*) from {rows}").fetchall()[0][0])
