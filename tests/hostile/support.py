"""The overview as a table to spoil: real rows, written as any file, laid in a delivery, read, and compared.

Belongs here: what several hostile tests share. Not here: the cases.
"""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from pipeline.core.house import package_path, reference_path
from pipeline.core.intake.findings import LeveringGeweigerd
from pipeline.core.intake.intake import IntakeResultaat, read_levering
from pipeline.core.periods import Periode

NAME = "coa/overzicht_2016-07-01.csv"
HALF = Periode(2016, 1)
SAMPLE = package_path("sample", "leveringen", "2016-I", *NAME.split("/"))
KEPT = (0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
"""Places in the file of the columns that the table keeps."""

Rows = list[list[str]]


def clean_rows() -> Rows:
    """The real overview, head first, read without the pipeline."""
    return list(csv.reader(io.StringIO(SAMPLE.read_text(encoding="utf-8"))))


def clean_table() -> list[tuple[str | int, ...]]:
    """What the table must hold, made without the pipeline: codes by exact alias, numbers by int()."""
    aliases = csv.DictReader(io.StringIO(reference_path("aliassen.csv").read_text(encoding="utf-8")))
    valid = [row for row in aliases if row["geldig_van"] <= "2016-01-01" < (row["geldig_tot"] or "9999")]
    codes = {row["alias"]: row["gemeentecode"] for row in valid}
    table = [(codes[row[0]], *(int(row[place]) for place in KEPT[1:])) for row in clean_rows()[1:]]
    return sorted(table)


def as_csv(rows: Sequence[Sequence[str]], delimiter: str = ",", newline: str = "\n", *, quote_all: bool = False) -> str:
    """The rows as text."""
    text = io.StringIO()
    dialect = csv.unix_dialect if quote_all else csv.excel
    csv.writer(text, dialect, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return text.getvalue()


def with_cell(name: str, place: int, value: str) -> str:
    """The overview with one other cell: of municipality `name`, at column `place` (from 0)."""
    rows = clean_rows()
    next(row for row in rows if row[0] == name)[place] = value
    return as_csv(rows)


def line_of(name: str) -> int:
    """The physical line of a municipality in the real file."""
    return next(number for number, row in enumerate(clean_rows(), start=1) if row[0] == name)


def lay(folder: Path, content: bytes | str, name: str = NAME) -> Path:
    """A delivery with one file; text is written as UTF-8."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return folder


@dataclass(frozen=True)
class Outcome:
    """What became of a delivery: the sentences of a refusal, or the table and the sentences of what was found."""

    refused: tuple[str, ...] = ()
    table: list[tuple[str | int, ...]] = field(default_factory=list)
    said: tuple[str, ...] = ()
    result: IntakeResultaat | None = None


def suggest_from_list(name: str, year: int) -> tuple[str, ...]:
    """Suggestions that are fixed, so that a sentence can be compared; which names are close is not intake's affair."""
    offers = {
        "Hoogeven": ("Hoogeveen", "Heerenveen"),
        "Beekdaelen": ("Beek (L.)", "Beesel", "'s-Gravenhage"),
        "Almare": ("Almere",),
    }
    return offers.get(name, ()) if year == HALF.jaar else ()


def read(con: duckdb.DuckDBPyConnection, folder: Path, periode: Periode = HALF) -> Outcome:
    """Read a delivery; a refusal is an outcome too."""
    try:
        result = read_levering(con, folder, periode, suggest=suggest_from_list)
    except LeveringGeweigerd as refusal:
        return Outcome(refused=refusal.regels)
    table = con.execute("select * from levering.coa_overzicht").fetchall()
    return Outcome(table=table, said=tuple(finding.zin for finding in result.bevindingen), result=result)


@dataclass(frozen=True)
class Case:
    """One hostile file with its expected outcome: refused with exactly these sentences, or read as the clean table."""

    name: str
    content: Callable[[], bytes | str]
    refused: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    periode: Periode = HALF

    def check(self, con: duckdb.DuckDBPyConnection, folder: Path) -> None:
        """Fails when the outcome is another."""
        outcome = read(con, lay(folder, self.content()), self.periode)
        assert outcome.refused == self.refused
        if not self.refused:
            assert outcome.table == clean_table()
            assert outcome.said == self.said


def said(text: str, line: int | None = None, column: str | None = None) -> str:
    """A sentence about the overview."""
    place = "".join((NAME, f", regel {line}" if line else "", f", kolom '{column}'" if column else ""))
    return f"{place}: {text}"
