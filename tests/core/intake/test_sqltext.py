"""Pieces of SQL: what counts as a number, how names are cleaned, what a message shows. SQL and Python must agree."""

import re
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.intake.findings import quoted, shown_value
from pipeline.core.intake.sqltext import (
    INTEGER,
    identifier,
    integer_value,
    literal,
    normalised,
    shown,
    stripped,
    template,
)

CON = duckdb.connect()
# Beyond the basic plane the Unicode versions of DuckDB and Python know different invisible signs.
TEXT = st.text(st.characters(codec="utf-8", max_codepoint=0xFFFF), max_size=80)


def sql(expression: str, value: str | None) -> object:
    return CON.execute(f"select {expression} from (select cast($1 as varchar) as x)", [value]).fetchall()[0][0]


@given(st.integers(-999_999_999, 999_999_999))
def test_every_number_is_read_in_every_dutch_spelling(number: int) -> None:
    dutch = f"{number:,}".replace(",", ".")
    spellings = [str(number), dutch, str(number).replace("-", "−")]
    spellings += [f"+{number}", f"+{dutch}"] if number >= 0 else []
    assert {sql(integer_value("x"), spelling) for spelling in spellings} == {number}


@given(TEXT | st.text("0123456789.,+-− ", max_size=14))
def test_whatever_is_read_is_the_number_that_a_dutchman_reads(text: str) -> None:
    found = sql(integer_value("x"), text)
    if found is None:
        assert re.fullmatch("-?[1-9][0-9]{0,8}", text) is None
    else:
        assert Decimal(text.replace(".", "").replace("−", "-")) == found
        # Points only where thousands are; nothing is lost but signs of spelling.
        assert all(len(group) == 3 for group in text.split(".")[1:])


def test_the_guard_leaves_room_for_the_cast() -> None:
    longest = "-999.999.999"
    assert re.fullmatch(INTEGER, longest) is not None
    assert sql(integer_value("x"), longest) == -999_999_999
    assert sql(integer_value("x"), "1.000.000.000") is None


@given(TEXT)
def test_a_message_shows_the_same_from_sql_and_from_python(text: str) -> None:
    assert sql(shown("x"), text) == shown_value(text)
    assert sql(template("'{x}'"), text) == quoted(text)


@given(TEXT)
def test_a_literal_is_the_text(text: str) -> None:
    without_nul = text.replace("\0", "")
    assert CON.execute(f"select {literal(without_nul)}").fetchall() == [(without_nul,)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Súdwest  Fryslân", "Súdwest Fryslân"),
        ("Su\u0301dwest Frysla\u0302n", "Súdwest Fryslân"),
        ("\u00a0Aa\nen\tHunze ", "Aa en Hunze"),
        ("  ", ""),
        (None, None),
    ],
)
def test_names_are_normalised(value: str | None, expected: str | None) -> None:
    assert sql(normalised("x"), value) == expected


@pytest.mark.parametrize(("value", "expected"), [(" \u00a0 1 2\t\u202f", "1 2"), ("\u2007", ""), (None, None)])
def test_cells_are_stripped(value: str | None, expected: str | None) -> None:
    assert sql(stripped("x"), value) == expected


def test_a_template_holds_expressions_and_names() -> None:
    assert sql(template("{1 + 1} en {naam} en {x}.", naam="'twee'"), None) == "2 en twee en niets."
    assert sql(template(""), None) == ""
    assert sql(template("it's '{x}'"), "'s-Gravenhage") == "it's \"'s-Gravenhage\""


def test_an_identifier_is_quoted() -> None:
    name = 'a"b; --'
    description = CON.execute(f"select 1 as {identifier(name)}").description
    assert [column[0] for column in description or ()] == [name]
