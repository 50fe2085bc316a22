"""The open tables of an edition as people and programs take them along: described, as data package and as workbook.

Belongs here: the description of tables and columns, `datapackage.json`, `tabellen.xlsx`, `tabellen.ods` and
`cijfers.json`. Not here: what is in the tables (sql/report) or writing the CSV files (editions.py). The workbooks
follow from the CSV files of the edition, so nothing can differ between the forms.
"""

# Names of tables are fixed; the path is a literal().
# ruff: noqa: S608

import csv
import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.core.house import package_path
from pipeline.core.intake.contracts import CONTRACTS, load_contract
from pipeline.core.intake.sqltext import literal
from pipeline.core.manifest import sha256_file
from pipeline.core.warehouse import columns_of
from pipeline.core.workbooks import Blad, Waarde, write_ods, write_xlsx

if TYPE_CHECKING:
    import duckdb

LICENCE = {
    "name": "CC0-1.0",
    "path": "https://creativecommons.org/publicdomain/zero/1.0/deed.nl",
    "title": "CC0 1.0 Universeel",
}
_EVERYWHERE = "*"
# Tens of thousands of rows: for programs, as CSV and JSON, not in the workbooks.
_REGISTER, _COLUMNS = "cijfers.csv", "tabellen/kolommen.csv"
_KINDS = {
    "BIGINT": "integer",
    "INTEGER": "integer",
    "HUGEINT": "integer",
    "DECIMAL": "number",
    "DOUBLE": "number",
    "DATE": "date",
    "BOOLEAN": "boolean",
}


@dataclass(frozen=True)
class Kolom:
    """One column of an open table: its name, what it holds in Dutch, the unit ('' where there is none), and its type
    in the words of a data package.
    """

    naam: str
    omschrijving: str
    eenheid: str
    soort: str


@dataclass(frozen=True)
class OpenTabel:
    """One CSV file of an edition as it is described: its place, name, title and columns, and its rows as text."""

    pad: str
    naam: str
    titel: str
    kolommen: tuple[Kolom, ...]
    rijen: tuple[tuple[str, ...], ...]


def write_open_data(
    con: "duckdb.DuckDBPyConnection", folder: Path, titel: str, peildatum: date, briefdatum: date, editie: int
) -> None:
    """Write the description and the other forms of the CSV files of an edition beside them; same files, same bytes.

    The types of the columns are those of the tables in the warehouse.
    """
    tables = open_tables(con, folder)
    _write_columns(tables, folder / _COLUMNS)
    tables = (*tables, _read(folder, folder / _COLUMNS, {}))
    workbook = [_leesmij(tables, titel, peildatum, editie), *(_sheet(table) for table in tables[1:])]
    write_xlsx(folder / "tabellen.xlsx", workbook, titel, briefdatum)
    write_ods(folder / "tabellen.ods", workbook, titel, briefdatum)
    con.execute(
        f"copy (select * exclude (definitie) from report.cijfers) to {literal(str(folder / 'cijfers.json'))} "
        "(format json, array true)"
    )
    package = json.dumps(_package(folder, tables, titel, briefdatum, editie), ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(package + "\n", encoding="utf-8")


def open_tables(con: "duckdb.DuckDBPyConnection", folder: Path) -> tuple[OpenTabel, ...]:
    """The CSV files of an edition with their descriptions: the register first, then the tables by name.

    KeyError for a table or column without one: tests/core/test_opendata.py guards that each has its line.
    """
    found = [_read(folder, folder / _REGISTER, dict(columns_of(con, "report.cijfers")))]
    for path in sorted((folder / "tabellen").glob("*.csv")):
        name = path.stem if path.stem == "definities" else f"tabel_{path.stem}"
        found.append(_read(folder, path, dict(columns_of(con, f"report.{name}"))))
    return tuple(found)


def _read(folder: Path, path: Path, types: dict[str, str]) -> OpenTabel:
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    return OpenTabel(
        path.relative_to(folder).as_posix(),
        path.stem,
        _titles()[path.stem],
        tuple(Kolom(name, *describe(path.stem, name), _kind(types.get(name, "VARCHAR"))) for name in head),
        tuple(map(tuple, rows)),
    )


def describe(tabel: str, kolom: str) -> tuple[str, str]:
    """What a column holds and its unit: its own line for that table, else the one it has everywhere."""
    own = _columns()
    return own[(tabel, kolom)] if (tabel, kolom) in own else own[(_EVERYWHERE, kolom)]


def described(table: str, column: str) -> str | None:
    """What a column of any table (`schema.table`) holds, with its unit; None where nothing says so.

    Of an extract its contract says it, of an open table its own line, of any other the line that holds everywhere.
    """
    schema, _, name = table.partition(".")
    if schema == "levering":
        columns = load_contract(name).columns if name in CONTRACTS else ()
        found = next(((one.title, one.unit or "") for one in columns if one.name == column), None)
    else:
        own = _columns()
        found = own.get((name.removeprefix("tabel_"), column)) if schema == "report" else None
        found = found or own.get((_EVERYWHERE, column))
    if found is None:
        return None
    text, unit = found
    return f"{text} ({unit})" if unit else text


def _kind(kind: str) -> str:
    """The type of a column in DuckDB in the words of a data package."""
    return next((word for start, word in _KINDS.items() if kind.startswith(start)), "string")


@cache
def _columns() -> dict[tuple[str, str], tuple[str, str]]:
    return {(row["tabel"], row["kolom"]): (row["omschrijving"], row["eenheid"]) for row in _shipped("kolommen.csv")}


@cache
def _titles() -> dict[str, str]:
    return {row["tabel"]: row["titel"] for row in _shipped("tabellen.csv")}


def _shipped(name: str) -> list[dict[str, str]]:
    with package_path("opendata", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write_columns(tables: tuple[OpenTabel, ...], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("tabel", "kolom", "omschrijving", "eenheid"))
        for table in tables:
            writer.writerows((table.naam, one.naam, one.omschrijving, one.eenheid) for one in table.kolommen)


def _leesmij(tables: tuple[OpenTabel, ...], titel: str, peildatum: date, editie: int) -> Blad:
    rows: list[tuple[Waarde, ...]] = [
        (titel, None),
        ("Peildatum", peildatum),
        ("Editie", editie),
        ("Licentie", f"{LICENCE['title']}: {LICENCE['path']}"),
        ("Lege cel", "niet van toepassing of niet bekend; een 0 is een telling"),
        ("Blad", "Wat erop staat"),
        *((table.naam[:31], table.titel) for table in tables[1:]),
    ]
    return Blad("leesmij", ("Wat", "Toelichting"), tuple(rows))


def _sheet(table: OpenTabel) -> Blad:
    kinds = [column.soort for column in table.kolommen]
    rows = tuple(tuple(_value(text, kind) for text, kind in zip(row, kinds, strict=True)) for row in table.rijen)
    return Blad(table.naam[:31], tuple(one.naam for one in table.kolommen), rows)


def _value(text: str, kind: str) -> Waarde:
    if not text:
        return None
    if kind == "integer":
        return int(text)
    if kind == "number":
        return float(text)
    if kind == "date":
        return date.fromisoformat(text)
    return text


def _package(folder: Path, tables: tuple[OpenTabel, ...], titel: str, briefdatum: date, editie: int) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": re.sub(r"[^a-z0-9-]+", "-", titel.lower()).strip("-"),
        "title": titel,
        "version": str(editie),
        "created": f"{briefdatum.isoformat()}T00:00:00Z",
        "licenses": [LICENCE],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table.naam.replace("_", "-"),
                "title": table.titel,
                "path": table.pad,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": (folder / table.pad).stat().st_size,
                "hash": f"sha256:{sha256_file(folder / table.pad)}",
                "schema": {
                    "fields": [_field(column) for column in table.kolommen],
                    "missingValues": [""],
                },
            }
            for table in tables
        ],
    }


def _field(column: Kolom) -> dict[str, str]:
    unit = {"unit": column.eenheid} if column.eenheid else {}
    return {"name": column.naam, "type": column.soort, "description": column.omschrijving, **unit}
