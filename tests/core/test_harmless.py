"""Texts that a spreadsheet would run: the same are made harmless in Python and in SQL."""

import duckdb
import pytest

from pipeline.core.harmless import harmless, harmless_sql


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("=1+1", "'=1+1"),
        ("+31 6", "'+31 6"),
        ("@SOM(A1)", "'@SOM(A1)"),
        ("\t=1+1", "'\t=1+1"),
        ("\r=1+1", "'\r=1+1"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ('-1+HYPERLINK("http://x")', '\'-1+HYPERLINK("http://x")'),
        ("-A1", "'-A1"),
        ("-", "'-"),
        ("-12", "-12"),
        ("-1.234,5", "-1.234,5"),
        ("Assen", "Assen"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_in_both(text: str, made: str) -> None:
    assert harmless(text) == made
    with duckdb.connect() as con:
        query = f"select {harmless_sql('waarde')} from (select $1 as waarde)"
        assert con.execute(query, [text]).fetchall() == [(made,)]


def test_what_is_no_text_stays() -> None:
    assert [harmless(value) for value in (None, -1, 2.5)] == [None, -1, 2.5]
