"""Taakstelling, realisatie, saldo, both books, the controls and the outlook: SQL against plain Python."""

from decimal import Decimal
from typing import Any

import duckdb
from hypothesis import given
from hypothesis import strategies as st

from tests.recompute import account
from tests.recompute.delivery import STRANGERS, Population
from tests.recompute.population import (
    draw_aankondigingen,
    draw_afmeldingen,
    draw_deelpersonen,
    draw_delen,
    draw_earlier,
    draw_overzicht,
    draw_personen,
    worlds,
)
from tests.recompute.profile import populations_of
from tests.recompute.warehouse import built, differences, rows

MODELS = (
    "metrics.taakstelling",
    "metrics.taakstelling_gebied",
    "metrics.realisatie_gebied_maand",
    "metrics.boekhouding_per_halfjaar",
    "metrics.boekhouding",
    "metrics.verschuivingen",
    "metrics.verdeling",
    "metrics.vooruitblik",
)


@st.composite
def _populations(draw: st.DrawFn) -> Population:
    here = draw(worlds())
    persons = draw_personen(draw, here)
    names = (*(person.persoon for person in persons), *STRANGERS)
    balances, posts, figures = draw_earlier(draw, here)
    return Population(
        here,
        personen=persons,
        afmeldingen=draw_afmeldingen(draw, here, names),
        overzicht=draw_overzicht(draw, here),
        aankondigingen=draw_aankondigingen(draw, here),
        delen=draw_delen(draw, here),
        deelpersonen=draw_deelpersonen(draw, here, names),
        eindsaldi=balances,
        boekposten=posts,
        cijfers=figures,
    )


@populations_of(500)
@given(_populations())
def test_the_account_agrees(people: Population) -> None:
    with built(people, MODELS) as con:
        _municipalities(con, people)
        _areas(con, people)
        _books(con, people)
        _rest(con, people)


def _municipalities(con: duckdb.DuckDBPyConnection, people: Population) -> None:
    columns = "gemeentecode, taakstelling, saldo_begin, gecorrigeerd, realisatie, eindsaldo, percentage, stand, klasse"
    expected = [
        (m.code, m.task, m.opening, m.corrected, m.realised, m.closing, m.percentage, m.stand, m.klasse)
        for m in account.accounts(people).values()
    ]
    assert not differences(rows(con, "metrics.taakstelling", columns), expected)


def _areas(con: duckdb.DuckDBPyConnection, people: Population) -> None:
    areas = account.areas(people)
    columns = (
        "gebied, taakstelling, saldo_begin, gecorrigeerd, realisatie, eindsaldo, begin_achterstand, begin_voorsprong, "
        "achterstand, voorsprong, gemeenten, achter, exact, voor, op_schema, enigszins_achter, klasse_achter, "
        "nulgehuisvest, inwoners"
    )
    expected = [
        (
            name,
            *(area.total(what) for what in ("task", "opening", "corrected", "realised", "closing")),
            *(area.above("opening"), area.below("opening"), area.above("closing"), area.below("closing")),
            len(area.members),
            *(area.number("stand", stand) for stand in ("achter", "exact", "voor")),
            *(area.number("klasse", klasse) for klasse in ("op_schema", "enigszins_achter", "achter")),
            area.number("nobody", True),
            area.inhabitants,
        )
        for name, area in areas.items()
    ]
    assert not differences(rows(con, "metrics.taakstelling_gebied", columns), expected)
    months: list[tuple[Any, ...]] = []
    for name, area in areas.items():
        per_month = area.months()
        months += [
            (name, month, per_month[month - 1], sum(per_month[:month]), area.total("corrected"))
            for month in range(1, 7)
        ]
    columns = "gebied, maand, realisatie, cumulatief, gecorrigeerd"
    assert not differences(rows(con, "metrics.realisatie_gebied_maand", columns), months)


def _books(con: duckdb.DuckDBPyConnection, people: Population) -> None:
    now = str(people.world.periode)
    posts: list[tuple[Any, ...]] = []
    lines: list[tuple[Any, ...]] = []
    for code, (open_posts, ahead) in account.book(people).items():
        posts += [(code, half_year, number, 0) for half_year, number in open_posts.items()]
        posts += [(code, None, 0, ahead)] if ahead else []
        older = sum(number for half_year, number in open_posts.items() if half_year != now)
        lines.append((code, older, open_posts.get(now, 0), ahead))
    columns = "gemeentecode, halfjaar, open_personen, voorsprong"
    assert not differences(rows(con, "metrics.boekhouding_per_halfjaar", columns), posts)
    columns = "gemeentecode, open_ouder, open_eigen, voorsprong"
    assert not differences(rows(con, "metrics.boekhouding", columns), lines)


def _rest(con: duckdb.DuckDBPyConnection, people: Population) -> None:
    shifts = rows(con, "metrics.verschuivingen", "richting, rang, gemeentecode, verandering")
    assert not differences(shifts, account.shifts(people))
    controls = rows(con, "metrics.verdeling", "gemeentecode, gepubliceerd, artikel_29, adams")
    assert not differences(controls, account.controls(people))
    columns = "afstand, periode, prognose_eerste, prognose, taakstelling_eerste, taakstelling, herzieningen, realisatie"
    assert rows(con, "metrics.vooruitblik order by afstand", columns) == account.outlook(people)


def test_rounding_is_half_away_from_zero() -> None:
    assert [account.percentage(part, 2000) for part in (1, -1, 3, 0)] == [
        Decimal("0.1"),
        Decimal("-0.1"),
        Decimal("0.2"),
        Decimal(0),
    ]
