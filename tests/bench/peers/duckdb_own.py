"""Peer (c), our own SQL run bare: the texts under sql/ that the compared tables need, in a database in memory.

Belongs here: DuckDB, the macros and the texts, one after another. Not here: the warehouse, its stamps, seal and checks,
Dagster: leaving those out is what is measured.
"""

from pathlib import Path

import duckdb

from pipeline.core.sqlfiles import LAYERS, SqlFile, load_macros
from tests.bench.peers.outputs import Tabellen, read_tables


def make(bronnen: Path, models: tuple[SqlFile, ...], names: tuple[str, ...]) -> Tabellen:
    """Build `models` over the Parquet in `bronnen` (tables.tile) and read the tables `names`."""
    with duckdb.connect() as con:
        con.execute("set enable_progress_bar = false")
        con.execute("set TimeZone = 'UTC'")
        found = {path.stem if "." in path.stem else f"levering.{path.stem}": path for path in bronnen.glob("*.parquet")}
        for schema in sorted({name.split(".")[0] for name in found} | set(LAYERS)):
            con.execute(f"create schema {schema}")
        for _, statement in load_macros():
            con.execute(statement)
        for name, path in found.items():
            con.execute(f"create view {name} as select * from read_parquet('{path}')")
        for model in models:
            con.execute(f"create {'view' if model.is_view else 'table'} {model.name} as\n{model.sql}")
        return read_tables(con, names)
