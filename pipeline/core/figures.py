"""The register of figures: the only way by which a number reaches a page.

Belongs here: reading `report.cijfers` and looking a figure up. Not here: how a figure is written in Dutch
(document/dutch.py), how it is computed (sql/).
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from pipeline.core.errors import OnbekendCijfer

_SUGGESTIONS = 5


@dataclass(frozen=True)
class Cijfer:
    """One figure: `waarde` is rounded as it is printed, None prints as n.v.t.; `eenheid` says how to write it."""

    cijfer_id: str
    gebied: str
    waarde: Decimal | None
    eenheid: str
    definitie: str
    model: str


@dataclass(frozen=True)
class Definitie:
    """What a figure means. Grain: one per cijfer_id."""

    cijfer_id: str
    naam: str
    eenheid: str
    decimalen: int
    definitie: str
    bron: str
    model: str


class Register:
    """All figures of one edition, by cijfer_id and gebied."""

    def __init__(self, waarden: dict[tuple[str, str], Decimal | None], definities: dict[str, Definitie]) -> None:
        self._waarden = waarden
        self.definities = definities

    @classmethod
    def from_connection(cls, con: duckdb.DuckDBPyConnection) -> "Register":
        """Read `report.cijfers` and `report.definities`; values get the decimals of their definition."""
        definities = {
            row[0]: Definitie(*row)
            for row in con.execute(
                """
                select cijfer_id, naam, eenheid, decimalen, definitie, bron, model
                from report.definities
                order by cijfer_id
                """
            ).fetchall()
        }
        exponent = {name: Decimal(1).scaleb(-definitie.decimalen) for name, definitie in definities.items()}
        waarden = {
            (cijfer_id, gebied): None if waarde is None else waarde.quantize(exponent[cijfer_id])
            for cijfer_id, gebied, waarde in con.execute(
                "select cijfer_id, gebied, waarde from report.cijfers order by cijfer_id, gebied"
            ).fetchall()
        }
        return cls(waarden, definities)

    def cijfer(self, cijfer_id: str, gebied: str = "NL") -> Cijfer:
        """The figure; OnbekendCijfer names near ids when it does not exist."""
        try:
            waarde = self._waarden[cijfer_id, gebied]
        except KeyError:
            raise OnbekendCijfer(self._unknown(cijfer_id, gebied)) from None
        definitie = self.definities[cijfer_id]
        return Cijfer(cijfer_id, gebied, waarde, definitie.eenheid, definitie.definitie, definitie.model)

    def bestaat(self, cijfer_id: str) -> bool:
        """Whether the figure is defined, in whatever area and with or without a value."""
        return cijfer_id in self.definities

    def __len__(self) -> int:
        return len(self._waarden)

    def gebieden(self, cijfer_id: str) -> tuple[str, ...]:
        """The areas for which this figure exists."""
        return tuple(gebied for name, gebied in self._waarden if name == cijfer_id)

    def _unknown(self, cijfer_id: str, gebied: str) -> str:
        if cijfer_id in self.definities:
            return f"cijfer {cijfer_id!r} bestaat niet voor gebied {gebied!r}"
        return unknown_figure(cijfer_id, self.definities)


def unknown_figure(cijfer_id: str, known: Iterable[str]) -> str:
    """What to say of an id that is none: ids in which it stands, and ids that are like it."""
    names, text = tuple(known), cijfer_id.strip().casefold()
    near = [name for name in names if text and text in name] + difflib.get_close_matches(text, names, n=_SUGGESTIONS)
    hint = f"; bedoelde u {', '.join(list(dict.fromkeys(near))[:_SUGGESTIONS])}?" if near else ""
    return f"cijfer {cijfer_id!r} staat niet in het register{hint}"
