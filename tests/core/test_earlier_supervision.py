"""Supervision over several half-years: what a published edition holds comes back as the history of the next one."""

from pathlib import Path

import duckdb

from pipeline.core.earlier import load_earlier
from pipeline.core.periods import Periode
from pipeline.core.sealed import seal
from tests.core.test_earlier import FILES, publish
from tests.support import build_with_inputs, empty_warehouse

READ = "select gemeentecode, halfjaren_achter, ondergrens from eerder.toezicht order by gemeentecode"


def _history(output: Path) -> list[tuple[str, int, bool]]:
    with empty_warehouse(Periode(2016, 2)) as con:
        load_earlier(con, output, Periode(2016, 2))
        return con.execute(READ).fetchall()


def test_the_published_numbers_come_back(tmp_path: Path) -> None:
    text = (
        "gemeentecode,gemeente,halfjaren_achter,ondergrens,trede\nGM0003,Appingedam,2,true,\nGM0005,Bedum,0,false,3\n"
    )
    publish(tmp_path, "2016-I", FILES | {"tabellen/toezicht.csv": text})
    assert _history(tmp_path) == [("GM0003", 2, True), ("GM0005", 0, False)]


def test_an_edition_of_before_the_table_gives_no_history(tmp_path: Path) -> None:
    publish(tmp_path, "2016-I")
    assert _history(tmp_path) == []


def test_what_an_edition_writes_is_what_the_next_one_reads(tmp_path: Path) -> None:
    """The open table of supervision has the columns that are read back."""
    with empty_warehouse(Periode(2016, 1)) as con:
        con.execute(
            "create or replace table report.gemeenten as select * from (values "
            "('GM0003', 'Appingedam', 'Groningen', 1), ('GM0005', 'Bedum', 'Groningen', 2)) "
            "as g(gemeentecode, gemeente, provincie, volgorde)"
        )
        con.execute(
            "create or replace table metrics.taakstelling as select * from (values "
            "('GM0003', 5, 2), ('GM0005', 0, 1)) as t(gemeentecode, saldo_begin, eindsaldo)"
        )
        text = _table(con, tmp_path / "toezicht.csv")
    publish(tmp_path, "2016-I", FILES | {"tabellen/toezicht.csv": text})
    assert _history(tmp_path) == [("GM0003", 2, True), ("GM0005", 1, False)]


def _table(con: duckdb.DuckDBPyConnection, path: Path) -> str:
    seal(con, path.parent)
    build_with_inputs(con, "report.tabel_toezicht", {"report.gemeenten", "metrics.taakstelling"})
    con.execute(f"copy report.tabel_toezicht to '{path}' (format csv, header true)")
    return path.read_text(encoding="utf-8")
