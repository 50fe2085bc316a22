"""From the sources of one edition to those of another of the same half-year, one cause at a time.

Belongs here: the order of the steps, and the figures after each. Not here: which rows are what (rows.py), what the
steps mean (the package says so), any effect (sql/report/herzieningen.sql subtracts).

Everything happens in a database of its own. The old delivery is taken, one cause is let in, and the tables that read
what changed are built again; where a cause changed nothing, the figures are those of the step before.
"""

# Names of tables come from the shipped SQL files and contracts; values are parameters or literals().
# ruff: noqa: S608

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from pipeline.core.compare.rows import HERINDELING, Regel, Rijen, corrected, count_rows, has_shape, other_lines
from pipeline.core.earlier import make_earlier_tables
from pipeline.core.errors import VoortgangFout
from pipeline.core.frozen import frozen_files, read_frozen
from pipeline.core.intake.contracts import CONTRACTS, load_contract
from pipeline.core.intake.extract import make_empty
from pipeline.core.intake.sqltext import file_literal, identifier, literal
from pipeline.core.lineage import sql_hashes
from pipeline.core.manifest import MANIFEST, package_versions, sha256_file
from pipeline.core.reference import load_reference, reference_files
from pipeline.core.sealed import seal
from pipeline.core.sqlfiles import LAYERS, SqlFile, models_for
from pipeline.core.warehouse import build_stale, columns_of, prepare, stamp_input

if TYPE_CHECKING:
    import duckdb

STAPPEN = ("oud", "register", "definitie", "eerder", "correcties", "nagekomen", "slot")
"""The columns of `herziening.stappen`: the old edition, and the values after each step."""
WAARDEN = "report.waarden"
"""The figures that are compared."""
EIGEN = "herziening."
"""How the names of figures begin that are a comparison themselves; they are not compared."""
_REGISTER = "indeling/"
_CHOICES = ("invoer.parameters", "invoer.normen")


class VergelijkFout(VoortgangFout):
    """Two editions cannot be compared: one of them holds no figures."""


@dataclass(frozen=True)
class Wandeling:
    """What the walk found on its way: the rows that differ; whether SQL, reference data and choices are those of the
    old edition, or differ in the list of municipalities alone; whether the same delivered bytes were read otherwise.
    """

    rijen: tuple[Rijen, ...]
    zelfde_code: bool
    alleen_register: bool
    anders_gelezen: bool


@contextmanager
def scratch(*folders: Path) -> Iterator["duckdb.DuckDBPyConnection"]:
    """A database in memory with macros and reference data, sealed but for `folders`; what does not fit goes to a folder
    that is gone afterwards.
    """
    import duckdb

    with TemporaryDirectory(prefix="voortgang-") as spill, duckdb.connect() as con:
        con.execute(f"set temp_directory = {literal(spill)}")
        prepare(con)
        load_reference(con)
        make_earlier_tables(con)
        seal(con, *folders)
        yield con


def walk(con: "duckdb.DuckDBPyConnection", old: Path, new: Path) -> Wandeling:
    """Fill `herziening.stappen` of the scratch database: per figure and area what the old edition says, and the value
    after each step; the last is that of the sources of `new` under the code of today.

    `old` is the folder of an edition, `new` one too or a folder with its sources alone. VergelijkFout when the old
    edition has no figures.
    """
    return _Walk(con, _Sources(con, "oud", old), _Sources(con, "nieuw", new)).go()


@cache
def _models() -> tuple[SqlFile, ...]:
    return models_for(WAARDEN)


@cache
def _inputs() -> tuple[str, ...]:
    """The tables outside sql/ that the figures read, except the reference data, which is part of the code."""
    reads = {name for model in _models() for name in model.reads}
    return tuple(sorted(name for name in reads if name.split(".")[0] not in (*LAYERS, "referentie", "herziening")))


class _Sources:
    """The frozen inputs of one side, read into the schema `side` when they are asked for."""

    def __init__(self, con: "duckdb.DuckDBPyConnection", side: str, edition: Path) -> None:
        self.con, self.side, self.edition = con, side, edition
        self.files = frozen_files(edition)
        self._hashes: dict[str, str] = {}
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

    def _shape(self, name: str, target: str) -> None:
        """The columns of today: what older sources lack is empty, what they have more is left out."""
        here = name in self.files
        if name.split(".")[1] in CONTRACTS:
            make_empty(self.con, load_contract(name.split(".")[1]))
        elif here:
            return
        there = {column for column, _ in columns_of(self.con, target)} if here else set()
        both = ", ".join(identifier(column) for column, _ in columns_of(self.con, name) if column in there)
        if both:
            self.con.execute(f"insert into {name} by name select {both} from {target}")
        self.con.execute(f"create or replace table {target} as select * from {name}")

    def sha256(self, name: str) -> str:
        """Hash of the frozen file, which its content decides (intake/freeze.py); '' when there is none."""
        if name not in self._hashes:
            self._hashes[name] = sha256_file(self.files[name]) if name in self.files else ""
        return self._hashes[name]


class _Walk:
    """The state on the way: what stands in each input table now, and the name of the last snapshot."""

    def __init__(self, con: "duckdb.DuckDBPyConnection", old: _Sources, new: _Sources) -> None:
        self.con, self.old, self.new = con, old, new
        self.placed: dict[str, str] = {}
        self.last = "oud"

    def go(self) -> Wandeling:
        self._old_figures()
        lines = other_lines(self.con, *(side.table("levering.correcties") for side in (self.old, self.new)))
        same_files = not lines and self._same_files()
        start = {
            name: self.new if name in _CHOICES or (same_files and name.startswith("levering.")) else self.old
            for name in _inputs()
        }
        for name, side in start.items():
            self._place(name, side.table(name), side.sha256(name))
        same_inputs = all(self.placed[name] == self.old.sha256(name) for name in start)
        code = self._code()
        same_code = code == [] and same_inputs
        register = same_inputs and code != [] and all(name.startswith(_REGISTER) for name in code)
        self._step("register", built=register)
        self._step("definitie", built=not same_code and not register)
        self._let_in("eerder", "eerder.")
        rows = self._corrections(lines)
        self._let_in("nagekomen", "levering.", but=HERINDELING)
        self._let_in("slot", "")
        self._join()
        return Wandeling(rows, same_code, register, same_files and not same_inputs)

    def _old_figures(self) -> None:
        path = self.old.edition / "cijfers.csv"
        if not path.is_file():
            raise VergelijkFout(f"{path} bestaat niet; deze editie heeft geen cijfers om mee te vergelijken")
        self.con.execute("create schema stap")
        read_figures(self.con, "stap.oud", path)

    def _same_files(self) -> bool:
        """Whether the delivered files are the same bytes: then another program read them otherwise."""
        name = "levering.herkomst"
        if name not in self.old.files or name not in self.new.files:
            return False
        old, new = (side.table(name) for side in (self.old, self.new))
        return not _differ(self.con, f"select bestand, sha256 from {old}", f"select bestand, sha256 from {new}")

    def _code(self) -> list[str]:
        """What of the program makes other figures than when the old edition was made: names of SQL files and of
        reference data.
        """
        path = self.old.edition / MANIFEST
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        then = {
            **manifest.get("sql", {}),
            **{file["naam"]: file["sha256"] for file in manifest.get("referentie", [])},
            "duckdb": manifest.get("pakketten", {}).get("duckdb"),
        }
        names = {"macros", "duckdb", *(model.name for model in _models())}
        now = {
            **{name: sha256 for name, sha256 in sql_hashes().items() if name in names},
            **{file.naam: file.sha256 for file in reference_files()},
            "duckdb": package_versions().get("duckdb"),
        }
        gone = [name for name in then if name not in now and not name.startswith(tuple(f"{one}." for one in LAYERS))]
        return sorted([*gone, *(name for name, value in now.items() if then.get(name) != value)])

    def _place(self, name: str, source: str, token: str) -> None:
        self.con.execute(f"create or replace table {name} as select * from {source}")
        stamp_input(self.con, name)
        self.placed[name] = token

    def _let_in(self, step: str, start: str, but: tuple[str, ...] = ()) -> None:
        """What the new sources have in the tables whose name begins like that."""
        changed = [
            name
            for name, token in self.placed.items()
            if name.startswith(start) and name not in but and token != self.new.sha256(name)
        ]
        for name in changed:
            self._place(name, self.new.table(name), self.new.sha256(name))
        self._step(step, built=bool(changed))

    def _corrections(self, lines: tuple[Regel, ...]) -> tuple[Rijen, ...]:
        rows, built = [], False
        for name, token in self.placed.items():
            if not has_shape(name) or name in HERINDELING or token == self.new.sha256(name):
                continue
            old, new = self.old.table(name), self.new.table(name)
            rows.append(count_rows(self.con, name, old, new))
            self.con.execute(f"create or replace table stap.rijen as {corrected(name, old, new, lines)}")
            if _differ(self.con, "from stap.rijen", f"from {old}"):
                self._place(name, "stap.rijen", "verbeterd")
                built = True
        self._step("correcties", built=built)
        return tuple(rows)

    def _step(self, name: str, *, built: bool) -> None:
        """The figures after a step; those of the step before it when nothing was let in."""
        if built:
            build_stale(self.con, _models())
            self.con.execute(
                f"create table stap.{name} as select cijfer_id, gebied, waarde::decimal(18, 4) as waarde from {WAARDEN}"
            )
        else:
            self.con.execute(f"create view stap.{name} as from stap.{self.last}")
        self.last = name

    def _join(self) -> None:
        values = ", ".join(f"max(waarde) filter (where stap = '{step}') as {step}" for step in STAPPEN)
        rows = " union all ".join(f"select '{step}' as stap, * from stap.{step}" for step in STAPPEN)
        self.con.execute(
            f"""
            create or replace table herziening.stappen as
            select cijfer_id, gebied, {values}
            from ({rows})
            group by cijfer_id, gebied
            order by cijfer_id, gebied
            """
        )


def read_figures(con: "duckdb.DuckDBPyConnection", table: str, path: Path) -> None:
    """The register of an edition as a table (cijfer_id, gebied, waarde), without the figures that are a comparison."""
    con.execute(
        f"""
        create or replace table {table} as
        select cijfer_id, gebied, waarde::decimal(18, 4) as waarde
        from read_csv(
            {file_literal(path)}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
        )
        where not starts_with(cijfer_id, '{EIGEN}')
        """
    )


def _differ(con: "duckdb.DuckDBPyConnection", one: str, other: str) -> bool:
    query = f"(({one}) except all ({other})) union all (({other}) except all ({one})) limit 1"
    return bool(con.execute(query).fetchall())
