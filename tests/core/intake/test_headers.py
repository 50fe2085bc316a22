"""Column heads: which pattern fits which head, and which half-year a head proves."""

from dataclasses import replace

import pytest

from pipeline.core.intake.contracts import Column, ContractFout, load_contract
from pipeline.core.intake.headers import Header, example_head, find_header, judge_header
from pipeline.core.intake.intake import OVERZICHT
from pipeline.core.intake.preflight import Document
from pipeline.core.periods import Periode

CONTRACT = load_contract(OVERZICHT)
HALVES = [Periode(jaar, half) for jaar in (2015, 2016, 2025) for half in (1, 2)]


def document(*lines: str) -> Document:
    return Document("x.csv", "", 0, "UTF-8", lines)


def header_of(*heads: str) -> Header | None:
    return find_header(document(";".join(heads)), CONTRACT)


def column(pattern: str) -> Column:
    return Column("a", "a", "integer", required=True, key=False, patterns=(pattern,))


def matches(pattern: str, head: str) -> Periode | bool:
    """The half-year that `head` proves under `pattern`, or whether it fits at all."""
    found = find_header(document(head), replace(CONTRACT, columns=(column(pattern),)))
    return False if found is None else found.halves[0] or True


@pytest.mark.parametrize("periode", HALVES, ids=str)
def test_the_shown_heads_are_recognised_and_all_prove_the_half_year(periode: Periode) -> None:
    header = header_of(*(example_head(item, periode) for item in CONTRACT.columns))
    assert header is not None
    assert header.positions == tuple(range(len(CONTRACT.columns)))
    assert set(header.halves[2:]) == {periode}
    assert judge_header(header, CONTRACT, periode, document("")) == ()


@pytest.mark.parametrize("periode", HALVES[:4], ids=str)
def test_no_accepted_head_can_be_two_columns(periode: Periode) -> None:
    for item in CONTRACT.columns:
        for pattern in item.patterns:
            head = example_head(replace(item, patterns=(pattern,)), periode)
            found = find_header(document(f"{head};gemeente;provincie;taakstelling 1e helft 2016"), CONTRACT)
            assert found is not None
            assert [
                other.name for other, place in zip(CONTRACT.columns, found.positions, strict=True) if place == 0
            ] == [item.name]


@pytest.mark.parametrize(
    ("pattern", "head", "expected"),
    [
        ("stand op {begin}", "Stand op 01/01/2016", Periode(2016, 1)),
        ("stand op {begin}", "stand op 1-7-2016", Periode(2016, 2)),
        ("stand op {begin}", "stand op 2016-07-01", Periode(2016, 2)),
        ("stand op {begin}", "stand op 1 juli 2016", Periode(2016, 2)),
        ("stand op {begin}", "stand op 1 jan. 2017", Periode(2017, 1)),
        # American order: 7 January, not 1 July.
        ("stand op {begin}", "stand op 07/01/2016", False),
        ("stand op {begin}", "stand op 15/01/2016", False),
        ("stand op {begin}", "stand op 01/02/2016", False),
        ("stand op {begin}", "stand op 01/01/16", False),
        ("stand op {begin}", "stand op 01/01/2016 (voorlopig)", False),
        ("tot {eind}", "tot juli 2016", Periode(2016, 1)),
        ("tot {eind}", "tot 1 januari 2017", Periode(2016, 2)),
        ("tot {eind}", "tot 01.07.2016", Periode(2016, 1)),
        ("taakstelling {helft} helft {jaar}", "Taakstelling  1 e helft 2016", Periode(2016, 1)),
        ("taakstelling {helft} helft {jaar}", "taakstelling 2de helft 2016", Periode(2016, 2)),
        ("taakstelling {helft} helft {jaar}", "taakstelling tweede helft 2016", Periode(2016, 2)),
        ("taakstelling {helft} helft {jaar}", "taakstelling 3e helft 2016", False),
        ("taakstelling {helft} helft {jaar}", "taakstelling 1e helft 16", False),
        ("realisatie {maand:3} {jaar}", "realisatie mrt 2016", Periode(2016, 1)),
        ("realisatie {maand:3} {jaar}", "realisatie september 2016", Periode(2016, 2)),
        ("realisatie {maand:3} {jaar}", "realisatie april 2016", False),
        ("realisatie {maand:1} {jaar}", "realisatie juli 2016", Periode(2016, 2)),
        ("realisatie {maand:1} {jaar}", "realisatie juni 2016", False),
        ("realisatie {maand:6} {jaar}", "realisatie juni 2016", Periode(2016, 1)),
        ("achter/voor (net.)", "ACHTER/VOOR (net.)", True),
        ("achter/voor (net.)", "achter/voor netx", False),
    ],
)
def test_pattern_and_head(pattern: str, head: str, expected: Periode | bool) -> None:
    assert matches(pattern, head) == expected


@pytest.mark.parametrize("pattern", ["realisatie {maand} {jaar}", "op {dag}"])
def test_an_unknown_placeholder_is_a_fault_of_the_contract(pattern: str) -> None:
    with pytest.raises(ContractFout, match="onbekende plaatshouder"):
        matches(pattern, "x")


def test_the_delimiter_is_the_one_that_shows_most_columns() -> None:
    heads = [example_head(item, HALVES[2]) for item in CONTRACT.columns]
    found = find_header(document("a,b;c", "gemeente,provincie,aantal;x", ";".join(heads)), CONTRACT)
    assert found is not None
    assert (found.line, found.delimiter, found.matched) == (3, ";", len(heads))


def test_two_recognised_columns_are_not_enough() -> None:
    assert header_of("gemeente", "provincie", "aantal") is None
    found = header_of("gemeente", "provincie", "realisatie mei 2016")
    assert found is not None
    assert found.matched == 3


def test_heads_without_a_half_year_prove_nothing() -> None:
    """A contract may have heads without a date; then nothing says which half-year it is, and that is not accepted."""
    columns = tuple(replace(item, patterns=(item.name,)) for item in CONTRACT.columns)
    contract = replace(CONTRACT, columns=columns)
    found = find_header(document(";".join(item.name for item in columns)), contract)
    assert found is not None
    (finding,) = judge_header(found, contract, Periode(2016, 2), document(""))
    assert finding.zin == (
        "x.csv, regel 1: de kolomkoppen noemen geen halfjaar, dus het is niet zeker dat dit 2016-II is. "
        "Gebruik de koppen van het COA, bijvoorbeeld 'taakstelling 2e helft 2016'."
    )
