"""Stock and flow, the funnel per area, the breakdowns and what the COA supplied: SQL against plain Python."""

from typing import Any

import duckdb
from hypothesis import given
from hypothesis import strategies as st

from tests.recompute import shelter
from tests.recompute.account import accounts
from tests.recompute.delivery import STRANGERS, Population
from tests.recompute.population import (
    draw_afmeldingen,
    draw_deelpersonen,
    draw_koppelingen,
    draw_overzicht,
    draw_personen,
    worlds,
)
from tests.recompute.profile import populations_of
from tests.recompute.warehouse import built, differences, keys, rows

MODELS = (
    "metrics.opvang_stroom_persoon",
    "metrics.opvang_stroom",
    "metrics.opvang_stroom_uitsplitsing",
    "metrics.opvang_totaal",
    "metrics.opvang_uitsplitsing",
    "metrics.trechter_gebied",
    "metrics.koppelingen_gemeente",
)
# How metrics.trechter_gebied calls the places of the funnel.
PLACES = {
    "gekoppeld": "gekoppeld",
    "gekoppeld_binnen_norm": "binnen_norm",
    "gekoppeld_langer_dan_norm": "langer_dan_norm",
    "met_aanbod": "met_aanbod",
    "met_huurcontract": "met_huurcontract",
    "huisvesting": "huisvesting",
    "weken_1_4": "weken_1_4",
    "weken_5_13": "weken_5_13",
    "weken_14_26": "weken_14_26",
    "ernstig_vertraagd": "ernstig_vertraagd",
}


@st.composite
def _populations(draw: st.DrawFn) -> Population:
    here = draw(worlds())
    persons = draw_personen(draw, here)
    names = (*(person.persoon for person in persons), *STRANGERS)
    return Population(
        here,
        personen=persons,
        koppelingen=draw_koppelingen(draw, here, persons),
        afmeldingen=draw_afmeldingen(draw, here, names),
        overzicht=draw_overzicht(draw, here),
        deelpersonen=draw_deelpersonen(draw, here, names),
    )


@populations_of(500)
@given(_populations())
def test_the_opvang_and_its_supply_agree(people: Population) -> None:
    with built(people, MODELS) as con:
        _flow(con, people)
        _breakdown(con, people)
        _funnel(con, people)
        _supply(con, people)


def _flow(con: duckdb.DuckDBPyConnection, people: Population) -> None:
    parts = ", ".join(shelter.PARTS)
    flow = shelter.flow(people)
    found = rows(con, "metrics.opvang_stroom_persoon", f"sleutel, categorie, {parts}")
    named = [(keys()[key], *rest) for key, *rest in found]
    assert not differences(named, [(name, category, *numbers) for name, (category, numbers) in flow.items()])
    categories = {category: [0] * len(shelter.PARTS) for category in ("asiel", "nareis", "amv")}
    for category, numbers in flow.values():
        categories[category] = [so_far + more for so_far, more in zip(categories[category], numbers, strict=True)]
    expected = [(category, *numbers) for category, numbers in categories.items()]
    assert not differences(rows(con, "metrics.opvang_stroom", f"categorie, {parts}"), expected)
    per_class = [(*key, *numbers) for key, numbers in shelter.flow_breakdown(people).items()]
    found = rows(con, "metrics.opvang_stroom_uitsplitsing", f"dimensie, klasse, {parts}")
    assert not differences(found, per_class)


def _breakdown(con: duckdb.DuckDBPyConnection, people: Population) -> None:
    columns = "dimensie, klasse, personen, huishoudens, langer_dan_norm, langer_dan_norm_huishoudens"
    expected = [(*key, *numbers) for key, numbers in shelter.breakdown(people).items()]
    assert not differences(rows(con, "metrics.opvang_uitsplitsing", columns), expected)
    columns = (
        "personen, huishoudens, vergunning_langer_dan_norm, vergunning_langer_dan_norm_huishoudens, "
        "zonder_koppeling_langer_dan_norm, zonder_koppeling_langer_dan_norm_huishoudens"
    )
    assert rows(con, "metrics.opvang_totaal", columns) == [shelter.totals(people)]


def _funnel(con: duckdb.DuckDBPyConnection, people: Population) -> None:
    columns = ", ".join(name for place in PLACES.values() for name in (place, f"{place}_huishoudens"))
    expected: list[tuple[Any, ...]] = [
        (area, *(number for place in PLACES for number in places.get(place, (0, 0))))
        for area, places in shelter.funnel(people).items()
    ]
    found = [row for row in rows(con, "metrics.trechter_gebied", f"gebied, {columns}") if any(row[1:])]
    assert not differences(found, expected)


def _supply(con: duckdb.DuckDBPyConnection, people: Population) -> None:
    expected = []
    per_code = accounts(people)
    for code, (made, begin, available) in shelter.supply(people).items():
        own = per_code[code]
        verdict = "te_weinig_gehuisvest" if available >= own.corrected else "te_weinig_gekoppeld"
        expected.append((code, made, begin, available, "voldaan" if own.closing <= 0 else verdict))
    columns = "gemeentecode, gemaakt, begin, beschikbaar, oordeel"
    assert not differences(rows(con, "metrics.koppelingen_gemeente", columns), expected)
