"""What Dagster shows of a table: rows, seconds, columns, a preview. Only metadata belongs here.

Only the tables of the report are shown with a few rows: in every other schema a table can hold persons.
"""

# Names of tables come from the shipped SQL files and contracts; values are parameters.
# ruff: noqa: S608

from typing import Any

import dagster as dg
import duckdb

from pipeline.core.figures import Register
from pipeline.core.opendata import described
from pipeline.core.sqlfiles import SqlFile
from pipeline.core.warehouse import columns_of

_PREVIEW_ROWS = 5
_PREVIEWED = "report"


def table_metadata(con: duckdb.DuckDBPyConnection, table: str, rows: int, seconds: float) -> dict[str, Any]:
    """Metadata of one materialised table (`schema.table`)."""
    columns = columns_of(con, table)
    metadata: dict[str, Any] = {
        "dagster/row_count": rows,
        "seconden": round(seconds, 3),
        "dagster/column_schema": dg.TableSchema(
            columns=[dg.TableColumn(name, kind, described(table, name)) for name, kind in columns]
        ),
    }
    if table.split(".")[0] == _PREVIEWED:
        metadata["voorbeeld"] = dg.MetadataValue.md(preview(con, table, tuple(name for name, _ in columns)))
    return metadata


def preview(con: duckdb.DuckDBPyConnection, table: str, names: tuple[str, ...]) -> str:
    """The first rows as a Markdown table, in a fixed order."""
    rows = con.execute(f"select * from {table} limit {_PREVIEW_ROWS}").fetchall()
    lines = [names, tuple("---" for _ in names), *rows]
    return "\n".join("| " + " | ".join(_cell(value) for value in line) + " |" for line in lines)


PLOTTED = (
    "taakstelling.netto",
    "taakstelling.gecorrigeerd",
    "realisatie.totaal",
    "realisatie.percentage",
    "saldo.eind",
    "saldo.achterstand",
    "saldo.voorsprong",
    "stand.achter",
    "koppelingen.totaal",
    "koppelingen.langer_dan_norm",
    "opvang.totaal",
)
"""National figures that Dagster draws over the half-years, on the page of the edition."""


def key_figures(con: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """The figures of PLOTTED for the whole country, each under its id; those without a value stay out."""
    register = Register.from_connection(con)
    values = {name: register.cijfer(name).waarde for name in PLOTTED}
    return {name: float(value) for name, value in values.items() if value is not None}


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")


def description(file: SqlFile) -> str:
    """Text for the asset page: what, definition, source and grain from the header, then the SQL."""
    labels = {"what": "", "definition": "Definitie: ", "source": "Bron: ", "grain": "Korrel: "}
    texts = [f"{label}{file.header[key]}" for key, label in labels.items() if key in file.header]
    return "\n\n".join([*texts, f"```sql\n{file.sql}\n```"])
