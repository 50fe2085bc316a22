"""What comparing two editions comes to.

Belongs here: the shapes of the outcome. Not here: reaching it (editions.py, halfyears.py).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from pipeline.core.compare.rows import Rijen

OORZAKEN = {
    "definitie": "definitie of code",
    "eerder": "eerdere edities",
    "correcties": "correcties",
    "nagekomen": "nagekomen",
    "herindeling": "herindeling",
}
"""The causes within one half-year, as they are headed."""
VERLOOP = {"herindeling": "herindeling", "verloop": "verloop"}
"""What a difference between two half-years consists of."""


@dataclass(frozen=True)
class Gebied:
    """An area as it is named and ordered."""

    code: str
    naam: str
    volgorde: int


@dataclass(frozen=True)
class Verschil:
    """One figure in one area. `delen`: how much each cause made of the difference, None where it has no number (one of
    both is n.v.t., or the cause cannot be told); they add up to `verschil`. `oorzaken`: which causes touched it.
    """

    cijfer_id: str
    naam: str
    eenheid: str
    decimalen: int
    gebied: str
    gebied_naam: str
    oud: Decimal | None
    nieuw: Decimal | None
    verschil: Decimal | None
    delen: Mapping[str, Decimal | None]
    oorzaken: tuple[str, ...]


@dataclass(frozen=True)
class Kant:
    """An edition that was compared."""

    periode: str
    editie: int
    gepubliceerd: bool

    def __str__(self) -> str:
        return f"{self.periode}@{self.editie}"


@dataclass(frozen=True)
class Vergelijking:
    """Two editions beside each other: the figures that differ by area, the rows of the deliveries that differ (of one
    half-year alone), and what must be said with it. `zeker`: the split can be relied upon. `cijfers`: every figure of
    both (cijfer_id, gebied), the equal ones too. `gekozen`: the code of the area that was asked for.
    """

    oud: Kant
    nieuw: Kant
    zelfde_halfjaar: bool
    verschillen: tuple[Verschil, ...]
    gebieden: tuple[Gebied, ...]
    rijen: tuple[Rijen, ...]
    opmerkingen: tuple[str, ...]
    zeker: bool
    cijfers: frozenset[tuple[str, str]] = frozenset()
    gekozen: str | None = None

    @property
    def gelijk(self) -> int:
        """How many figures are the same in both, or n.v.t. in both."""
        return len(self.cijfers) - sum((one.cijfer_id, one.gebied) in self.cijfers for one in self.verschillen)

    @property
    def oorzaken(self) -> Mapping[str, str]:
        """The causes that have a meaning here, by name, as they are headed."""
        return OORZAKEN if self.zelfde_halfjaar else VERLOOP

    def van(self, gebied: str | None = None, cijfer_id: str | None = None) -> "Vergelijking":
        """The same with the figures of one area, or one figure of all areas, alone."""
        chosen = tuple(
            one for one in self.verschillen if gebied in (None, one.gebied) and cijfer_id in (None, one.cijfer_id)
        )
        figures = {one for one in self.cijfers if gebied in (None, one[1]) and cijfer_id in (None, one[0])}
        return replace(self, verschillen=chosen, cijfers=frozenset(figures))

    def as_dict(self) -> dict[str, Any]:
        """For `--json`: numbers as text with the decimals that they are printed with, so that nothing is rounded."""
        none = {} if self.zelfde_halfjaar else {name: None for name in OORZAKEN if name not in VERLOOP}
        return {
            "oud": asdict(self.oud),
            "nieuw": asdict(self.nieuw),
            "zelfde_halfjaar": self.zelfde_halfjaar,
            "niet_van_toepassing": list(none),
            "zeker": self.zeker,
            "opmerkingen": list(self.opmerkingen),
            "rijen": [asdict(rows) for rows in self.rijen],
            "gelijk": self.gelijk,
            "verschillen": [_as_dict(one, none) for one in self.verschillen],
        }


def _as_dict(one: Verschil, none: Mapping[str, None]) -> dict[str, Any]:
    return {
        "cijfer_id": one.cijfer_id,
        "naam": one.naam,
        "eenheid": one.eenheid,
        "gebied": one.gebied,
        "gebied_naam": one.gebied_naam,
        "oud": _text(one.oud, one.decimalen),
        "nieuw": _text(one.nieuw, one.decimalen),
        "verschil": _text(one.verschil, one.decimalen),
        "delen": {**{name: _text(value, one.decimalen) for name, value in one.delen.items()}, **none},
        "oorzaken": list(one.oorzaken),
    }


def _text(value: Decimal | None, decimals: int) -> str | None:
    return None if value is None else str(value.quantize(Decimal(1).scaleb(-decimals)))
