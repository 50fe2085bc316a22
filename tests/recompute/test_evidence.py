"""The rows behind every figure add up to it: `sql/bewijs` against the register, for every figure and area.

A second way to each number, over random populations with everything that is delivered: divided municipalities,
corrections, persons whom only one source knows, extracts that are not there.
"""

from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.explain.evidence import Formule, Rijen, lists, make_lists, tally, way_back, worked_out
from tests.recompute.delivery import STRANGERS, Population
from tests.recompute.population import (
    draw_aankondigingen,
    draw_afmeldingen,
    draw_besluiten,
    draw_deelpersonen,
    draw_delen,
    draw_earlier,
    draw_eerder_toezicht,
    draw_koppelingen,
    draw_meldingen,
    draw_nareis,
    draw_overzicht,
    draw_personen,
    draw_toezicht,
    worlds,
)
from tests.recompute.profile import populations_of
from tests.recompute.warehouse import built

Register = dict[str, dict[str, Decimal | None]]


@st.composite
def _populations(draw: st.DrawFn) -> Population:
    here = draw(worlds())
    persons = draw_personen(draw, here)
    names = (*(person.persoon for person in persons), *STRANGERS)
    ledger = draw_afmeldingen(draw, here, names)
    lists_, reports = draw_meldingen(draw, here, names, ledger)
    balances, posts, figures = draw_earlier(draw, here)
    return Population(
        here,
        personen=persons,
        koppelingen=draw_koppelingen(draw, here, persons),
        afmeldingen=ledger,
        overzicht=draw_overzicht(draw, here),
        lijsten=lists_,
        meldingen=reports,
        besluiten=draw_besluiten(draw, here, persons),
        nareis=draw_nareis(draw, here, names),
        toezicht=draw_toezicht(draw, here),
        aankondigingen=draw_aankondigingen(draw, here),
        delen=draw_delen(draw, here),
        deelpersonen=draw_deelpersonen(draw, here, names),
        eindsaldi=balances,
        boekposten=posts,
        cijfers=figures,
        eerder_toezicht=draw_eerder_toezicht(draw, balances),
    )


@populations_of(4)
@given(_populations())
def test_the_rows_add_up_to_the_figures(people: Population) -> None:
    with built(people, ("report.cijfers", "report.gebieden")) as con:
        make_lists(con, *lists(), stored=True)
        assert unequal(con) == []


def unequal(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, Decimal | None, Decimal | None]]:
    """Figure, area, value and outcome where rows or formula do not give the figure.

    Rows are not asked of a figure without a value: what was not delivered is n.v.t., whatever rows there are.
    """
    found = []
    for cijfer_id, values in register(con).items():
        way = way_back(cijfer_id)
        if isinstance(way, Formule):
            outcomes = worked_out(con, way)
            found += [
                (cijfer_id, area, value, outcomes[area]) for area, value in values.items() if outcomes[area] != value
            ]
        else:
            sums = tally(con, way)
            found += [
                (cijfer_id, area, value, sums[area].waarde)
                for area, value in values.items()
                if value is not None and sums[area].waarde != value
            ]
    return found


def register(con: duckdb.DuckDBPyConnection) -> Register:
    """The value of every figure per area."""
    values: Register = {}
    for cijfer_id, area, value in con.execute("select cijfer_id, gebied, waarde from report.cijfers").fetchall():
        values.setdefault(cijfer_id, {})[area] = value
    return values


@pytest.mark.parametrize(
    ("cijfer_id", "lijst"),
    [("koppelingen.langer_dan_norm", "opvang"), ("realisatie.totaal", "realisatie"), ("stand.achter", "gemeenten")],
)
def test_a_count_is_made_of_rows(cijfer_id: str, lijst: str) -> None:
    way = way_back(cijfer_id)
    assert isinstance(way, Rijen)
    assert way.lijst == lijst
