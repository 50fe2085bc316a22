"""What several tests need: a prepared in-memory warehouse and tables from small CSV files."""

from datetime import date
from pathlib import Path

import duckdb

from pipeline.core.config import Instellingen, make_run, store_parameters
from pipeline.core.earlier import load_earlier
from pipeline.core.intake.contracts import CONTRACTS, load_contract
from pipeline.core.intake.extract import make_empty
from pipeline.core.periods import Periode
from pipeline.core.reference import load_reference
from pipeline.core.sqlfiles import LAYERS, load_models
from pipeline.core.warehouse import build_table, prepare

# Tables of intake that have no contract of their own.
_DELIVERED = "gemeentecode varchar, rijen bigint"


def empty_warehouse(
    periode: Periode, *, peildatum: date | None = None, briefdatum: date | None = None, midden: int = 75
) -> duckdb.DuckDBPyConnection:
    """In-memory warehouse with macros, schemas, parameters, the shipped reference data and no earlier edition."""
    con = duckdb.connect()
    # A few rows are quicker on one thread.
    con.execute("set threads = 1")
    prepare(con)
    settings = Instellingen(data=Path("geen"), output=Path("geen"), klasse_midden_procent=midden)
    store_parameters(con, make_run(settings, periode, "geen", peildatum, briefdatum))
    load_reference(con)
    load_earlier(con, Path("geen"), periode)
    for name in CONTRACTS:
        make_empty(con, load_contract(name))
    con.execute(f"create table levering.gemeenten_levering ({_DELIVERED})")
    return con


def load_csv(con: duckdb.DuckDBPyConnection, table: str, path: Path) -> None:
    """Replace `table` by the rows of a CSV.

    An input table keeps its types, and the CSV may hold only the columns that matter (the others are NULL); a table of
    the pipeline gets the types that DuckDB sees.
    """
    if table.split(".")[0] in LAYERS or not _exists(con, table):
        con.execute(
            f"create or replace table {table} as select * from read_csv(?, header = true, sample_size = -1)",
            [str(path)],
        )
    else:
        con.execute(f"delete from {table}")
        con.execute(
            f"insert into {table} by name select * from read_csv(?, header = true, all_varchar = true)", [str(path)]
        )


def _exists(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    schema, name = table.split(".")
    query = "select count(*) from duckdb_tables() where schema_name = ? and table_name = ?"
    return bool(con.execute(query, [schema, name]).fetchall()[0][0])


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
