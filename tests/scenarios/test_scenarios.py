"""Scenario folders: `<schema.table>/<case>/given_<schema.table>.csv ... expect.csv`. The folder name is the case.

Analysts add cases without Python. `given_*` replaces a table; models in between are built; `expect.csv` holds all rows
of the target (only the columns that matter), `expect_deel.csv` rows that must be among them. `parameters.csv` may set
periode, peildatum, briefdatum, midden. An empty cell is NULL.
"""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from pipeline.core.periods import Periode
from tests.support import build_with_inputs, empty_warehouse, load_csv

ROOM = Path(__file__).parent
CASES = sorted(path for path in ROOM.glob("*.*/*") if path.is_dir())
MINIMUM = 20


def _parameters(case: Path) -> dict[str, str]:
    path = case / "parameters.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    return row


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def test_there_are_scenarios() -> None:
    assert len(CASES) >= MINIMUM


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_scenario(case: Path) -> None:
    chosen = _parameters(case)
    con = empty_warehouse(
        Periode.parse(chosen.get("periode") or "2016-I"),
        peildatum=_date(chosen.get("peildatum")),
        briefdatum=_date(chosen.get("briefdatum")),
        midden=int(chosen.get("midden") or 75),
    )
    with con:
        given = {path.stem.removeprefix("given_"): path for path in sorted(case.glob("given_*.csv"))}
        assert given or chosen, "a scenario without given_*.csv or parameters.csv tests nothing"
        for table, path in given.items():
            load_csv(con, table, path)
        target = case.parent.name
        build_with_inputs(con, target, set(given))
        partial = case / "expect_deel.csv"
        path = partial if partial.exists() else case / "expect.csv"
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            columns = list(reader.fieldnames or [])
            expected = Counter(tuple(row[column] for column in columns) for row in reader)
        listed = ", ".join(f"coalesce({column}::varchar, '')" for column in columns)
        found = Counter(con.execute(f"select {listed} from {target}").fetchall())
        if partial.exists():
            assert expected, "expect_deel.csv is empty"
            assert expected - found == Counter()
        else:
            assert found == expected
