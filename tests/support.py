"""What several tests need: a prepared in-memory warehouse and tables from small CSV files."""

from datetime import date
from pathlib import Path

import duckdb

from pipeline.core.config import Instellingen, make_run, store_parameters
from pipeline.core.earlier import load_earlier
from pipeline.core.periods import Periode
from pipeline.core.reference import load_reference
from pipeline.core.sqlfiles import LAYERS, load_models
from pipeline.core.warehouse import build_table, prepare

# Input tables that a scenario may give with only the columns that matter; the others are NULL.
INPUT_COLUMNS = {
    "levering.coa_overzicht": """
        gemeentecode varchar, saldo_begin bigint, taakstelling bigint, gecorrigeerd bigint, maand_1 bigint, maand_2
        bigint, maand_3 bigint, maand_4 bigint, maand_5 bigint, maand_6 bigint, realisatie bigint, achter_voor bigint
    """,
    "levering.coa_afmeldingen": """
        afmelding_id varchar, persoon varchar, gemeentecode varchar, datum date, aantal bigint, soort varchar,
        corrigeert varchar
    """,
    "eerder.eindsaldo": "gemeentecode varchar, eindsaldo bigint",
    "eerder.boekhouding_per_halfjaar": """
        gemeentecode varchar, halfjaar varchar, volgorde integer, open_personen bigint, voorsprong bigint
    """,
}


def empty_warehouse(
    periode: Periode, *, peildatum: date | None = None, briefdatum: date | None = None, midden: int = 75
) -> duckdb.DuckDBPyConnection:
    """In-memory warehouse with macros, schemas, parameters, the shipped reference data and no earlier edition."""
    con = duckdb.connect()
    prepare(con)
    settings = Instellingen(data=Path("geen"), output=Path("geen"), klasse_midden_procent=midden)
    store_parameters(con, make_run(settings, periode, "geen", peildatum, briefdatum))
    load_reference(con)
    load_earlier(con, Path("geen"), periode)
    for table, columns in INPUT_COLUMNS.items():
        con.execute(f"create table if not exists {table} ({columns})")
    return con


def load_csv(con: duckdb.DuckDBPyConnection, table: str, path: Path) -> None:
    """Replace `table` by the rows of a CSV: types of INPUT_COLUMNS where known, else as DuckDB sees them."""
    if table in INPUT_COLUMNS:
        con.execute(f"create or replace table {table} ({INPUT_COLUMNS[table]})")
        con.execute(
            f"insert into {table} by name select * from read_csv(?, header = true, all_varchar = true)", [str(path)]
        )
    else:
        con.execute(
            f"create or replace table {table} as select * from read_csv(?, header = true, sample_size = -1)",
            [str(path)],
        )


def build_with_inputs(con: duckdb.DuckDBPyConnection, target: str, given: set[str]) -> None:
    """Build the model `target` and, where they are not given, the models that it reads."""
    models = {model.name: model for model in load_models()}
    done = set(given)

    def build(name: str) -> None:
        if name in done or name.split(".")[0] not in LAYERS:
            return
        for read in models[name].reads:
            build(read)
        build_table(con, models[name])
        done.add(name)

    build(target)
