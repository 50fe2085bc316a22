"""Serial numbers are days only from the day that the workbook counts from; where that is not known they are no days."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from pipeline.core.intake import spreadsheets
from tests.hostile.persons import TABLE, ListCase
from tests.hostile.test_persons import cell, housed
from tests.hostile.workbooks import ROWS, xls, xlsx

MAC = "het bestand telt datums vanaf 1904 (Excel voor Mac); de datums zijn zo gelezen."
NO_DAY = "is een getal, geen datum."


def since_1904(serial: int) -> Callable[[], bytes]:
    def change(sheet: Any) -> None:
        sheet.parent.epoch = CALENDAR_MAC_1904
        sheet["B3"] = serial
        sheet["B3"].number_format = "General"

    return lambda: xlsx(change=change)


CASES = (
    ListCase(
        "1-6-2016 in een bestand dat telt vanaf 1904",
        since_1904(41060),
        (MAC,),
        (TABLE[0], ("GM0106", "2016-06-01", None, "kamer")),
        ".xlsx",
    ),
    ListCase(
        "hetzelfde getal in een gewoon bestand",
        cell("B3", 41060),
        rows=(("GM0106", "2012-05-31", None, "kamer"), TABLE[0]),
        suffix=".xlsx",
    ),
    ListCase(
        "serienummer van voor 2000 vanaf 1904",
        since_1904(35063),
        housed(3, f"'35063' {NO_DAY}", sheet=True),
        None,
        ".xlsx",
    ),
    ListCase(
        "serienummer in een oud Excel-bestand",
        lambda: xls([*ROWS[:2], ["V9990000002", 42551, None, "kamer"]]),
        housed(3, f"'42551' {NO_DAY}", sheet=True),
        None,
        ".xls",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_serials(case: ListCase, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    case.check(con, tmp_path)


def test_serial_in_a_workbook_too_large_to_look_at(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreadsheets, "LAYOUT_BYTES", 0)
    said = housed(3, f"'42551' {NO_DAY}", sheet=True)
    ListCase("groot", cell("B3", 42551), said, None, ".xlsx").check(con, tmp_path)
