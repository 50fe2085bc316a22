"""The SQL files as models: where they are, what they read, what they say of themselves.

Belongs here: finding, parsing and ordering `sql/`. Not here: running them (warehouse.py). The path is the name: the
file `sql/metrics/realisatie.sql` is the table `metrics.realisatie`. What a file reads is taken from DuckDB's own parse
of it, so nothing is declared twice.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, Literal

import duckdb

from pipeline.core.errors import VoortgangFout
from pipeline.core.house import house_path
from pipeline.core.sealed import beyond, parse, seal

LAYERS = ("staging", "metrics", "report")
Severity = Literal["block", "warn"]
_MACRO = re.compile(r"\s*create\s+or\s+replace\s+macro\s+(?P<name>[a-z_][a-z0-9_]*)\s*\(", re.IGNORECASE)
_HEADER_LINE = re.compile(r"^--\s?(?:(?P<key>[a-z]+):)?\s*(?P<text>.*)$")


class SqlBestandFout(VoortgangFout):
    """A SQL file of the installation is not what the house expects: not one select, a cycle, a missing header."""


@dataclass(frozen=True)
class SqlFile:
    """One file with its header: `what`, `definition`, `source`, `grain` (checks: `severity`, `tabel`, `titel`, and for
    a check that holds rows against what need not be there, `tegen`: the rows, as they stand after `from`).

    `form: view` in the header of a model says that it is not stored: see `is_view`.
    """

    name: str
    path: Path
    sql: str
    header: dict[str, str]
    reads: tuple[str, ...]

    @property
    def layer(self) -> str:
        """`staging`, `metrics`, `report` or `checks`."""
        return self.name.split(".")[0]

    @property
    def is_view(self) -> bool:
        """Whether the model is a view: its rows are cheaper to derive from intake again, by each reader the columns
        that it needs, than to store. Writing a column costs about ten times what reading it does.
        """
        return self.header.get("form") == "view"

    @property
    def sha256(self) -> str:
        """Hash of the text of the file."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


@dataclass(frozen=True)
class Check:
    """A SQL file that returns the offending rows."""

    file: SqlFile
    severity: Severity
    table: str
    title: str

    @property
    def against(self) -> str | None:
        """The question whether there is anything to hold rows against; None when that is always there."""
        rows = self.file.header.get("tegen")
        return None if rows is None else f"select exists (from {rows})"

    @property
    def name(self) -> str:
        """Name without the layer."""
        return self.file.name.split(".")[1]


def _header(sql: str) -> dict[str, str]:
    """Leading comment of a file as key -> text; a line without a key continues the one before."""
    found: dict[str, str] = {}
    key = None
    for line in sql.splitlines():
        match = _HEADER_LINE.match(line)
        if match is None:
            break
        if match["key"] is not None:
            key = match["key"]
            found[key] = match["text"].strip()
        elif key is not None:
            found[key] = f"{found[key]} {match['text'].strip()}"
    return found


def _base_tables(node: Any) -> Iterator[str]:
    """Every schema-qualified table that DuckDB's serialised parse tree mentions."""
    if isinstance(node, dict):
        if node.get("type") == "BASE_TABLE" and node.get("schema_name"):
            yield f"{node['schema_name']}.{node['table_name']}"
        for value in node.values():
            yield from _base_tables(value)
    elif isinstance(node, list):
        for value in node:
            yield from _base_tables(value)


def tables_read(con: duckdb.DuckDBPyConnection, sql: str, path: Path) -> tuple[str, ...]:
    """Tables (`schema.table`) that the one select in `sql` reads, sorted; SqlBestandFout when it is not one select, or
    asks for more than tables of the warehouse.
    """
    parsed = parse(con, sql)
    if parsed.get("error"):
        raise SqlBestandFout(
            f"{shown_path(path)}: verwacht één select, die alleen tabellen leest; andere opdrachten zijn geweigerd "
            f"({parsed.get('error_message')})"
        )
    if len(parsed["statements"]) != 1:
        raise SqlBestandFout(f"{shown_path(path)}: verwacht één select, gevonden {len(parsed['statements'])}")
    refuse_beyond(path, beyond(parsed))
    return tuple(sorted(set(_base_tables(parsed))))


def shown_path(path: Path) -> str:
    """A SQL file as an analyst finds it, whatever the installation: `sql/<folder>/<file>`."""
    return f"sql/{path.parent.name}/{path.name}"


def refuse_beyond(path: Path, found: str | None) -> None:
    """Raise SqlBestandFout for what a SQL file asks for beyond its tables; return when that is nothing."""
    if found is not None:
        raise SqlBestandFout(
            f"{shown_path(path)} wil buiten de eigen tabellen lezen of schrijven en is geweigerd ({found}); een "
            "SQL-bestand mag geen bestand, adres, andere database, uitbreiding, instelling of geheim gebruiken; ga na "
            "wie dit bestand heeft veranderd en zet het terug"
        )


def _read_folder(con: duckdb.DuckDBPyConnection, folder: Path) -> Iterator[SqlFile]:
    for path in sorted(folder.glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        yield SqlFile(f"{folder.name}.{path.stem}", path, sql, _header(sql), tables_read(con, sql, path))


@cache
def load_models(root: Path | None = None) -> tuple[SqlFile, ...]:
    """All models, each after what it reads; SqlBestandFout names a cycle or a missing table."""
    root = root or house_path("sql")
    with duckdb.connect() as con:
        files = {file.name: file for layer in LAYERS for file in _read_folder(con, root / layer)}
    graph = {name: {read for read in file.reads if read.split(".")[0] in LAYERS} for name, file in files.items()}
    for name, reads in graph.items():
        if missing := reads - files.keys():
            raise SqlBestandFout(f"{name} leest {', '.join(sorted(missing))}, maar dat bestand is er niet")
    try:
        order = _stable_order(graph)
    except CycleError as error:
        raise SqlBestandFout(f"kringverwijzing tussen SQL-bestanden: {' -> '.join(error.args[1])}") from error
    return tuple(files[name] for name in order)


def models_for(*names: str) -> tuple[SqlFile, ...]:
    """The models `names` after everything that they read, directly or not, in the order in which they are built."""
    known = {model.name: model for model in load_models()}
    found: set[str] = set()
    left = list(names)
    while left:
        if (reads := left.pop()) in known and reads not in found:
            found.add(reads)
            left += known[reads].reads
    return tuple(model for model in known.values() if model.name in found)


def _stable_order(graph: dict[str, set[str]]) -> list[str]:
    """Topological order that does not depend on hash seeds: alphabetical among those that are ready, layer by layer."""
    sorter = TopologicalSorter(graph)
    sorter.prepare()
    order: list[str] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        order.extend(ready)
        sorter.done(*ready)
    return sorted(order, key=lambda name: LAYERS.index(name.split(".")[0]))


@cache
def load_checks(root: Path | None = None) -> tuple[Check, ...]:
    """All checks, by name; SqlBestandFout when a header misses `severity`, `tabel` or `titel`, or when `tegen` asks
    for more than tables.
    """
    root = root or house_path("sql")
    with duckdb.connect() as con:
        checks = tuple(_check(file) for file in _read_folder(con, root / "checks"))
        for check in checks:
            if check.against is not None:
                tables_read(con, check.against, check.file.path)
        return checks


@cache
def load_evidence(root: Path | None = None) -> tuple[SqlFile, ...]:
    """All lists of rows behind figures (`sql/bewijs`), by name; their headers are Dutch, since analysts read them."""
    root = root or house_path("sql")
    with duckdb.connect() as con:
        return tuple(_read_folder(con, root / "bewijs"))


@cache
def load_sheets(root: Path | None = None) -> tuple[SqlFile, ...]:
    """The tables that compare municipalities on their sheets (`sql/gemeentebladen`), each after what it reads. They are
    made from the register of a finished edition and are no part of it.
    """
    root = root or house_path("sql")
    with duckdb.connect() as con:
        files = {file.name: file for file in _read_folder(con, root / "gemeentebladen")}
    graph = {name: sorted(set(file.reads) & files.keys()) for name, file in sorted(files.items())}
    return tuple(files[name] for name in TopologicalSorter(graph).static_order())


def _check(file: SqlFile) -> Check:
    match file.header:
        case {"severity": ("block" | "warn") as severity, "tabel": table, "titel": title}:
            return Check(file, severity, table, title)
        case _:
            raise SqlBestandFout(f"{file.path.name}: de kop mist severity (block of warn), tabel of titel")


@cache
def load_macros(root: Path | None = None) -> tuple[tuple[str, str], ...]:
    """(name, statement) of every macro, in an order in which each stands after the macros that it uses.

    SqlBestandFout for a file that is anything but the one macro of its name, or whose macro does more than calculate.
    """
    folder = (root or house_path("sql")) / "macros"
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.sql"))}
    bodies = {name: _without_comments(text) for name, text in texts.items()}
    # Lists, not sets: the order among equals, and so the hash of all macros, must be the same in every process.
    graph = {
        name: [other for other in texts if other != name and re.search(rf"\b{other}\s*\(", body)]
        for name, body in bodies.items()
    }
    macros = tuple((name, texts[name]) for name in TopologicalSorter(graph).static_order())
    with duckdb.connect() as con:
        seal(con)
        for name, text in macros:
            _try_macro(con, folder / f"{name}.sql", text)
        query = "select function_name, macro_definition, function_type from duckdb_functions() where not internal"
        for name, body, kind in con.execute(query).fetchall():
            parsed = parse(con, body if kind == "table_macro" else f"select {body}")
            refuse_beyond(folder / f"{name}.sql", beyond(parsed))
    return macros


def _try_macro(con: duckdb.DuckDBPyConnection, path: Path, text: str) -> None:
    """Make the macro on a sealed connection without data; SqlBestandFout for anything but the macro of this name."""
    head = _MACRO.match(_without_comments(text))
    if head is None or head["name"].lower() != path.stem or len(con.extract_statements(text)) != 1:
        raise SqlBestandFout(
            f"{shown_path(path)}: verwacht één 'create or replace macro {path.stem}(...)', en niets anders"
        )
    try:
        con.execute(text)
    except duckdb.PermissionException as error:
        refuse_beyond(path, str(error).splitlines()[0])


@cache
def macros_hash(root: Path | None = None) -> str:
    """One hash over all macros: a change in one may change any table."""
    return hashlib.sha256("\n".join(text for _, text in load_macros(root)).encode()).hexdigest()


def _without_comments(sql: str) -> str:
    return re.sub(r"--.*", "", sql)
