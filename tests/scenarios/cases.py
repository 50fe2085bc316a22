"""One scenario folder: what it gives, the warehouse that it asks for, and whether its target is as expected.

Belongs here: reading a folder. Not here: the test over all folders (test_scenarios.py), mutants (mutatie).
"""

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import duckdb

from pipeline.core.periods import Periode
from tests.support import empty_warehouse, load_csv

ROOM = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """A folder `<schema.table>/<case>`."""

    folder: Path

    @property
    def target(self) -> str:
        """The model that the case is about."""
        return self.folder.parent.name

    @property
    def name(self) -> str:
        """As the tests call it."""
        return f"{self.target}/{self.folder.name}"

    @cached_property
    def parameters(self) -> dict[str, str]:
        """What `parameters.csv` sets."""
        path = self.folder / "parameters.csv"
        if not path.exists():
            return {}
        with path.open(encoding="utf-8", newline="") as file:
            (row,) = csv.DictReader(file)
        return row

    @cached_property
    def given(self) -> dict[str, Path]:
        """The tables that the case replaces."""
        return {path.stem.removeprefix("given_"): path for path in sorted(self.folder.glob("given_*.csv"))}

    def open(self) -> duckdb.DuckDBPyConnection:
        """A warehouse of its half-year with its tables, and nothing built yet."""
        chosen = self.parameters
        con = empty_warehouse(
            Periode.parse(chosen.get("periode") or "2016-I"),
            peildatum=_date(chosen.get("peildatum")),
            briefdatum=_date(chosen.get("briefdatum")),
            midden=int(chosen.get("midden") or 75),
        )
        for table, path in self.given.items():
            load_csv(con, table, path)
        return con

    @cached_property
    def partial(self) -> bool:
        """Whether the expected rows need only be among those of the target."""
        return (self.folder / "expect_deel.csv").exists()

    @cached_property
    def expected(self) -> tuple[list[str], Counter[tuple[str, ...]]]:
        """The columns that matter, and the rows."""
        path = self.folder / ("expect_deel.csv" if self.partial else "expect.csv")
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            columns = list(reader.fieldnames or [])
            return columns, Counter(tuple(row[column] for column in columns) for row in reader)

    def found(self, con: duckdb.DuckDBPyConnection) -> Counter[tuple[str, ...]]:
        """The rows of the target as it is now, as text."""
        listed = ", ".join(f"coalesce({column}::varchar, '')" for column in self.expected[0])
        return Counter(con.execute(f"select {listed} from {self.target}").fetchall())

    def holds(self, con: duckdb.DuckDBPyConnection) -> bool:
        """Whether the target is as expected."""
        found, expected = self.found(con), self.expected[1]
        return expected <= found if self.partial else found == expected


def all_cases() -> tuple[Case, ...]:
    """Every folder, by name."""
    return tuple(Case(path) for path in sorted(ROOM.glob("*.*/*")) if path.is_dir())


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
