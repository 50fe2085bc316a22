"""The SQL over a random population: one prepared connection per half-year, everything undone after each population.

Belongs here: loading rows, building the models that a test wants, reading them. Not here: any calculation.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import Any

import duckdb

from pipeline.core.periods import Periode
from pipeline.core.sqlfiles import LAYERS, SqlFile, load_models
from pipeline.core.warehouse import create
from tests.recompute.delivery import HOUSEHOLDS, KNOWN, STRANGERS, TABLES, Population
from tests.recompute.worlds import world
from tests.support import empty_warehouse

_REFERENCE = ("gemeenten", "inwoners", "arbeidsmarktregios")


@cache
def _connection(name: str) -> duckdb.DuckDBPyConnection:
    """The warehouse of a half-year that knows only the municipalities of its world."""
    con = empty_warehouse(Periode.parse(name))
    con.execute("set threads = 1")
    here = world(name)
    listed = ", ".join(f"'{code}'" for code in (*here.codes, *(change.oud for change in here.wijzigingen)))
    for table in _REFERENCE:
        con.execute(f"delete from referentie.{table} where gemeentecode not in ({listed})")
    con.execute(f"delete from referentie.herindelingen where oude_code not in ({listed})")
    for model in _fixed():
        create(con, model.name, model.sql, view=model.is_view)
    return con


@cache
def _fixed() -> tuple[SqlFile, ...]:
    """The models that read nothing that is delivered, so are the same for every population of a half-year."""
    found: dict[str, SqlFile] = {}
    for model in load_models():
        if all(read in found or read.startswith(("referentie.", "invoer.")) for read in model.reads):
            found[model.name] = model
    return tuple(found.values())


@cache
def keys() -> dict[int, str]:
    """Whose key is which: of persons and of households."""
    with duckdb.connect() as con:
        names = [*KNOWN, *STRANGERS, *HOUSEHOLDS]
        rows = con.execute("select hash(naam), naam from (select unnest(?) as naam)", [names]).fetchall()
    return dict(rows)


@contextmanager
def built(people: Population, wanted: Sequence[str]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection on which the models `wanted`, and what they read, are built from the population."""
    con = _connection(str(people.world.periode))
    con.execute("begin")
    try:
        for field, table in TABLES.items():
            rows = getattr(people, field)
            if rows:
                values = ",".join(f"({','.join(map(_literal, row))})" for row in rows)
                con.execute(f"insert into {table} ({','.join(rows[0]._fields)}) values {values}")
        for model in _needed(tuple(wanted)):
            create(con, model.name, model.sql, view=model.is_view)
        yield con
    finally:
        con.execute("rollback")


@cache
def _needed(wanted: tuple[str, ...]) -> tuple[SqlFile, ...]:
    models = {model.name: model for model in load_models()}
    found: set[str] = set()
    left = list(wanted)
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += [read for read in models[name].reads if read.split(".")[0] in LAYERS]
    return tuple(model for model in load_models() if model.name in found and model not in _fixed())


def _literal(value: object) -> str:
    match value:
        case None:
            return "null"
        case date():
            return f"date '{value}'"
        case str():
            return f"'{value}'"
        case _:
            return str(value)


def rows(con: duckdb.DuckDBPyConnection, table: str, columns: str) -> list[tuple[Any, ...]]:
    """The rows of a model; `columns` separated by commas."""
    return con.execute(f"select {columns} from {table}").fetchall()


def differences(found: Iterable[tuple[Any, ...]], expected: Iterable[tuple[Any, ...]]) -> dict[str, list[Any]]:
    """The rows that only the SQL has and those that only the plain Python has; empty when they agree."""
    in_sql, in_python = Counter(found), Counter(expected)
    if in_sql == in_python:
        return {}
    return {
        "only SQL": sorted((in_sql - in_python).elements(), key=repr),
        "only Python": sorted((in_python - in_sql).elements(), key=repr),
    }
