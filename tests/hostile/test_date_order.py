"""Lists with dates of which nothing proves that the day stands first: read, with one warning per column."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.hostile.persons import ListCase, Row, read_list
from tests.hostile.test_persons import HEAD
from tests.hostile.workbooks import HEADS, xlsx

ASK = (
    "Vraag de leverancier of de dag voorop staat, of laat de datums leveren als dag-maand-jaar met streepjes, zoals "
    "01-07-2016."
)
APRIL: Row = ("GM0106", "2016-04-03", None, "kamer")
MAY: Row = ("GM0106", "2016-05-04", "2016-06-05", "kamer")


def listed(*rows: str) -> Callable[[], str]:
    """A list of these dates (housed, and after a semicolon BRP), each with a person and a kamer."""
    lines = (f"V999000000{number};{row};kamer\n" for number, row in enumerate(rows, start=1))
    return lambda: HEAD + "".join(lines)


def unproven(line: int, column: str, value: str, count: int, sheet: str | None = None) -> str:
    dates = "kan 1 datum" if count == 1 else f"kunnen {count} datums"
    place = "" if sheet is None else f"blad '{sheet}', "
    return (
        f"{place}regel {line}, kolom '{column}': '{value}' is gelezen met de dag "
        f"voorop, maar geen datum hier bewijst die volgorde; in deze kolom {dates} ook met de maand voorop zijn. {ASK}"
    )


CASES = (
    ListCase(
        "niets bewijst de volgorde",
        listed("03/04/2016;", "04/05/2016;05/06/2016"),
        (
            unproven(2, "Datum huisvesting", "03/04/2016", 2),
            unproven(3, "Datum BRP", "05/06/2016", 1),
        ),
        (APRIL, MAY),
    ),
    ListCase(
        "een datum bewijst de dag voorop",
        listed("03/04/2016;", "31/05/2016;"),
        rows=(APRIL, ("GM0106", "2016-05-31", None, "kamer")),
    ),
    ListCase(
        "een datum in de andere kolom bewijst de dag voorop",
        listed("03/04/2016;", "04/05/2016;13/05/2016"),
        rows=(APRIL, ("GM0106", "2016-05-04", "2016-05-13", "kamer")),
    ),
    ListCase("streepjes zijn de Nederlandse vorm", listed("03-04-2016;"), rows=(APRIL,)),
    ListCase(
        "dag en maand zijn hetzelfde getal", listed("04/04/2016;"), rows=(("GM0106", "2016-04-04", None, "kamer"),)
    ),
    ListCase(
        "alleen de datums die twee dagen kunnen zijn",
        listed("04/04/2016;", "03/04/2016 00:00;"),
        (unproven(3, "Datum huisvesting", "03/04/2016 00:00", 1),),
        (APRIL, ("GM0106", "2016-04-04", None, "kamer")),
    ),
    ListCase(
        "een blad met tekst, een blad met een bewijs",
        lambda: two_sheets("03/04/2016", "31/05/2016"),
        (unproven(2, "Datum huisvesting", "03/04/2016", 1, "Blad1"),),
        (APRIL, ("GM0106", "2016-05-31", None, "kamer")),
        suffix=".xlsx",
    ),
)


def two_sheets(first: str, second: str) -> bytes:
    def change(sheet: object) -> None:
        other = sheet.parent.create_sheet("Blad2")  # type: ignore[attr-defined]
        other.append([*HEADS])
        other.append(["V9990000002", second, None, "kamer"])

    return xlsx([[*HEADS], ["V9990000001", first, None, "kamer"]], change=change)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_lists(case: ListCase, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    case.check(con, tmp_path)


def test_where_a_date_proves_the_month_first_that_is_said_and_no_more(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    read_list(con, tmp_path, listed("03/04/2016;", "06/30/2016;")())
    found = con.execute("select distinct controle from levering.afkeur where kolom = 'Datum huisvesting'").fetchall()
    assert found == [("geen datum",)]
