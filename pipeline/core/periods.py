"""Half-years: the taakstellingsperiode, its months and its peildatum.

Belongs here: calendar arithmetic of the period. Not here: Dagster partitions (orchestration/partitions.py maps to
these). Source: Huisvestingswet 2014, art. 29 (kalenderhalfjaar).
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from pipeline.core.errors import GebruiksFout

_ROMAN = {1: "I", 2: "II"}
_PATTERN = re.compile(r"^\s*(?P<jaar>(?:19|20)\d{2})\s*-?\s*(?P<half>II|I|[Hh]?[12])\s*$")


@dataclass(frozen=True, order=True)
class Periode:
    """A calendar half-year; `halfjaar` is 1 (January to June) or 2 (July to December)."""

    jaar: int
    halfjaar: int

    def __post_init__(self) -> None:
        if self.halfjaar not in (1, 2):
            raise GebruiksFout(f"halfjaar {self.halfjaar} bestaat niet; gebruik 1 of 2")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2016-I`, `2016-1`, `2016H1` or `2016-h1`; GebruiksFout for anything else."""
        match = _PATTERN.match(text)
        if match is None:
            raise GebruiksFout(f"onbekende periode {text!r}; schrijf een halfjaar als 2016-I of 2016-II")
        half = match["half"].lstrip("Hh")
        return cls(int(match["jaar"]), {"I": 1, "II": 2, "1": 1, "2": 2}[half])

    @classmethod
    def containing(cls, day: date) -> Self:
        """The half-year in which `day` falls."""
        return cls(day.year, 1 if day.month <= 6 else 2)

    @classmethod
    def named(cls, name: str) -> Self | None:
        """The half-year of which `name` is the very spelling that folders have (`2016-I`); None for any other name."""
        if _PATTERN.match(name) is None:
            return None
        found = cls.parse(name)
        return found if str(found) == name else None

    def __str__(self) -> str:
        return f"{self.jaar}-{_ROMAN[self.halfjaar]}"

    @property
    def begin(self) -> date:
        """First day of the half-year."""
        return date(self.jaar, 1 if self.halfjaar == 1 else 7, 1)

    @property
    def eind(self) -> date:
        """First day after the half-year; also its default peildatum (the state at 00:00 of that day)."""
        return self.volgende.begin

    @property
    def vorige(self) -> "Periode":
        """The half-year before."""
        return Periode(self.jaar, 1) if self.halfjaar == 2 else Periode(self.jaar - 1, 2)

    @property
    def volgende(self) -> "Periode":
        """The half-year after."""
        return Periode(self.jaar, 2) if self.halfjaar == 1 else Periode(self.jaar + 1, 1)

    @property
    def maanden(self) -> tuple[date, ...]:
        """The first days of the six months, in order."""
        first = 1 if self.halfjaar == 1 else 7
        return tuple(date(self.jaar, first + offset, 1) for offset in range(6))
