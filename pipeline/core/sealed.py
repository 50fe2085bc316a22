"""Least privilege of the SQL: what the text of a file under `sql/` may ask for, and what DuckDB will do at all.

Belongs here: the two locks. Not here: when a connection is sealed (takein.py, frozen.py, warehouse.py), the words in
which an analyst hears of a refusal (sqlfiles.py). The SQL of models, macros and checks is text from a folder, which
many people may edit. The first lock is its parse: it reads tables of the warehouse and calculates, and names nothing
else. The second is the engine: a sealed connection opens no file, address, other database or extension for it, and
cannot be unsealed.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.core.intake.sqltext import file_literal, literal

if TYPE_CHECKING:
    import duckdb

SCHEMAS = (
    "invoer", "referentie", "levering", "eerder", "herziening", "staging", "metrics", "report", "editie",
    "gemeentebladen",
)  # fmt: skip
"""Where a SQL file may read."""

_ROWS_FROM_VALUES = frozenset({"generate_series", "range", "unnest"})
"""Functions that stand in the place of a table and make their rows from what they are given."""

_PLAIN_NAME = re.compile(r"[a-z_][a-z0-9_]*")

_MACHINE = frozenset({"current_setting", "getenv", "getvariable", "parse_duckdb_log_message", "user", "version"})
"""Functions that tell of the machine or the session though DuckDB calls them consistent."""

_SHAPES = frozenset({"BASE_TABLE", "SUBQUERY", "JOIN", "TABLE_FUNCTION", "EXPRESSION_LIST", "CTE", "EMPTY", "PIVOT"})
"""What may stand behind `from`; not, for one, the settings or the tables that `show` lists."""

_WITHIN = (
    "set memory_limit = '3GB'",
    "set disabled_optimizers = 'build_side_probe_side'",
    "set preserve_insertion_order = true",
    "set python_enable_replacements = false",
    "set allow_community_extensions = false",
)
"""What making tables may take, so that ten million koppelingen fit in a process of 4 GB. DuckDB guesses the size of
what is joined on the parameters far too low, and then holds the larger side in memory: as the SQL is written, the
smaller one stands right. A name that is no table is never looked up among the variables of the program.
"""

_PIPES = "/dev/fd"
"""DuckDB follows a link before it compares: below this name it reaches the pipes of this process (intake reads a file
in another encoding through one) and no file.
"""


def no_extensions(con: "duckdb.DuckDBPyConnection") -> None:
    """Never fetch or load an extension by itself, whatever a query seems to ask for."""
    if not is_sealed(con):
        con.execute("set autoinstall_known_extensions = false")
        con.execute("set autoload_known_extensions = false")


def spill_encrypted(con: "duckdb.DuckDBPyConnection") -> None:
    """What does not fit in memory goes to disk encrypted from here on, never in plain text: where its extension for
    encryption is not loaded (vault.py) DuckDB stops.
    """
    # Setting it again is refused as soon as something was written.
    if con.execute("select current_setting('temp_file_encryption')").fetchall() != [(True,)]:
        con.execute("set temp_file_encryption = true")


def enclose(con: "duckdb.DuckDBPyConnection", *folders: Path) -> None:
    """External access off but for `folders` (and what is below them), for good.

    The database's own file, its temporary folder and pipes of this process stay in reach. Nothing happens to a
    connection that is enclosed already: its folders cannot change any more.
    """
    if con.execute("select current_setting('enable_external_access')").fetchall() == [(False,)]:
        return
    no_extensions(con)
    # A file to read is a pattern to DuckDB, and it compares that pattern: a folder with a bracket has two names.
    places = [str(folder.resolve()) for folder in folders]
    names = sorted({literal(place) for place in (_PIPES, *places)} | {file_literal(Path(place)) for place in places})
    allowed = ", ".join(names)
    con.execute(f"set allowed_directories = [{allowed}]")
    con.execute("set enable_external_access = false")


def seal(con: "duckdb.DuckDBPyConnection", *folders: Path) -> None:
    """Enclose the connection, give it what making tables may take, and lock its configuration, for good; nothing
    happens to one that is sealed already.
    """
    if is_sealed(con):
        return
    enclose(con, *folders)
    spill_encrypted(con)
    for setting in _WITHIN:
        con.execute(setting)
    con.execute("set lock_configuration = true")


def is_sealed(con: "duckdb.DuckDBPyConnection") -> bool:
    """Whether the configuration of this database is locked."""
    return bool(con.execute("select current_setting('lock_configuration')").fetchall()[0][0])


def parse(con: "duckdb.DuckDBPyConnection", sql: str) -> dict[str, Any]:
    """DuckDB's own parse of `sql` as a tree: `statements`, or `error` and `error_message` when it is no select."""
    parsed: dict[str, Any] = json.loads(con.execute("select json_serialize_sql(?::varchar)", [sql]).fetchall()[0][0])
    return parsed


def beyond(parsed: dict[str, Any]) -> str | None:
    """What a parsed select asks for beyond tables of the warehouse and calculation, as the Dutch name of it with what
    stands there; None when nothing.
    """
    nodes = _nodes(parsed)
    queries = {entry["key"].lower() for node in nodes for entry in (node.get("cte_map") or {}).get("map", ())}
    if named := sorted(name for name in queries if not _PLAIN_NAME.fullmatch(name)):
        return f"een tussenstap met de naam van een bestand: {named[0]}"
    return next((found for node in nodes if (found := _beyond(node, queries))), None)


def _beyond(node: dict[str, Any], queries: set[str]) -> str | None:
    match node:
        case {"type": "BASE_TABLE", "schema_name": schema, "table_name": name}:
            if node.get("catalog_name"):
                return f"een andere database: {node['catalog_name']}.{schema}.{name}"
            if schema and schema.lower() not in SCHEMAS:
                return f"een tabel van de database zelf: {schema}.{name}"
            if not schema and name.lower() not in queries:
                return f"een bestand, adres of tabel zonder schema: {name}"
        case {"type": "TABLE_FUNCTION", "function": {"function_name": name}} if name not in _ROWS_FROM_VALUES:
            return f"de functie {name}, die buiten de tabellen leest"
        case {"type": str(kind), "alias": _, "sample": _} if kind not in _SHAPES:
            return f"wat de database van zichzelf laat zien ({kind})"
        case {"function_name": str(name)} if name.lower() in _unsteady():
            return f"de functie {name}, die niet alleen van haar invoer afhangt"
        case _:
            pass
    return None


def _nodes(tree: object) -> tuple[dict[str, Any], ...]:
    """Every node of a parse."""
    found: list[dict[str, Any]] = []
    left = [tree]
    while left:
        item = left.pop()
        if isinstance(item, dict):
            found.append(item)
            left += reversed(item.values())
        elif isinstance(item, list):
            left += reversed(item)
    return tuple(found)


@cache
def _unsteady() -> frozenset[str]:
    """Functions of DuckDB whose outcome is not decided by what they are given alone: clock, dice, session."""
    import duckdb

    query = "select distinct function_name from duckdb_functions() where stability <> 'CONSISTENT'"
    with duckdb.connect() as con:
        return frozenset(name for (name,) in con.execute(query).fetchall()) | _MACHINE
