"""Peer (c), by hand: the tables in one file of DuckDB SQL (hand.sql) over the frozen Parquet.

Belongs here: running that file. Not here: a second use of the files under sql/ (duckdb_own.py).
"""

from pathlib import Path

import duckdb

from tests.bench.peers.outputs import BEGIN, EIND, MODELS, Tabellen, read_tables

_SQL = Path(__file__).with_name("hand.sql")


def make(bronnen: Path) -> Tabellen:
    """The compared tables from the Parquet in `bronnen` (tables.tile).

    ValueError when the delivery divides a municipality.
    """
    names = [name.rpartition(".")[2] for name in MODELS]
    with duckdb.connect() as con:
        con.execute("set enable_progress_bar = false")
        refuse_divided(con, bronnen)
        con.execute(f"set variable bronnen = '{bronnen}'")
        con.execute(f"set variable begin = date '{BEGIN}'")
        con.execute(f"set variable eind = date '{EIND}'")
        for statement in _SQL.read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                con.execute(statement)
        return read_tables(con, names)


def refuse_divided(con: duckdb.DuckDBPyConnection, bronnen: Path) -> None:
    """No peer takes a municipality apart: ValueError when the delivery asks it."""
    for name in ("levering.rijk_herindeling", "rijk_herindeling_personen"):
        if con.execute(f"select count(*) from read_parquet('{bronnen / name}.parquet')").fetchall() != [(0,)]:
            raise ValueError(f"{name} is not empty: the peers do not divide a municipality")
