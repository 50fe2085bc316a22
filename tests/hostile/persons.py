"""A small generated delivery to spoil: the real overview and the list of one municipality.

Belongs here: laying it, reading it and showing what became of the list. Not here: the cases.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.core.intake.findings import LeveringGeweigerd
from pipeline.core.intake.intake import read_levering
from tests.hostile.support import HALF, SAMPLE, lay, suggest_from_list

LIST = "gemeenten/GM0106"
TABLE = (("GM0106", "2016-02-29", "2016-03-02", "huur_corporatie"), ("GM0106", "2016-06-30", None, "kamer"))
"""What the clean list means, without the persons."""

Row = tuple[str | None, ...]


@dataclass(frozen=True)
class Outcome:
    """What became of the list: accepted rows without the person, and the sentences about it."""

    rows: tuple[Row, ...]
    said: tuple[str, ...]
    refused: bool


def read_list(con: duckdb.DuckDBPyConnection, folder: Path, content: bytes | str, suffix: str = ".csv") -> Outcome:
    """Read a delivery whose list is `content`; text is written as UTF-8."""
    name = f"{LIST}{suffix}"
    lay(folder, SAMPLE.read_bytes())
    lay(folder, "gegenereerd = true\n", "voorbeeld.toml")
    lay(folder, content, name)
    try:
        result = read_levering(con, folder, HALF, suggest=suggest_from_list)
    except LeveringGeweigerd as refusal:
        # The words about the delivery as a whole are for the tests of intake.
        lines = tuple(item.zin for item in refusal.bevindingen if item.bestand == name)
        return Outcome((), tuple(line.removeprefix(f"{name}: ").removeprefix(f"{name}, ") for line in lines), True)
    rows = con.execute(
        """
        select gemeentecode, datum_huisvesting::varchar, datum_brp::varchar, soort_woning
        from levering.gemeenten_huisvesting
        order by datum_huisvesting, soort_woning
        """
    ).fetchall()
    lines = tuple(item.zin for item in result.bevindingen if item.bestand == name)
    return Outcome(
        tuple(rows), tuple(line.removeprefix(f"{name}: ").removeprefix(f"{name}, ") for line in lines), False
    )


@dataclass(frozen=True)
class ListCase:
    """One hostile list: its rows and sentences when it is accepted, the sentences when it is refused."""

    name: str
    content: Callable[[], bytes | str]
    said: tuple[str, ...] = ()
    rows: tuple[Row, ...] | None = TABLE
    suffix: str = ".csv"

    def check(self, con: duckdb.DuckDBPyConnection, folder: Path) -> None:
        """Fails when the outcome is another; `rows` None means refused."""
        outcome = read_list(con, folder, self.content(), self.suffix)
        assert outcome.said == self.said
        assert outcome.refused == (self.rows is None)
        assert outcome.rows == (self.rows or ())
