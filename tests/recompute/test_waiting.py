"""Opvang, funnel, waiting times and kansrijk koppelen: SQL against plain Python."""

from math import isclose
from typing import Any

import duckdb
from hypothesis import given
from hypothesis import strategies as st

from tests.recompute import shelter, waiting
from tests.recompute.delivery import STRANGERS, Population
from tests.recompute.population import (
    draw_deelpersonen,
    draw_koppelingen,
    draw_personen,
    worlds,
)
from tests.recompute.profile import populations_of
from tests.recompute.warehouse import built, differences, keys, rows

MODELS = ("metrics.opvang_persoon", "metrics.wachttijd_curve", "metrics.wachttijd", "metrics.kansrijk")
TOLERANCE = 1e-9


@st.composite
def _populations(draw: st.DrawFn) -> Population:
    here = draw(worlds())
    persons = draw_personen(draw, here)
    names = (*(person.persoon for person in persons), *STRANGERS)
    return Population(
        here,
        personen=persons,
        koppelingen=draw_koppelingen(draw, here, persons),
        deelpersonen=draw_deelpersonen(draw, here, names),
    )


@populations_of(500)
@given(_populations())
def test_the_opvang_and_the_waiting_times_agree(people: Population) -> None:
    with built(people, MODELS) as con:
        _opvang(con, people)
        times = waiting.groups(people)
        _curves(con, times)
        _times(con, people, times)
        _near(con, people)


def _opvang(con: duckdb.DuckDBPyConnection, people: Population) -> None:
    expected = [
        (
            row.person.name,
            row.person.household,
            row.household,
            row.person.category,
            row.person.nationality,
            row.person.shelter,
            row.person.shelter_kind,
            row.person.permit,
            row.person.arrival,
            row.person.entry,
            *_of_link(row),
            row.running,
            row.since_link,
            row.since_permit,
            row.since_arrival,
            row.stand,
        )
        for row in shelter.sheltered(people)
    ]
    columns = (
        "sleutel, huishouden, huishoudgrootte, categorie, nationaliteit, opvanggemeentecode, opvangvorm, vergunning, "
        "aankomst, instroom, koppeling_id, gemeentecode, koppeling, aanbod_geldig, huurcontract, koppelingsgrond, "
        "arbeidsmarktscreening, reden_vertraging, lopende_koppelingen, dagen_koppeling, dagen_vergunning, "
        "dagen_opvang, stand"
    )
    found = rows(con, "metrics.opvang_persoon", columns)
    named = [(keys()[person], keys()[household], *rest) for person, household, *rest in found]
    assert not differences(named, expected)


def _of_link(row: shelter.Sheltered) -> tuple[Any, ...]:
    link = row.link
    if link is None:
        return (None,) * 8
    return (
        link.mark,
        link.code,
        link.start,
        link.valid_offer,
        link.contract,
        link.ground,
        link.screening,
        link.delay,
    )


def _curves(con: duckdb.DuckDBPyConnection, times: dict[tuple[str, str, str], waiting.Times]) -> None:
    columns = "traject, groepsoort, groep, dag, wachtend, bereikt, gecensureerd, overleving, ondergrens, bovengrens"
    found = {row[:4]: row[4:] for row in rows(con, "metrics.wachttijd_curve", columns)}
    expected = {
        (*key, step.day): (step.waiting, step.reached, step.censored, step.survival, step.low, step.high)
        for key, of_group in times.items()
        for step in of_group.steps
    }
    assert found.keys() == expected.keys()
    for key, values in expected.items():
        assert found[key][:3] == values[:3], key
        close = (isclose(one, other, abs_tol=TOLERANCE) for one, other in zip(found[key][3:], values[3:], strict=True))
        assert all(close), (key, found[key], values)


def _times(
    con: duckdb.DuckDBPyConnection, people: Population, times: dict[tuple[str, str, str], waiting.Times]
) -> None:
    columns = (
        "traject, groepsoort, groep, aantal, bereikt, mediaan, mediaan_ondergrens, mediaan_bovengrens, kwartiel_1, "
        "kwartiel_1_ondergrens, kwartiel_1_bovengrens, kwartiel_3, kwartiel_3_ondergrens, kwartiel_3_bovengrens, "
        "bereikt_halfjaar, dagen_halfjaar"
    )
    expected = []
    for key, of_group in times.items():
        quantiles = [
            of_group.quantile(what, share) for share in (0.5, 0.75, 0.25) for what in ("survival", "low", "high")
        ]
        delivered = bool(people.koppelingen) or key[0] == "vergunning_huisvesting"
        delivered &= bool(people.personen) or key[0].startswith("koppeling")
        counts = (of_group.number, of_group.reached) if delivered else (None, None)
        average = (of_group.reached_in_half_year, of_group.days_in_half_year) if delivered else (None, None)
        expected.append((*key, *counts, *quantiles, *average))
    assert not differences(rows(con, "metrics.wachttijd", columns), expected)


def _near(con: duckdb.DuckDBPyConnection, people: Population) -> None:
    columns = "groepsoort, groep, koppelingen, met_opvang, opvanggemeente, opvangregio"
    expected = [
        (*key, *(counts if people.koppelingen else (None,) * 4))
        for key, counts in waiting.near_reception(people).items()
    ]
    assert not differences(rows(con, "metrics.kansrijk", columns), expected)
