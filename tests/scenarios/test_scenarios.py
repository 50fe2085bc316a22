"""Scenario folders: `<schema.table>/<case>/given_<schema.table>.csv ... expect.csv`. The folder name is the case.

Analysts add cases without Python. `given_*` replaces a table; models in between are built; `expect.csv` holds all rows
of the target (only the columns that matter), `expect_deel.csv` rows that must be among them. `parameters.csv` may set
periode, peildatum, briefdatum, midden. An empty cell is NULL.
"""

from collections import Counter

import pytest

from tests.scenarios.cases import Case, all_cases
from tests.support import build_with_inputs

CASES = all_cases()
MINIMUM = 60
"""Of the metrics alone."""


def test_there_are_scenarios() -> None:
    assert sum(case.target.startswith("metrics.") for case in CASES) >= MINIMUM


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_scenario(case: Case) -> None:
    assert case.given or case.parameters, "a scenario without given_*.csv or parameters.csv tests nothing"
    with case.open() as con:
        build_with_inputs(con, case.target, set(case.given))
        _, expected = case.expected
        found = case.found(con)
        if case.partial:
            assert expected, "expect_deel.csv is empty"
            assert expected - found == Counter()
        else:
            assert found == expected
