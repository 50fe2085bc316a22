"""A second table below the first, with its heads in another order: never read under the heads of the first."""

from pathlib import Path

import duckdb
import pytest

from tests.hostile.contractcases import clean_delivery
from tests.hostile.persons import ListCase
from tests.hostile.support import lay, read
from tests.hostile.test_persons import FIRST, HEAD, SECOND
from tests.hostile.workbooks import ROWS, xlsx

SWAPPED = "V-nummer;Datum BRP;Datum huisvesting;Soort woning\n"
SAID = (
    "regel {line}: hier staan kolomkoppen op andere plaatsen dan op regel 1; de rijen eronder horen bij een andere "
    "tabel. Zet alle rijen in één tabel onder dezelfde kolomkoppen."
)
CASES = (
    ListCase("in csv", lambda: HEAD + FIRST + SWAPPED + SECOND, (SAID.format(line=3),), None),
    ListCase(
        "in csv, smaller", lambda: HEAD + FIRST + "Datum BRP;V-nummer;Datum huisvesting\n", (SAID.format(line=3),), None
    ),
    ListCase(
        "op een blad",
        lambda: xlsx([*ROWS, ["V-nummer", "Datum BRP", "Datum huisvesting", "Soort woning"], *ROWS[1:]]),
        (f"blad 'Blad1', {SAID.format(line=4)}",),
        None,
        ".xlsx",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_second_table(case: ListCase, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    case.check(con, tmp_path)


def test_rows_of_a_refused_file_do_not_stay(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """The parts of the next file get the same numbers."""
    folder = clean_delivery(tmp_path)
    for number in (3, 5, 7, 9, 10, 14, 15, 17, 18, 22):
        text = HEAD + FIRST.replace("V9990000001", f"V99900010{number:02}")
        lay(folder, text + (SWAPPED if number == 3 else ""), f"gemeenten/GM{number:04}.csv")
    assert read(con, folder).refused == ()
    codes = con.execute("select distinct gemeentecode from levering.gemeenten_huisvesting order by all").fetchall()
    assert "GM0003" not in [code for (code,) in codes]
    assert "GM0005" in [code for (code,) in codes]
