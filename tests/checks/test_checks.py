"""Each check has one input that passes and one that fails: `<check>/goed/given_*.csv` and `<check>/fout/given_*.csv`.

`fout/expect.csv` names the offending rows (only the columns that matter).
"""

import csv
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from pipeline.core.periods import Periode
from pipeline.core.sqlfiles import Check, load_checks
from pipeline.core.warehouse import run_check
from tests.support import build_with_inputs, empty_warehouse, load_csv

ROOM = Path(__file__).parent
CHECKS = {check.name: check for check in load_checks()}


def _warehouse(check: Check, folder: Path) -> duckdb.DuckDBPyConnection:
    con = empty_warehouse(Periode(2016, 1))
    given = {path.stem.removeprefix("given_"): path for path in sorted(folder.glob("given_*.csv"))}
    assert given, f"{folder} gives nothing"
    for table, path in given.items():
        load_csv(con, table, path)
    for table in check.file.reads:
        build_with_inputs(con, table, set(given))
    return con


def test_every_check_has_both_cases() -> None:
    folders = {
        path.name for path in ROOM.iterdir() if (path / "goed").is_dir() and (path / "fout" / "expect.csv").is_file()
    }
    assert folders == set(CHECKS)


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_good_input_passes(name: str) -> None:
    with _warehouse(CHECKS[name], ROOM / name / "goed") as con:
        assert run_check(con, CHECKS[name]).passed


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_bad_input_is_named(name: str) -> None:
    with (ROOM / name / "fout" / "expect.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns = list(reader.fieldnames or [])
        expected = Counter(tuple(row[column] for column in columns) for row in reader)
    with _warehouse(CHECKS[name], ROOM / name / "fout") as con:
        result = run_check(con, CHECKS[name])
        listed = ", ".join(f"coalesce({column}::varchar, '')" for column in columns)
        found = Counter(con.execute(f"select {listed} from ({CHECKS[name].file.sql})").fetchall())
    assert found == expected
    assert result.offending == sum(expected.values()) > 0
    assert result.blocks == (CHECKS[name].severity == "block")
    assert result.applies


@pytest.mark.parametrize("name", sorted(name for name, check in CHECKS.items() if check.against is not None))
def test_a_check_against_what_is_not_there_does_not_apply(name: str) -> None:
    with empty_warehouse(Periode(2016, 1)) as con:
        for table in CHECKS[name].file.reads:
            build_with_inputs(con, table, set())
        result = run_check(con, CHECKS[name])
    assert (result.passed, result.applies) == (True, False)
