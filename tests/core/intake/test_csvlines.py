"""Splitting lines: what Python's csv writes is read back exactly, and a broken line costs no other line."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.intake.csvlines import MAX_LINES_IN_CELL, Fault, Record, records
from pipeline.core.intake.preflight import physical_lines

CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=6) | st.sampled_from(
    ['"', '""', ",", "\n", "a\nb", '\n"']
)
SIMPLE = st.text("ab1 ,;'", max_size=5)


@given(
    st.lists(st.lists(CELL, min_size=5, max_size=5), min_size=1, max_size=8), st.sampled_from(",;\t|"), st.booleans()
)
def test_what_csv_writes_is_read_back(rows: list[list[str]], delimiter: str, quote_all: bool) -> None:
    text = io.StringIO()
    dialect = csv.unix_dialect if quote_all else csv.excel
    csv.writer(text, dialect, delimiter=delimiter, lineterminator="\n").writerows(rows)
    found = list(records(physical_lines(text.getvalue()), delimiter))
    assert [record.cells for record in found] == [tuple(row) for row in rows]
    heights = [1 + sum(cell.count("\n") for cell in row) for row in rows]
    assert [record.last_line - record.line + 1 for record in found] == heights
    assert [record.line for record in found] == [1 + sum(heights[:number]) for number in range(len(rows))]


@given(st.lists(st.lists(SIMPLE, min_size=4, max_size=4), min_size=2, max_size=12), st.data())
def test_an_unclosed_quote_costs_one_line(rows: list[list[str]], data: st.DataObject) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    lines = list(physical_lines(text.getvalue()))
    broken = data.draw(st.integers(0, len(lines) - 1))
    lines[broken] = lines[broken][:-1]
    found = list(records(lines, ",", width=4))
    assert [record.line for record in found] == list(range(1, len(lines) + 1))
    assert [record.fault for record in found] == [
        Fault.OPEN if number == broken else None for number in range(len(lines))
    ]


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=12), max_size=10), st.sampled_from([None, 2, 3, 15]))
def test_every_line_is_in_exactly_one_record(lines: list[str], width: int | None) -> None:
    spans = [range(record.line, record.last_line + 1) for record in records(lines, ",", width)]
    assert [line for span in spans for line in span] == list(range(1, len(lines) + 1))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", ("",)),
        (",", ("", "")),
        ('"a,b",c', ("a,b", "c")),
        ('"a ""b""",c', ('a "b"', "c")),
        ('"",c', ("", "c")),
        ("'a,b',c", ("'a", "b'", "c")),
        ('a"b,c', Fault.STRAY),
        ('"a"b,c', Fault.STRAY),
        (' "a",c', Fault.STRAY),
        ('"a,c', Fault.OPEN),
        ('a,"', Fault.OPEN),
        ("a\0,b", Fault.NUL),
    ],
)
def test_one_line(line: str, expected: tuple[str, ...] | Fault) -> None:
    (found,) = records([line], ",")
    assert (found.cells or found.fault) == expected


def test_a_cell_over_too_many_lines_was_never_closed() -> None:
    def cell(lines: int) -> list[Record]:
        return list(records(['a,"x', *["y"] * (lines - 2), 'z",b'], ","))

    assert len(cell(MAX_LINES_IN_CELL + 1)) == 1
    assert cell(MAX_LINES_IN_CELL + 2)[0].fault is Fault.OPEN


def test_a_nul_sign_inside_a_quoted_cell_ends_it() -> None:
    assert [record.fault for record in records(['a,"x', "y\0", 'z",b'], ",")] == [Fault.OPEN, Fault.NUL, Fault.STRAY]


def test_a_record_that_closes_with_another_width_costs_one_line_each() -> None:
    found = list(records(['a,"b', 'c",d', "e,f,g,h,i"], ",", width=5))
    assert [(record.line, record.fault) for record in found] == [(1, Fault.OPEN), (2, Fault.STRAY), (3, None)]


def test_a_row_inside_a_quoted_cell_is_not_swallowed() -> None:
    """The quote opened at the end of line 1 closes at the end of line 2, and the width would fit."""
    found = list(records(['a,b,c,"', 'd,e,f,"', "g,h,i,j"], ",", width=4))
    assert [record.fault for record in found] == [Fault.OPEN, Fault.OPEN, None]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\nb\n", ("a", "b")),
        ("a\r\nb", ("a", "b")),
        ("a\rb\r", ("a", "b")),
        ("a\n\nb\n\n", ("a", "", "b", "")),
        ("\r\n", ("",)),
        # Other signs that Python calls line ends are part of a cell.
        ("a\u2028b\x0bc\x85d\n", ("a\u2028b\x0bc\x85d",)),
    ],
)
def test_physical_lines(text: str, lines: tuple[str, ...]) -> None:
    assert physical_lines(text) == lines
