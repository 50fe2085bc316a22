"""Running the mutants: who notices which.

Belongs here: building a mutant in the warehouses of the scenarios. Not here: what the mutants are.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer

import duckdb

from pipeline.core.sqlfiles import LAYERS, SqlFile, load_macros, load_models
from pipeline.core.warehouse import create, prepare
from tests.macros.test_macros import TABLES, wrong_rows
from tests.scenarios.cases import Case, all_cases
from tests.scenarios.mutatie.mutants import Mutant, macro_mutants, model_mutants, unchanged

_LAYERS = ("staging", "metrics")
_LONGEST = 20.0
"""Seconds for one statement of a mutant: one that never ends is noticed as well."""


@dataclass
class Outcome:
    """What became of the mutants."""

    killed: dict[Mutant, str] = field(default_factory=dict)
    survived: list[Mutant] = field(default_factory=list)
    invalid: list[Mutant] = field(default_factory=list)
    """DuckDB does not take the text: no mutant."""


def run_macros(wanted: str) -> Outcome:
    """The mutants of the macros against the truth tables: first the macro's own, then all."""
    outcome = Outcome()
    tables = {path.stem: path for path in TABLES}
    for name, statement in load_macros():
        mutants = list(macro_mutants(name, statement)) if wanted in f"macros.{name}" else []
        for mutant in mutants:
            with duckdb.connect() as con:
                prepare(con)
                try:
                    con.execute(mutant.sql)
                    order = [tables[name], *(path for path in TABLES if path.stem != name)]
                    noticed = next((path.stem for path in order if _wrong(con, path)), None)
                except duckdb.Error:
                    outcome.invalid.append(mutant)
                    continue
            if noticed is None:
                outcome.survived.append(mutant)
            else:
                outcome.killed[mutant] = noticed
    return outcome


def _wrong(con: duckdb.DuckDBPyConnection, path: Path) -> bool:
    try:
        return bool(wrong_rows(con, path))
    except duckdb.Error:
        return True


def run_models(wanted: str) -> Outcome:
    """The mutants of staging and metrics: first against the scenarios of the model itself, then against all others."""
    outcome = Outcome()
    alive = {
        model.name: list(model_mutants(model.name, model.sql))
        for model in load_models()
        if model.layer in _LAYERS and wanted in model.name
    }
    for own in (True, False):
        for case in all_cases():
            order = _build_order(case)
            chosen = [model for model in order if alive.get(model.name) and (model.name == case.target) == own]
            if chosen:
                _run_case(case, order, chosen, alive, outcome)
    outcome.survived = [mutant for mutants in alive.values() for mutant in mutants]
    return outcome


def _build_order(case: Case) -> tuple[SqlFile, ...]:
    """The models that the case builds."""
    models = {model.name: model for model in load_models()}
    found: set[str] = set()
    left = [case.target]
    while left:
        name = left.pop()
        if name not in found and name not in case.given and name.split(".")[0] in LAYERS:
            found.add(name)
            left += models[name].reads
    return tuple(model for model in load_models() if model.name in found)


def _run_case(
    case: Case, order: tuple[SqlFile, ...], chosen: list[SqlFile], alive: dict[str, list[Mutant]], outcome: Outcome
) -> None:
    with case.open() as con:
        for model in order:
            _build(con, model.name, model.sql)
        if not case.holds(con):
            raise AssertionError(f"{case.name} fails without a mutant")
        for model in chosen:
            after = _downstream(order, model.name)
            if _notices(con, case, model.name, unchanged(model.sql), after):
                raise AssertionError(f"{model.name} comes back different from its parse tree, by {case.name}")
            left = []
            for mutant in alive[model.name]:
                noticed = _notices(con, case, model.name, mutant.sql, after)
                if noticed is None:
                    outcome.invalid.append(mutant)
                elif noticed:
                    outcome.killed[mutant] = case.name
                else:
                    left.append(mutant)
            alive[model.name] = left


def _notices(
    con: duckdb.DuckDBPyConnection, case: Case, name: str, sql: str, after: tuple[SqlFile, ...]
) -> bool | None:
    """Whether the case fails with this text for the model; None when DuckDB does not take the text at all."""
    with _undone(con), _limited(con):
        try:
            _build(con, name, sql)
        except (duckdb.BinderException, duckdb.ParserException, duckdb.CatalogException):
            return None
        except duckdb.Error:
            return True
        try:
            for model in after:
                _build(con, model.name, model.sql)
            return not case.holds(con)
        except duckdb.Error:
            return True


def _downstream(order: tuple[SqlFile, ...], name: str) -> tuple[SqlFile, ...]:
    touched = {name}
    found = []
    for model in order:
        if touched & set(model.reads):
            touched.add(model.name)
            found.append(model)
    return tuple(found)


def _build(con: duckdb.DuckDBPyConnection, name: str, sql: str) -> None:
    create(con, name, sql, view=False)


@contextmanager
def _undone(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    con.execute("begin")
    try:
        yield
    finally:
        con.execute("rollback")


@contextmanager
def _limited(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    timer = Timer(_LONGEST, con.interrupt)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
