"""From the sources of one edition to those of another of the same half-year, one cause at a time.

Belongs here: the order of the steps, and the figures after each. Not here: which rows are what (rows.py), what the
steps mean (the package says so), any effect (sql/report/herzieningen.sql subtracts).

Everything happens in a database of its own. The old delivery is taken, one cause is let in, and the tables that read
what changed are built again; where a cause changed nothing, the figures are those of the step before.
"""

# Names of tables come from the shipped SQL files and contracts; values are parameters or literals().
# ruff: noqa: S608

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from pipeline.core.compare.findings import (
    Bevinding,
    added,
    ambiguous,
    gone_columns,
    lacking,
    new_columns,
    other_key,
    renumbered,
)
from pipeline.core.compare.renumbered import renumber
from pipeline.core.compare.rows import HERINDELING, Regel, Rijen, corrected, count_rows, has_shape, other_lines
from pipeline.core.compare.sources import Sources, count, sources, table_name
from pipeline.core.earlier import make_earlier_tables
from pipeline.core.errors import VoortgangFout
from pipeline.core.intake.contracts import CONTRACTS, load_contract
from pipeline.core.intake.sqltext import file_literal, identifier, literal
from pipeline.core.lineage import sql_hashes
from pipeline.core.manifest import MANIFEST, package_versions
from pipeline.core.reference import load_reference, reference_files
from pipeline.core.sealed import seal
from pipeline.core.sqlfiles import LAYERS, SqlFile, models_for
from pipeline.core.vault import unlock
from pipeline.core.warehouse import build_stale, prepare, stamp_input

if TYPE_CHECKING:
    import duckdb

STAPPEN = ("oud", "register", "definitie", "eerder", "correcties", "nagekomen", "slot")
"""The columns of `herziening.stappen`: the old edition, and the values after each step."""
HEEL = "stap.heel"
"""The figures from all columns of the new sources; those of `slot` are from the columns that both sides have."""
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
    old edition, or differ in the list of municipalities alone; whether the same delivered bytes were read otherwise;
    and what must be said of the deliveries.
    """

    rijen: tuple[Rijen, ...]
    zelfde_code: bool
    alleen_register: bool
    anders_gelezen: bool
    bevindingen: tuple[Bevinding, ...]


@contextmanager
def scratch(*folders: Path) -> Iterator["duckdb.DuckDBPyConnection"]:
    """A database in memory with macros and reference data, sealed but for `folders`; what does not fit goes to a folder
    that is gone afterwards.
    """
    import duckdb

    with TemporaryDirectory(prefix="voortgang-") as spill, duckdb.connect() as con:
        con.execute(f"set temp_directory = {literal(spill)}")
        unlock(con)
        prepare(con)
        load_reference(con)
        make_earlier_tables(con)
        seal(con, *folders)
        yield con


def walk(con: "duckdb.DuckDBPyConnection", old: Path, new: Path) -> Wandeling:
    """Fill `herziening.stappen` of the scratch database: per figure and area what the old edition says, and the value
    after each step; the last is that of the sources of `new` under the code of today, as far as `old` has the same
    columns. `herziening.bevindingen` gets what must be said with it.

    `old` is the folder of an edition, `new` one too or a folder with its sources alone. VergelijkFout when the old
    edition has no figures.
    """
    found = _Walk(con, *sources(con, old, new)).go()
    store_findings(con, found.bevindingen)
    return found


def store_findings(con: "duckdb.DuckDBPyConnection", findings: Iterable[Bevinding]) -> None:
    """Fill `herziening.bevindingen`, in the order in which they are said."""
    con.execute("delete from herziening.bevindingen")
    for number, one in enumerate(findings, start=1):
        con.execute("insert into herziening.bevindingen values (?, ?, ?, ?)", [number, one.soort, one.zin, one.zeker])


@cache
def _models() -> tuple[SqlFile, ...]:
    return models_for(WAARDEN)


@cache
def _inputs() -> tuple[str, ...]:
    """The tables outside sql/ that the figures read, except the reference data, which is part of the code."""
    reads = {name for model in _models() for name in model.reads}
    return tuple(sorted(name for name in reads if name.split(".")[0] not in (*LAYERS, "referentie", "herziening")))


class _Walk:
    """The state on the way: what stands in each input table now, and the name of the last snapshot."""

    def __init__(self, con: "duckdb.DuckDBPyConnection", old: Sources, new: Sources) -> None:
        self.con, self.old, self.new = con, old, new
        self.placed: dict[str, str] = {}
        self.last = "oud"
        self.found: list[Bevinding] = []

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
        more, fewer = self._columns()
        same_inputs = same_inputs and not fewer
        same_code = code == [] and same_inputs
        register = same_inputs and code != [] and all(name.startswith(_REGISTER) for name in code)
        self._step("register", built=register)
        self._step("definitie", built=not same_code and not register)
        self._let_in("eerder", "eerder.")
        same_persons = self._same_persons()
        self._extracts()
        rows = self._corrections(lines, same_persons=same_persons)
        self._let_in("nagekomen", "levering.", but=HERINDELING)
        self._let_in("slot", "")
        self._whole(more)
        self._join()
        return Wandeling(rows, same_code, register, same_files and not same_inputs, tuple(self.found))

    def _same_persons(self) -> bool:
        """Whether any person of the old edition is in the new one, as far as both have persons."""
        both, shared = False, 0
        for name in CONTRACTS:
            table = f"levering.{name}"
            for column in (one.name for one in load_contract(name).kept if one.pseudonym):
                if self.old.rows(table) and self.new.rows(table):
                    both = True
                    persons = f"select {identifier(column)} from {{}}"
                    old, new = (persons.format(side.table(table)) for side in (self.old, self.new))
                    shared += count(self.con, f"({old} intersect {new})")
        if both and not shared:
            self.found.append(other_key())
        return not both or bool(shared)

    def _extracts(self) -> None:
        """Extracts that are in one of the deliveries only."""
        rows = {name: [side.rows(f"levering.{name}") for side in (self.old, self.new)] for name in CONTRACTS}
        if gone := [name for name, (old, new) in rows.items() if old and not new]:
            self.found.append(lacking(gone))
        if come := [name for name, (old, new) in rows.items() if new and not old]:
            self.found.append(added(come))

    def _columns(self) -> tuple[list[str], list[str]]:
        """Tables with columns that only the new sources have, and with columns that only the old ones have."""
        more: dict[str, set[str]] = {}
        fewer: dict[str, set[str]] = {}
        for name in (f"levering.{one}" for one in CONTRACTS):
            if self.old.rows(name) and self.new.rows(name):
                old, new = self.old.columns(name), self.new.columns(name)
                more[name], fewer[name] = set(new - old), set(old - new)
        for columns, said in ((more, new_columns), (fewer, gone_columns)):
            if named := [f"{table_name(name)}.{column}" for name, found in columns.items() for column in found]:
                self.found.append(said(named))
        return [name for name in more if more[name]], [name for name in fewer if fewer[name]]

    def _whole(self, tables: list[str]) -> None:
        """The figures with the columns that only the new sources have."""
        for name in tables:
            self._place(name, self.new.whole(name), "heel")
        self._build(HEEL, built=bool(tables))

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

    def _corrections(self, lines: tuple[Regel, ...], *, same_persons: bool) -> tuple[Rijen, ...]:
        """Corrections alone, under the numbers of the new delivery; none where nobody can be told from another."""
        rows, corrections = [], {}
        for name, token in self.placed.items():
            if not has_shape(name) or name in HERINDELING or token == self.new.sha256(name):
                continue
            if not same_persons and table_name(name) in CONTRACTS and load_contract(table_name(name)).personal:
                continue
            new = self.new.table(name)
            numbers = renumber(self.con, name, self.old.table(name), new)
            counted = count_rows(self.con, name, numbers.oud, new)
            rows.append(replace(counted, hernummerd=numbers.rijen, dubbelzinnig=numbers.dubbelzinnig))
            corrections[name] = numbers.oud
        self._numbers(rows, corrections)
        built = False
        for name, old in corrections.items() if same_persons else ():
            query = corrected(name, old, self.new.table(name), lines)
            self.con.execute(f"create or replace table stap.rijen as {query}")
            if _differ(self.con, "from stap.rijen", f"from {old}"):
                self._place(name, "stap.rijen", "verbeterd")
                built = True
        self._step("correcties", built=built)
        return tuple(rows)

    def _numbers(self, rows: Iterable[Rijen], tables: Mapping[str, str]) -> None:
        """The old delivery under the new numbers: no figure should be another."""
        anew = [one.tabel for one in rows if one.hernummerd]
        if unsure := [one.tabel for one in rows if one.dubbelzinnig]:
            self.found.append(ambiguous(map(table_name, unsure)))
        for name in anew:
            self._place(name, tables[name], "hernummerd")
        before = f"stap.{self.last}"
        self._step("hernummering", built=bool(anew))
        if anew:
            both = f"{before} as toen full join stap.{self.last} as nu using (cijfer_id, gebied)"
            moves = bool(count(self.con, f"{both} where toen.waarde is distinct from nu.waarde"))
            self.found.append(renumbered(map(table_name, anew), moves=moves))

    def _step(self, name: str, *, built: bool) -> None:
        """The figures after a step; those of the step before it when nothing was let in."""
        self._build(f"stap.{name}", built=built)
        self.last = name

    def _build(self, target: str, *, built: bool) -> None:
        if built:
            build_stale(self.con, _models())
            self.con.execute(
                f"create table {target} as select cijfer_id, gebied, waarde::decimal(18, 4) as waarde from {WAARDEN}"
            )
        else:
            self.con.execute(f"create view {target} as from stap.{self.last}")

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
