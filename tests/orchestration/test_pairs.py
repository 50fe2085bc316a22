"""Two real runs of one half-year at once: the second waits, says so, and makes its own edition; a reader reads on.

What is typeset here is a blank page; `make paren` starts many whole runs in pairs at random offsets.
"""

from importlib import import_module
from pathlib import Path

import pikepdf
import pytest

from pipeline.core.document.meta import DocumentMeta
from pipeline.core.edition_store import edition_numbers
from pipeline.core.editions import documents
from pipeline.core.warehouse import open_warehouse
from tests.tools.pairs import HUNG, PERIODES, Start, pair, run, whole


def blank(_con: object, meta: DocumentMeta, folder: Path) -> list[Path]:
    """In the place of the report: a blank page, the same bytes each time."""
    place = folder / documents(meta.periode)[0]
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(place, static_id=True)
    return [place]


def run_blank(start: Start, delivery: Path, work: Path, name: str) -> None:
    import_module("pipeline.core.editions").__dict__["_render"] = blank
    run(start, delivery, work, name)


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
