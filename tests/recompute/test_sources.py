"""Reconciliation of COA, municipalities and IND, nareis and supervision: SQL against plain Python."""

from fractions import Fraction
from typing import Any

import duckdb
from hypothesis import given
from hypothesis import strategies as st

from tests.recompute import sources
from tests.recompute.delivery import STRANGERS, Population
from tests.recompute.population import (
    draw_afmeldingen,
    draw_besluiten,
    draw_deelpersonen,
    draw_delen,
    draw_earlier,
    draw_eerder_toezicht,
    draw_meldingen,
    draw_nareis,
    draw_overzicht,
    draw_personen,
    draw_toezicht,
    worlds,
)
from tests.recompute.profile import populations_of
from tests.recompute.warehouse import built, differences, keys, rows

MODELS = (
    "metrics.plaatsing",
    "metrics.aansluiting_persoon",
    "metrics.aansluiting_gemeente",
    "metrics.aansluiting_gebied",
    "metrics.aansluiting_ind",
    "metrics.aansluiting_vertraging",
    "metrics.vergunning_verschil",
    "metrics.nareis_halfjaar",
    "metrics.toezicht",
    "staging.nareis",
)
# Columns of the account of a municipality that its own list decides, and that need it.
OWN_COLUMNS = ("andere_gemeente_gemeld", "late_afmelding", "dubbel_gemeld", "buiten_halfjaar")
OF_BOTH = ("gelijk", "andere_datum", "gemeente_ander_halfjaar", "alleen_coa", *sources.OWN_CLASSES)


@st.composite
def _populations(draw: st.DrawFn) -> Population:
    here = draw(worlds())
    persons = draw_personen(draw, here)
    names = (*(person.persoon for person in persons), *STRANGERS)
    ledger = draw_afmeldingen(draw, here, names)
    lists, reports = draw_meldingen(draw, here, names, ledger)
    balances, _, _ = draw_earlier(draw, here)
    return Population(
        here,
        personen=persons,
        afmeldingen=ledger,
        overzicht=draw_overzicht(draw, here),
        lijsten=lists,
        meldingen=reports,
        besluiten=draw_besluiten(draw, here, persons),
        nareis=draw_nareis(draw, here, names),
        toezicht=draw_toezicht(draw, here),
        delen=draw_delen(draw, here),
        deelpersonen=draw_deelpersonen(draw, here, names),
        eindsaldi=balances,
        eerder_toezicht=draw_eerder_toezicht(draw, balances),
    )


@populations_of(500)
@given(_populations())
def test_the_sources_agree(people: Population) -> None:
    with built(people, MODELS) as con:
        _persons(con, people)
        _municipalities(con, people)
        _permits(con, people)
        _rest(con, people)


def _named(found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [(keys()[key], *rest) for key, *rest in found]


def _persons(con: duckdb.DuckDBPyConnection, people: Population) -> None:
    placed = [(name, entry.code, entry.day) for name, entry in sources.placed(people).items()]
    assert not differences(_named(rows(con, "metrics.plaatsing", "sleutel, gemeentecode, datum")), placed)
    columns = (
        "sleutel, klasse, coa_gemeentecode, coa_datum, gemeld_gemeentecode, gemeld_datum, dagen, meldingen, in_opvang, "
        "bij_ind, dagen_ind"
    )
    expected = [
        (
            row.name,
            row.klasse,
            row.placed.code if row.placed else None,
            row.placed.day if row.placed else None,
            row.code,
            row.day,
            row.delay,
            row.reports,
            row.in_opvang,
            row.at_ind,
            row.delay_ind,
        )
        for row in sources.compared(people)
        if people.afmeldingen
    ]
    assert not differences(_named(rows(con, "metrics.aansluiting_persoon", columns)), expected)


def _municipalities(con: duckdb.DuckDBPyConnection, people: Population) -> None:
    columns = (
        "gemeentecode, geplaatst, gemeld, andere_gemeente, gemeente_leverde_niet, realisatie, verschil, "
        f"realisatie_eigen_telling, vertraging_mediaan, {', '.join((*OWN_COLUMNS, *OF_BOTH))}"
    )
    lines = sources.lines(people)
    expected: list[tuple[Any, ...]] = []
    for code, line in lines.items():
        if not people.afmeldingen:
            expected.append((code, *[None] * (8 + len(OWN_COLUMNS) + len(OF_BOTH))))
            continue
        told = line.own["gemeld"] if line.has_list else None
        more = told - line.placed if told is not None else None
        expected.append(
            (
                code,
                line.placed,
                told,
                line.classes["andere_gemeente"] if people.lijsten else None,
                line.classes["gemeente_leverde_niet"] if people.lijsten else None,
                line.realised,
                more,
                line.realised + more if more is not None else None,
                sources.middle(list(line.delays)),
                *(line.own[column] if line.has_list else None for column in OWN_COLUMNS),
                *(line.classes[column] if line.has_list else None for column in OF_BOTH),
            )
        )
    assert not differences(_exact(rows(con, "metrics.aansluiting_gemeente", columns), 8), expected)
    _areas(con, people, lines)


def _areas(con: duckdb.DuckDBPyConnection, people: Population, lines: dict[str, sources.Line]) -> None:
    columns = (
        "gebied, geleverd, niet_geleverd, geplaatst, gemeld, realisatie_eigen_telling, verschil, vertraging_mediaan, "
        f"andere_gemeente, gemeente_leverde_niet, {', '.join(OF_BOTH)}"
    )
    expected: list[tuple[Any, ...]] = []
    for area, codes in people.world.gebieden().items():
        of_area = [lines[code] for code in codes]
        listed = [line for line in of_area if line.has_list]
        counts = (len(listed), len(of_area) - len(listed)) if people.lijsten else (None, None)
        if not people.afmeldingen:
            expected.append((area, *counts, *[None] * (7 + len(OF_BOTH))))
            continue
        more = sum(line.own["gemeld"] - line.placed for line in listed)
        delays = [delay for line in of_area for delay in line.delays]
        expected.append(
            (
                area,
                *counts,
                sum(line.placed for line in of_area),
                sum(line.own["gemeld"] for line in listed) if listed else None,
                sum(line.realised for line in of_area) + more if listed else None,
                more if listed else None,
                sources.middle(delays),
                *(
                    sum(line.classes[column] for line in of_area) if people.lijsten else None
                    for column in ("andere_gemeente", "gemeente_leverde_niet")
                ),
                *(sum(line.classes[column] for line in listed) if listed else None for column in OF_BOTH),
            )
        )
    assert not differences(_exact(rows(con, "metrics.aansluiting_gebied", columns), 7), expected)


def _exact(found: list[tuple[Any, ...]], place: int) -> list[tuple[Any, ...]]:
    """The median as a fraction, to compare it exactly."""
    return [
        (*row[:place], Fraction(row[place]) if row[place] is not None else None, *row[place + 1 :]) for row in found
    ]


def _permits(con: duckdb.DuckDBPyConnection, people: Population) -> None:
    columns = "sleutel, verschil, dagen, in_opvang, nareis_verwacht"
    assert not differences(
        _named(rows(con, "metrics.vergunning_verschil", columns)), sources.permit_differences(people)
    )
    columns = "groep, personen, gelijk, andere_datum, ingetrokken, onbekend"
    assert not differences(rows(con, "metrics.aansluiting_ind", columns), sources.ind_groups(people))


def _rest(con: duckdb.DuckDBPyConnection, people: Population) -> None:
    relatives = [(name, state) for name, state, *_ in sources.relatives(people)]
    assert not differences(_named(rows(con, "staging.nareis", "sleutel, stand")), relatives)
    per_half_year = [(day, *counts) for day, counts in sources.relatives_by_half_year(people).items()]
    columns = "halfjaar, toegelaten, aangekomen, verwacht"
    assert not differences(rows(con, "metrics.nareis_halfjaar", columns), per_half_year)
    columns = "gemeentecode, halfjaren_achter, ondergrens, toezicht_datum, trede, verschoonbaar"
    assert not differences(rows(con, "metrics.toezicht", columns), sources.supervision(people))
