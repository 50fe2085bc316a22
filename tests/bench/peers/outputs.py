"""The tables that every peer makes, in one form in which they can be compared.

Belongs here: which tables and columns, how a value is written, and the refusal of a peer that says something else. Not
here: how a peer makes them.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

PERIODE = "2016-I"
BEGIN, EIND = date(2016, 1, 1), date(2016, 7, 1)
_BOEKHOUDING = ("open_ouder", "open_eigen", "voorsprong")
MODELS = (
    "report.tabel_gemeenten",
    "report.tabel_realisatie_per_maand",
    "report.tabel_koppelingen",
    "report.tabel_wachttijden",
    "report.tabel_aansluiting",
    "metrics.opvang_stroom",
)
"""The tables of the warehouse that are compared; a peer calls them by the part after the dot."""
LEFT_OUT = {"tabel_gemeenten": frozenset(_BOEKHOUDING)}
"""Columns that no peer makes: the book 'per halfjaar' needs the published editions of earlier half-years."""

_DECIMALS = 6
"""The tables hold tenths; a binary fraction may differ from them far behind the comma."""


class Ongelijk(Exception):
    """A peer that makes other tables than the pipeline: there is nothing to measure."""


@dataclass(frozen=True)
class Tabel:
    """Names of the columns and the rows as text, in an order that does not depend on who made it."""

    kolommen: tuple[str, ...]
    rijen: tuple[tuple[str, ...], ...]


Tabellen = dict[str, Tabel]


def write_value(value: Any) -> str:
    """A cell as text: nothing for what is empty or not a number, and 12, 12.0 and Decimal('12.0') alike."""
    if value is None or value != value:
        return ""
    if isinstance(value, float | Decimal):
        return f"{Decimal(str(round(value, _DECIMALS))).normalize() + 0:f}"
    return str(value)


def tabel(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Tabel:
    """The table in the form that is compared: columns that no peer makes left out, rows as text and sorted."""
    kept = [place for place, column in enumerate(columns) if column not in LEFT_OUT.get(name, ())]
    told = sorted(tuple(write_value(row[place]) for place in kept) for row in rows)
    return Tabel(tuple(columns[place] for place in kept), tuple(told))


def read_tables(con: duckdb.DuckDBPyConnection, names: Iterable[str]) -> Tabellen:
    """The tables `names` (with or without a schema) of a database."""
    found: Tabellen = {}
    for name in names:
        answer = con.execute(f"select * from {name}")
        columns = [column for column, *_ in answer.description or ()]
        short = name.rpartition(".")[2]
        found[short] = tabel(short, columns, answer.fetchall())
    return found


def save(tables: Tabellen, path: Path) -> None:
    """Keep what a peer made, for the process that compares."""
    told = {name: {"kolommen": table.kolommen, "rijen": table.rijen} for name, table in tables.items()}
    path.write_text(json.dumps(told), encoding="utf-8")


def load(path: Path) -> Tabellen:
    """What `save` kept."""
    told = json.loads(path.read_text(encoding="utf-8"))
    return {
        name: Tabel(tuple(table["kolommen"]), tuple(tuple(row) for row in table["rijen"]))
        for name, table in told.items()
    }


def differences(ours: Tabellen, theirs: Tabellen) -> list[str]:
    """What a peer makes otherwise, a line per table: the first row of each side that the other does not have."""
    found = []
    for name, table in ours.items():
        other = theirs.get(name)
        if other is None:
            found.append(f"{name}: not made")
        elif other.kolommen != table.kolommen:
            found.append(f"{name}: columns {other.kolommen} instead of {table.kolommen}")
        elif other.rijen != table.rijen:
            lacking = sorted(set(table.rijen) - set(other.rijen)) or [("a row twice",)]
            extra = sorted(set(other.rijen) - set(table.rijen)) or [("a row twice",)]
            found.append(
                f"{name}: {len(lacking)} of {len(table.rijen)} rows are otherwise, "
                f"the first {extra[0]} instead of {lacking[0]}"
            )
    return found


def compare(ours: Tabellen, theirs: Tabellen, who: str) -> None:
    """Refuse a peer that makes other tables: Ongelijk with the first difference of each table."""
    found = differences(ours, theirs)
    if found:
        raise Ongelijk("\n".join([f"{who} makes other tables, so no ratio is printed:", *found]))
