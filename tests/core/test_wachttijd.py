"""The Kaplan-Meier curves, bands and quantiles in SQL against `lifelines`, on random waits with ties and censoring; and
the same bytes on any number of threads.
"""

import math
import random
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from lifelines import KaplanMeierFitter
from lifelines.utils import qth_survival_times

from pipeline.core.periods import Periode
from pipeline.core.sealed import seal
from tests.support import build_with_inputs, empty_warehouse

TOLERANCE = 1e-9
# A share that still waits, and how the model calls the day on which the curve comes down to it.
QUANTILES = {0.75: "kwartiel_1", 0.5: "mediaan", 0.25: "kwartiel_3"}
# One wait: its days, and whether it ended in what was waited for.
Wait = tuple[int, bool]


def _random_waits(seed: int) -> list[Wait]:
    dice = random.Random(seed)
    size = dice.choice([1, 2, 3, 7, 40, 400, 3000])
    days = dice.choice([1, 4, 30, 200, 730])
    censored = dice.choice([0.0, 0.1, 0.5, 0.9, 1.0])
    return [(dice.randrange(days), dice.random() >= censored) for _ in range(size)]


def _build(con: duckdb.DuckDBPyConnection, waits: list[Wait]) -> None:
    rows = [(day, number, number if reached else 0) for (day, reached), number in sorted(Counter(waits).items())]
    con.execute(
        """
        create or replace table metrics.wachttijd_cel (
            traject varchar, cohort date, categorie varchar, grootte tinyint, grond varchar, screening varchar,
            nabij varchar, dag bigint, aantal bigint, bereikt bigint, bereikt_halfjaar bigint
        )
        """
    )
    # One statement for all rows: one for each takes longer than the model.
    con.execute(
        """
        insert into metrics.wachttijd_cel
        select
            'vergunning_koppeling', date '2016-01-01', 'asiel', 1, null, null, null, dag, aantal, bereikt, bereikt
        from (select unnest($1) as dag, unnest($2) as aantal, unnest($3) as bereikt)
        """,
        [list(column) for column in zip(*rows, strict=True)],
    )
    build_with_inputs(con, "metrics.wachttijd", {"metrics.wachttijd_cel"})


def _curve(con: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return con.execute(
        """
        select dag, wachtend, bereikt, gecensureerd, overleving, ondergrens, bovengrens
        from metrics.wachttijd_curve
        where traject = 'vergunning_koppeling' and groepsoort = 'totaal'
        order by dag
        """
    ).fetchall()


def _quantiles(con: duckdb.DuckDBPyConnection, name: str) -> tuple[float, ...]:
    query = f"""
        select {name}, {name}_ondergrens, {name}_bovengrens
        from metrics.wachttijd
        where traject = 'vergunning_koppeling' and groepsoort = 'totaal'
    """
    return tuple(math.inf if day is None else float(day) for day in con.execute(query).fetchall()[0])


def _nudged(column: pd.Series) -> pd.Series:
    """A curve of lifelines with values that are a quantile on paper put on it: lifelines compares doubles as is."""
    for quantile in QUANTILES:
        column = column.where((column - quantile).abs() > TOLERANCE, quantile)
    return column


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    return empty_warehouse(Periode(2016, 1))


@pytest.mark.parametrize("seed", range(60))
def test_as_lifelines_has_it(con: duckdb.DuckDBPyConnection, seed: int) -> None:
    waits = _random_waits(seed)
    _build(con, waits)
    fitter = KaplanMeierFitter().fit([day for day, _ in waits], [reached for _, reached in waits])
    found = pd.DataFrame(
        _curve(con), columns=["dag", "wachtend", "bereikt", "gecensureerd", "overleving", "ondergrens", "bovengrens"]
    ).set_index("dag")

    # lifelines begins every curve at 0, whether or not somebody stopped waiting then.
    table = fitter.event_table.loc[found.index]
    assert (table["observed"] == found["bereikt"]).all()
    assert (table["censored"] == found["gecensureerd"]).all()
    assert (table["at_risk"] == found["wachtend"]).all()
    curves = fitter.survival_function_.join(fitter.confidence_interval_).loc[found.index]
    difference = np.abs(curves.to_numpy() - found[["overleving", "ondergrens", "bovengrens"]].to_numpy())
    assert difference.max() < TOLERANCE

    whole = fitter.survival_function_.join(fitter.confidence_interval_).apply(_nudged)
    for quantile, name in QUANTILES.items():
        expected = tuple(float(qth_survival_times(quantile, whole[column])) for column in whole)
        assert _quantiles(con, name) == expected, (quantile, name)


def test_the_random_waits_hold_what_matters() -> None:
    """Ties of an end in view and one out of view, nobody reached, everybody reached, exact halves."""
    samples = [_random_waits(seed) for seed in range(60)]
    assert any(all(reached for _, reached in waits) and len(waits) > 1 for waits in samples)
    assert any(not any(reached for _, reached in waits) for waits in samples)
    assert any({(day, True), (day, False)} <= set(waits) for waits in samples for day, _ in waits)
    assert any((0, True) in waits for waits in samples)


def test_the_same_bytes_on_any_number_of_threads(tmp_path: Path) -> None:
    written = set()
    for threads in (1, 2, 2, 4):
        with empty_warehouse(Periode(2016, 1)) as con:
            con.execute(f"set threads = {threads}")
            seal(con, tmp_path)
            dice = random.Random(7)
            _build(con, [(int(dice.paretovariate(0.4)) % 700, dice.random() < 0.6) for _ in range(20_000)])
            path = tmp_path / f"{len(list(tmp_path.iterdir()))}.csv"
            con.execute(
                f"copy (from metrics.wachttijd_curve order by traject, groepsoort, groep, dag) to '{path}' (format csv)"
            )
            written.add(path.read_bytes())
    assert len(written) == 1


@pytest.mark.parametrize("size", [2, 6, 10, 14, 22, 98, 730])
def test_an_exact_half_counts_as_reached(con: duckdb.DuckDBPyConnection, size: int) -> None:
    """`size` waits end one a day: after half of the days exactly half still waits."""
    _build(con, [(day, True) for day in range(1, size + 1)])
    assert _quantiles(con, "mediaan")[0] == size // 2


def test_ten_million_without_a_half_too_early(con: duckdb.DuckDBPyConnection) -> None:
    """One short of a half in ten million is not a half: the tolerance is far below one person."""
    con.execute("delete from metrics.wachttijd_cel")
    con.execute(
        """
        insert into metrics.wachttijd_cel
        select 'vergunning_koppeling', '2016-01-01', 'asiel', 1, null, null, null, dag, aantal, aantal, 0
        from (values (3, 4999999), (5, 1), (8, 5000000)) as waits (dag, aantal)
        """
    )
    build_with_inputs(con, "metrics.wachttijd", {"metrics.wachttijd_cel"})
    assert _quantiles(con, "mediaan")[0] == 5
