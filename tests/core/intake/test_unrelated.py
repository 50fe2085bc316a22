"""A person who has nothing to do with the others: what is known of them stays as it is, and so do their figures."""

from decimal import Decimal
from pathlib import Path
from random import Random

import duckdb
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipeline.core.config import store_delivery
from pipeline.core.intake.intake import read_levering
from pipeline.core.periods import Periode
from pipeline.core.warehouse import build_all
from tests.core.intake.manypeople import Row, lay, names, v_number
from tests.support import empty_warehouse

HALF = Periode(2016, 1)
STRANGER = v_number(8000)
Figures = dict[tuple[str, str], object]
Built = tuple[Figures, duckdb.DuckDBPyConnection]


def build(folder: Path, more: dict[str, Row]) -> Built:
    """The register of figures of the delivery with the rows `more`, and the warehouse."""
    con = empty_warehouse(HALF)
    result = read_levering(con, lay(folder, Random(0), more), HALF)
    store_delivery(con, voorbeeld=result.voorbeeld)
    build_all(con)
    rows = con.execute("select cijfer_id, gebied, waarde from report.cijfers").fetchall()
    return {(figure, area): value for figure, area, value in rows}, con


def stranger(gemeente: str, month: int, *, housed: bool) -> dict[str, Row]:
    """Somebody in the opvang of a gemeente, linked to it, perhaps housed there; alone in the household."""
    rows: dict[str, Row] = {
        "coa/personen.csv": (STRANGER, "H8000", "1990", "Iraakse", "asiel", "01-10-2015", "01-05-2015", "azc", gemeente,
                             "azc", "", ""),
        "coa/koppelingen.csv": ("K8000", STRANGER, gemeente, "15-10-2015", "", "", "01-12-2015", "", "", "", "",
                                "werk", "nee", "", ""),
        "ind/vergunningen.csv": (STRANGER, "01-10-2015", "verlening", "asiel"),
    }  # fmt: skip
    if housed:
        rows["coa/afmeldingen.csv"] = ("A8000", STRANGER, gemeente, f"15-{month:02}-2016", "1", "regulier", "")
    return rows


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("zonder"), {})


def areas_of(con: duckdb.DuckDBPyConnection, code: str) -> set[str]:
    query = "select gebied from metrics.gebied_gemeente where gemeentecode = ?"
    return {area for (area,) in con.execute(query, [code]).fetchall()}


def changed(before: Figures, after: Figures) -> set[tuple[str, str]]:
    missing = object()
    return {key for key in before.keys() | after.keys() if before.get(key, missing) != after.get(key, missing)}


@given(place=st.integers(0, len(names()) - 1), month=st.integers(1, 6), housed=st.booleans())
@settings(max_examples=3, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_only_areas_with_the_gemeente_of_a_stranger_change(
    without: Built, tmp_path_factory: pytest.TempPathFactory, place: int, month: int, housed: bool
) -> None:
    name, code = names()[place]
    before, con = without
    after, _ = build(tmp_path_factory.mktemp("met"), stranger(name, month, housed=housed))
    keys = changed(before, after)
    assert {area for _, area in keys} <= areas_of(con, code)
    if housed:
        for area in areas_of(con, code):
            assert number(after, area) == number(before, area) + 1
    else:
        assert not any("realisatie" in figure for figure, _ in keys)


def number(figures: Figures, area: str) -> int:
    return int(Decimal(str(figures["realisatie.totaal", area])))


@pytest.fixture(scope="module")
def with_one(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("een"), stranger("Assen", 3, housed=True))


@pytest.mark.parametrize("table", ["coa_personen", "coa_koppelingen", "coa_afmeldingen", "ind_vergunningen"])
def test_what_is_known_of_others_stays(table: str, without: Built, with_one: Built) -> None:
    """One row more, and all other rows as they were."""
    before, after = (set(built[1].execute(f"from levering.{table}").fetchall()) for built in (without, with_one))
    assert (len(after - before), before - after) == (1, set())
