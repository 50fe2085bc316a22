"""Rows under other numbers, and the two rows of one correction: which rows are what, on a handful of them."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import duckdb
import pytest

from pipeline.core.compare.renumbered import renumber
from pipeline.core.compare.rows import Rijen, corrected, count_rows
from pipeline.core.intake.contracts import load_contract
from pipeline.core.intake.extract import make_empty
from pipeline.core.warehouse import prepare

AFMELDINGEN, KOPPELINGEN, PERSONEN = "levering.coa_afmeldingen", "levering.coa_koppelingen", "levering.coa_personen"
DAY, LATER = date(2018, 3, 5), date(2018, 4, 9)


class Afmelding(NamedTuple):
    """A row of the ledger."""

    nummer: str
    persoon: str
    datum: date = DAY
    aantal: int = 1
    corrigeert: str | None = None
    gemeente: str = "GM0106"


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        prepare(con)
        for name in (AFMELDINGEN, KOPPELINGEN, PERSONEN):
            make_empty(con, load_contract(name.split(".")[1]))
            for side in ("oud", "nieuw"):
                con.execute(f"create table {side}_{name.split('.')[1]} as from {name}")
        yield con


def told(con: duckdb.DuckDBPyConnection, old: list[Afmelding], new: list[Afmelding]) -> tuple[Rijen, set[str], int]:
    """The rows by kind; the afmeldingen after the corrections; how many rows have another number."""
    for side, afmeldingen in (("oud", old), ("nieuw", new)):
        for one in afmeldingen:
            con.execute(
                f"""
                insert into {side}_coa_afmeldingen
                    (afmelding_id, persoon, datum, aantal, corrigeert, gemeentecode, soort)
                values (?, ?, ?, ?, ?, ?, 'regulier')
                """,
                one,
            )
    found = renumber(con, AFMELDINGEN, "oud_coa_afmeldingen", "nieuw_coa_afmeldingen")
    rows = count_rows(con, AFMELDINGEN, found.oud, "nieuw_coa_afmeldingen")
    query = corrected(AFMELDINGEN, found.oud, "nieuw_coa_afmeldingen", ())
    after = {f"{row[0]} {row[1]}" for row in con.execute(f"select afmelding_id, persoon from ({query})").fetchall()}
    return Rijen(rows.tabel, *row_counts(rows), found.rijen, found.dubbelzinnig), after, found.rijen


def row_counts(rows: Rijen) -> tuple[int, int, int, int]:
    return rows.gewijzigd, rows.vervallen, rows.aangevuld, rows.nieuw


def test_a_whole_extract_under_new_numbers(con: duckdb.DuckDBPyConnection) -> None:
    """Counted from the other end: every old number belongs to another person, and what is cited follows."""
    old = [Afmelding("1", "p"), Afmelding("2", "q"), Afmelding("3", "r"), Afmelding("4", "p", LATER, -1, "1")]
    new = [Afmelding("4", "p"), Afmelding("3", "q"), Afmelding("2", "r"), Afmelding("1", "p", LATER, -1, "4")]
    rows, after, moved = told(con, old, new)
    assert row_counts(rows) == (0, 0, 0, 0) and moved == 4 and rows.dubbelzinnig == 0
    assert after == {"4 p", "3 q", "2 r", "1 p"}


def test_one_row_under_a_new_number(con: duckdb.DuckDBPyConnection) -> None:
    rows, after, moved = told(
        con, [Afmelding("1", "p"), Afmelding("2", "q")], [Afmelding("1", "p"), Afmelding("9", "q")]
    )
    assert row_counts(rows) == (0, 0, 0, 0) and moved == 1 and rows.dubbelzinnig == 0
    assert after == {"1 p", "9 q"}


def test_a_changed_row_under_a_new_number_is_ambiguous(con: duckdb.DuckDBPyConnection) -> None:
    rows, after, moved = told(con, [Afmelding("1", "p")], [Afmelding("9", "p", LATER)])
    assert row_counts(rows) == (1, 0, 0, 0) and (moved, rows.dubbelzinnig) == (1, 1)
    assert after == {"9 p"}


def test_gone_and_late_of_different_persons_are_just_that(con: duckdb.DuckDBPyConnection) -> None:
    rows, after, moved = told(con, [Afmelding("1", "p")], [Afmelding("9", "q")])
    assert row_counts(rows) == (0, 1, 0, 1) and (moved, rows.dubbelzinnig) == (0, 0)
    assert after == set()


def test_another_person_under_the_same_number_is_a_change(con: duckdb.DuckDBPyConnection) -> None:
    rows, after, moved = told(con, [Afmelding("1", "p")], [Afmelding("1", "q")])
    assert row_counts(rows) == (1, 0, 0, 0) and (moved, rows.dubbelzinnig) == (0, 0)
    assert after == {"1 q"}


def test_a_number_that_was_given_away_is_gone_under_its_old_owner(con: duckdb.DuckDBPyConnection) -> None:
    """1 belonged to p, who is gone; it is the number of q now, who had 2."""
    rows, after, moved = told(con, [Afmelding("1", "p"), Afmelding("2", "q")], [Afmelding("1", "q")])
    assert row_counts(rows) == (0, 1, 0, 0) and (moved, rows.dubbelzinnig) == (1, 0)
    assert after == {"1 q"}


def test_more_rows_gone_than_came_of_one_person_is_ambiguous(con: duckdb.DuckDBPyConnection) -> None:
    old = [Afmelding("1", "p"), Afmelding("2", "p", LATER), Afmelding("3", "q")]
    rows, after, moved = told(con, old, [Afmelding("9", "p", date(2018, 6, 1)), Afmelding("3", "q")])
    assert row_counts(rows) == (0, 2, 0, 1) and (moved, rows.dubbelzinnig) == (0, 2)
    assert after == {"3 q"}


def test_both_rows_of_one_correction_are_the_correction(con: duckdb.DuckDBPyConnection) -> None:
    """Taken back in one municipality and entered in another; a second new afmelding of the person came in late."""
    pair = [Afmelding("2", "p", LATER, -1, "1"), Afmelding("3", "p", LATER, gemeente="GM0114")]
    late = [Afmelding("4", "p", date(2018, 6, 1)), Afmelding("5", "q")]
    rows, after, _ = told(con, [Afmelding("1", "p")], [Afmelding("1", "p"), *pair, *late])
    assert after == {"1 p", "2 p", "3 p"}
    assert row_counts(rows) == (0, 0, 0, 4)


def test_taking_back_what_is_new_itself_came_in_late(con: duckdb.DuckDBPyConnection) -> None:
    new = [Afmelding("1", "q"), Afmelding("2", "p"), Afmelding("3", "p", LATER, -1, "2"), Afmelding("4", "p", LATER)]
    _, after, _ = told(con, [Afmelding("1", "q")], new)
    assert after == {"1 q"}


def test_a_person_under_another_v_number_is_ambiguous(con: duckdb.DuckDBPyConnection) -> None:
    for side, person, year in (("oud", "p", 1980), ("nieuw", "q", 1980), ("oud", "r", 1990), ("nieuw", "s", 1991)):
        con.execute(
            f"insert into {side}_coa_personen (persoon, huishouden, geboortejaar) values (?, 'H1', ?)",
            [person, year],
        )
    found = renumber(con, PERSONEN, "oud_coa_personen", "nieuw_coa_personen")
    assert (found.rijen, found.dubbelzinnig, found.oud) == (0, 1, "oud_coa_personen")
