"""Rows where no row is read: they are named, or the file is refused; never are they gone."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.hostile.contractcases import clean_delivery
from tests.hostile.persons import ListCase
from tests.hostile.support import read
from tests.hostile.test_persons import FIRST, HEAD, SECOND, cell, with_sheet
from tests.hostile.workbooks import ROWS, xlsx

PERSONS: list[list[Any]] = [
    ["V9990000008", date(2016, 5, 1), None, "kamer"],
    ["V9990000009", date(2016, 5, 2), None, "kamer"],
]
ABOVE = "Zet de kolomkoppen boven alle rijen."


def rows_over(line: int, head: int, count: str = "1 regel", verb: str = "lijkt") -> str:
    return (
        f"regel {line}: rijen boven de kolomkoppen: {count} boven regel {head} {verb} een rij van de tabel, geen "
        f"titel. {ABOVE}"
    )


def book(*above: list[Any]) -> Callable[[], bytes]:
    return lambda: xlsx([*above, *ROWS])


CASES = (
    ListCase(
        "blad met personen zonder kolomkoppen",
        with_sheet("feb", PERSONS),
        (
            "blad 'feb': dit blad heeft 2 gevulde rijen met V-nummers maar geen herkenbare kolomkoppen, en is niet "
            "gelezen. Zet kolomkoppen op dit blad.",
        ),
        None,
        ".xlsx",
    ),
    ListCase(
        "blad zonder personen en zonder kolomkoppen",
        with_sheet("toelichting", [["Vragen aan de griffie, tel. 0592-366911"]]),
        (
            "blad 'toelichting': dit blad heeft 1 gevulde rij maar geen herkenbare kolomkoppen, en is niet gelezen. "
            "Zet kolomkoppen op dit blad als het bij de lijst hoort; verwijder het anders.",
        ),
        suffix=".xlsx",
    ),
    ListCase("leeg blad erbij", with_sheet("leeg", []), suffix=".xlsx"),
    ListCase("rij boven de koppen", lambda: FIRST + HEAD + SECOND, (rows_over(1, 2),), None),
    ListCase("V-nummer in een titel", lambda: "Lijst van V9990000001;;;\n" + HEAD + SECOND, (rows_over(1, 2),), None),
    ListCase("nummer zonder de V in een titel", lambda: "9990000001;;;\n" + HEAD + SECOND, (rows_over(1, 2),), None),
    ListCase(
        "volle rijen zonder V-nummer boven de koppen",
        lambda: "V1;29-02-2016;02-03-2016;kamer\n" * 2 + HEAD + FIRST + SECOND,
        (rows_over(1, 3, "2 regels", "lijken"),),
        None,
    ),
    ListCase(
        "rij boven de koppen op een blad",
        book(PERSONS[0]),
        (f"blad 'Blad1', {rows_over(1, 2)}",),
        None,
        ".xlsx",
    ),
    ListCase(
        "titel boven de koppen op een blad",
        book(["Lijst van Assen", "tel. 0592366911"]),
        ("blad 'Blad1': regel 1 boven de kolomkoppen is als titel gelezen.",),
        suffix=".xlsx",
    ),
    ListCase(
        "inhoud onder geen kop op een blad",
        cell("E3", "let op"),
        (
            "blad 'Blad1', regel 3: kolom 5 heeft geen kolomkop maar hier wel een inhoud; de kolom is niet gelezen. "
            "Controleer of de rij niet is verschoven.",
        ),
        suffix=".xlsx",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_unread_rows(case: ListCase, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    case.check(con, tmp_path)


def test_afmelding_above_its_heads(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = clean_delivery(tmp_path) / "coa/afmeldingen.csv"
    head, first, *rest = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([first, head, *rest, ""]), encoding="utf-8")
    assert f"coa/afmeldingen.csv, {rows_over(1, 2)}" in read(con, tmp_path).refused
