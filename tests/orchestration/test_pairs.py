"""Two real runs of one half-year at once: the second waits, says so, and makes its own edition; a reader reads on.

What is typeset here is a blank page; `make paren` starts many whole runs in pairs at random offsets.
"""

from pathlib import Path

import pytest

from pipeline.core.edition_store import edition_numbers
from pipeline.core.warehouse import open_warehouse
from tests.tools.pairs import HUNG, PERIODES, Start, pair, run_blank, whole


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return tmp_path


def test_the_second_run_of_a_half_year_waits_with_a_message(work: Path) -> None:
    half = PERIODES[0]
    outcomes, seen = pair([Start(half, 0.0, HUNG), Start(half, 0.5, HUNG)], work, "paar", run_blank)
    assert [outcome.code for outcome in outcomes] == [1, 1], [outcome.said for outcome in outcomes]
    waited = [outcome.said for outcome in outcomes if "deze run wacht daar hoogstens" in outcome.said]
    assert len(waited) == 1 and f"werkt al aan {half}" in waited[0] and "(proces " in waited[0]
    output = work / "output"
    assert edition_numbers(output, half) == (1, 2)
    assert whole(output, half, (1, 2)) == []
    assert seen.faults == [] and seen.queries > 0


def test_two_half_years_do_not_wait_for_each_other(tmp_path: Path) -> None:
    first, second = (tmp_path / str(half) / "warehouse.duckdb" for half in PERIODES)
    said = list[str]()
    with open_warehouse(first, 0.1, said.append) as one, open_warehouse(second, 0.1, said.append) as other:
        assert one.execute("select 1").fetchall() == other.execute("select 1").fetchall()
    assert said == []
