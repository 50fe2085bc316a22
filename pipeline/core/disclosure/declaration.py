"""The declaration beside the figures: which cells are breakdowns of persons, how they add up, and what each figure of
the register is in an edition that leaves the house.

Belongs here: reading `sql/openbaar`. Not here: the values (cells.py), rounding (rounding.py).
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.core.errors import VoortgangFout
from pipeline.core.house import house_path

LAND, PROVINCIE, GEMEENTE = "NL", "PV", "GM"
"""The country, and how the codes of provinces and municipalities begin; other areas are regions of municipalities."""
_TERM = re.compile(r"([+-]?)\s*([a-z0-9_.*]+)")


class AfrondFout(VoortgangFout):
    """The breakdowns of persons cannot be rounded as they are declared; no openbaar edition is made."""


@dataclass(frozen=True)
class Bron:
    """Columns of a table of which each value is a cell: `cel` and `gebied` are SQL expressions over its row, `{kolom}`
    in `cel` is the column. `optelbaar`: the cell of an area is the sum of those of the areas in it. Of cells that
    cannot be rounded together those of the highest `verfijning` are dropped first, of 0 only those below the province.
    """

    tabel: str
    kolommen: tuple[str, ...]
    cel: str
    gebied: str
    waar: str
    optelbaar: bool
    verfijning: int

    def cel_van(self, kolom: str) -> str:
        """The SQL expression for the name of the cell in this column."""
        return self.cel.replace("{kolom}", kolom)


@dataclass(frozen=True)
class Regel:
    """How cells hang together in every area: `geheel` is the sum of `delen` (sign, name; `som`), at least each of them
    (`hoogstens`), or a sum whose exact value anyone can find in the statutory figures (`openbaar`).

    A `*` in the name of the whole stands for one and the same class in all of its parts; without one, a `*` in a part
    stands for all classes together.
    """

    soort: str
    geheel: str
    delen: tuple[tuple[int, str], ...]

    @property
    def som(self) -> bool:
        """Whether the whole is the sum of its parts."""
        return self.soort != "hoogstens"


@dataclass(frozen=True)
class Soort:
    """What the figures whose id fits `cijfer` are outside: exact, afgerond, afgeleid (computed from rounded ones),
    waarneming (a median or average, from a number of persons up), or weg (not given).
    """

    cijfer: re.Pattern[str]
    soort: str


@cache
def bronnen() -> tuple[Bron, ...]:
    """All declared columns of cells, in the order of the file."""
    return tuple(
        Bron(
            row["tabel"],
            tuple(row["kolommen"].split()),
            row["cel"],
            row["gebied"],
            row["waar"] or "true",
            row["optelbaar"] == "ja",
            int(row["verfijning"]),
        )
        for row in _rows("cellen.csv")
    )


@cache
def regels() -> tuple[Regel, ...]:
    """All declared sums and bounds, in the order of the file."""
    return tuple(Regel(row["soort"], row["geheel"], _delen(row["delen"])) for row in _rows("sommen.csv"))


@cache
def soorten() -> tuple[Soort, ...]:
    """What each figure of the register is outside the house."""
    return tuple(Soort(re.compile(row["cijfer"]), row["soort"]) for row in _rows("cijfers.csv"))


def soort_van(cijfer_id: str) -> str:
    """What a figure is outside; AfrondFout when it fits no line of the declaration or more than one."""
    found = [one.soort for one in soorten() if one.cijfer.fullmatch(cijfer_id)]
    if len(found) != 1:
        raise AfrondFout(
            f"cijfer {cijfer_id!r} past op {len(found)} regels van sql/openbaar/cijfers.csv; het moet er één zijn, "
            "anders is niet te zeggen of het naar buiten mag"
        )
    return found[0]


def ingrepen(moment: str) -> dict[str, str]:
    """Per table the select that stands in its place in an openbaar edition, before (`vooraf`) or after (`achteraf`) its
    cells are rounded.
    """
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(_folder(moment).glob("*.sql"))}


def _delen(text: str) -> tuple[tuple[int, str], ...]:
    return tuple((-1 if sign == "-" else 1, name) for sign, name in _TERM.findall(text))


def _folder(*parts: str) -> Path:
    return house_path("sql").joinpath("openbaar", *parts)


def _rows(name: str) -> Iterable[dict[str, str]]:
    with _folder(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
