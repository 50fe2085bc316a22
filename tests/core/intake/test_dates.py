"""Dates: only what is one day to every reader, and only days that exist."""

from datetime import date

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.intake.contracts import DATE_FORMS, USUAL_DATES
from pipeline.core.intake.dates import (
    MONTH_FIRST,
    SERIAL_START,
    date_reason,
    date_value,
    proves_day_first,
    proves_month_first,
    two_days,
)

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip


START = f"date '1899-12-30' as {SERIAL_START}"


def read(
    con: duckdb.DuckDBPyConnection, text: str, forms: tuple[str, ...] = DATE_FORMS, *, month_first: bool = False
) -> date | None:
    """The day that is read, None when it is refused."""
    row = f"select cast($1 as varchar) as x, {month_first} as {MONTH_FIRST}, {START}"
    query = f"select {date_value('x', forms)} from ({row})"
    found = con.execute(query, [text]).fetchall()[0][0]
    assert found is None or isinstance(found, date)
    return found


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_in_every_spelling(con: duckdb.DuckDBPyConnection, day: date) -> None:
    spellings = [
        day.strftime("%d-%m-%Y"),
        f"{day.day}-{day.month}-{day.year}",
        day.isoformat(),
        f"{day.isoformat()} 00:00:00",
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        f"{day.day} {MONTHS[day.month - 1].upper()} {day.year}",
        day.strftime("%d/%m/%Y"),
    ]
    query = (
        f"select distinct {date_value('x', DATE_FORMS)} from (select unnest($1) as x, false as {MONTH_FIRST}, {START})"
    )
    assert con.execute(query, [spellings]).fetchall() == [(day,)]


@given(st.integers(36526, 54788))
def test_serial_numbers_are_those_of_excel(con: duckdb.DuckDBPyConnection, serial: int) -> None:
    day = read(con, str(serial))
    assert day is not None and (day - date(1899, 12, 30)).days == serial
    assert read(con, str(serial), USUAL_DATES) is None


@given(st.text("0123456789-/ .:T", max_size=12))
def test_what_is_read_is_written_so(con: duckdb.DuckDBPyConnection, text: str) -> None:
    """Nothing is guessed: whatever is read as a day, spelled again in that form, is the text."""
    day = read(con, text, USUAL_DATES)
    if day is not None:
        start = text.split(" ")[0].split("T")[0]
        days, months = (day.day, f"{day.day:02d}"), (day.month, f"{day.month:02d}")
        dashes = {f"{first}-{second}-{day.year:04d}" for first in days for second in months}
        assert start in dashes | {day.isoformat()}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("30-02-2016", "is een dag die niet bestaat."),
        ("2016-02-30", "is een dag die niet bestaat."),
        ("31-04-2016", "is een dag die niet bestaat."),
        ("29-02-2015", "is een dag die niet bestaat."),
        ("31/04/2016", "is een dag die niet bestaat."),
        ("1-7-16", "heeft een jaar van twee cijfers."),
        ("1/7/2016", "kan twee dagen zijn: met de dag of met de maand voorop."),
        ("01-07-2016 13:45", "heeft ook een tijd; verwacht alleen een dag."),
        ("=VANDAAG()", "is een formule, geen waarde."),
        ("20160701", "is een getal, geen datum."),
        ("1 july 2016", "is geen datum."),
        ("medio mei", "is geen datum."),
    ],
)
def test_what_is_refused_and_why(con: duckdb.DuckDBPyConnection, text: str, why: str) -> None:
    assert read(con, text) is None
    query = f"select {date_reason('x', DATE_FORMS)} from (select $1::varchar as x, false as {MONTH_FIRST}, {START})"
    assert con.execute(query, [text]).fetchall() == [(why,)]


def test_one_proof_makes_all_slashes_unsure(con: duckdb.DuckDBPyConnection) -> None:
    texts = ["07/31/2016", "31/07/2016", "03/04/2016", "07/31/2016 00:00"]
    proof = f"select {proves_month_first('x')} from (select unnest($1) as x)"
    assert con.execute(proof, [texts]).fetchall() == [(True,), (False,), (False,), (True,)]
    assert read(con, "03/04/2016") == date(2016, 4, 3)
    assert read(con, "03/04/2016", month_first=True) is None


@pytest.mark.parametrize(
    ("text", "day_first", "unsure"),
    [
        ("31/07/2016", True, False),
        ("31/07/2016 00:00", True, False),
        ("13/1/2016", True, False),
        ("12/01/2016", False, True),
        ("03/04/2016 00:00", False, True),
        ("04/04/2016", False, False),
        ("07/31/2016", False, False),
        ("31/31/2016", False, False),
        ("3/4/2016", False, False),
        ("03-04-2016", False, False),
        (None, False, False),
    ],
)
def test_which_order_a_date_proves(
    con: duckdb.DuckDBPyConnection, text: str | None, *, day_first: bool, unsure: bool
) -> None:
    query = f"select {proves_day_first('x')}, {two_days('x')} from (select $1::varchar as x)"
    assert con.execute(query, [text]).fetchall() == [(day_first, unsure)]
