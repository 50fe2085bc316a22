"""Survival curves: which part still waits after so many weeks, as a step line with a band of 95 percent.

Belongs here: drawing curves and saying what they show. Not here: the estimate (sql/), which curves there are
(chart_data_persons.py). Weeks on the axis are days divided by seven; every printed number is written from its Cijfer.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.core.document import house_style as stijl
from pipeline.core.document.chart_parts import assen, getal, schrijf
from pipeline.core.document.dutch import format_cijfer, opsomming

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from pipeline.core.figures import Cijfer

_DAGEN_PER_WEEK = 7
# A year and a half: beyond it few are left and the curve says little.
_WEKEN = 78
_BAND = "#c5dcea"
# Under a label that stands beside its point: the line of the norm stops there instead of running through the words.
_WIT = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}


@dataclass(frozen=True)
class Punt:
    """One step: the day, the percentage still waiting from that day on, and the bounds of the band."""

    dag: int
    wacht: float
    onder: float
    boven: float


@dataclass(frozen=True)
class Curve:
    """One waiting time: its name, its steps, quartiles and median in weeks (None where not reached), the norm."""

    naam: str
    vanaf: str
    tot: str
    punten: tuple[Punt, ...]
    kwartiel_1: "Cijfer"
    mediaan: "Cijfer"
    kwartiel_3: "Cijfer"
    norm: "Cijfer"


def _teken_lijn(axes: "Axes", curve: Curve, dikte: float) -> None:
    punten = (Punt(0, 100.0, 100.0, 100.0), *curve.punten)
    weken = [punt.dag / _DAGEN_PER_WEEK for punt in punten]
    axes.fill_between(
        weken, [p.onder for p in punten], [p.boven for p in punten], step="post", color=_BAND, linewidth=0
    )
    axes.plot(weken, [p.wacht for p in punten], drawstyle="steps-post", color=stijl.BLAUW, linewidth=dikte)


def _raster(axes: "Axes", stap: int, *, getallen: bool) -> None:
    axes.set_xlim(0, _WEKEN)
    axes.set_ylim(0, 100)
    axes.spines["bottom"].set_color(stijl.GRIJS)
    for hoogte in (25, 50, 75, 100):
        axes.axhline(hoogte, color=stijl.LIJN, linewidth=0.4, zorder=0)
    for hoogte in (0, 25, 50, 75, 100) if getallen else ():
        schrijf(axes, 0, hoogte, f"{hoogte}%", dx=-5, ha="right", color=stijl.GRIJS)
    for week in range(0, _WEKEN + 1, stap):
        axes.plot([week, week], [0, -1.6], color=stijl.GRIJS, linewidth=0.6, clip_on=False)
        schrijf(axes, week, 0, f"{week}", dy=-5, va="top", color=stijl.GRIJS)


def _norm(axes: "Axes", curve: Curve) -> None:
    if curve.norm.waarde is None:
        return
    x = getal(curve.norm)
    weken = "week" if curve.norm.waarde == 1 else "weken"
    axes.plot([x, x], [0, 100], color=stijl.INKT, linewidth=0.8, dashes=(4, 2.5))
    schrijf(axes, x, 100, f"norm: {format_cijfer(curve.norm)} {weken}", dy=3, ha="left", va="bottom", color=stijl.GRIJS)


def teken_curve(curve: Curve) -> bytes:
    """One curve on the full width, with the norm, the quartiles and the median."""

    def schilder(figure: "Figure") -> None:
        axes = assen(figure, 10, 12, 148, 43)
        _raster(axes, 13, getallen=True)
        _norm(axes, curve)
        _teken_lijn(axes, curve, 1.6)
        for hoogte, cijfer, naam in (
            (75, curve.kwartiel_1, "een kwart"),
            (50, curve.mediaan, "de helft"),
            (25, curve.kwartiel_3, "driekwart"),
        ):
            if cijfer.waarde is not None and getal(cijfer) <= _WEKEN:
                _merk(axes, getal(cijfer), hoogte)
                x = getal(cijfer)
                schrijf(
                    axes, x, hoogte, f"{format_cijfer(cijfer)} weken", dx=6, dy=12.5, ha="left",
                    va="bottom", fontweight=stijl.HALFVET, fontsize=9.5, bbox=_WIT,
                )  # fmt: skip
                schrijf(axes, x, hoogte, f"dan is {naam} zover", dx=6, dy=3, ha="left", va="bottom", bbox=_WIT)
        schrijf(axes, _WEKEN, 0, f"weken sinds {curve.vanaf}", dy=-17, ha="right", va="top", color=stijl.GRIJS)
        schrijf(axes, 0, 100, "wacht nog", dx=-26, dy=8, ha="left", va="bottom", color=stijl.GRIJS)

    return stijl.teken(62, schilder)


def _merk(axes: "Axes", x: float, y: float) -> None:
    axes.plot([x], [y], marker="o", markersize=5, color=stijl.DONKERBLAUW, markeredgecolor="white", markeredgewidth=0.8)


def teken_curves(curves: tuple[Curve, ...]) -> bytes:
    """Curves side by side on one scale, each with its norm and median."""

    def schilder(figure: "Figure") -> None:
        for nummer, curve in enumerate(curves):
            axes = assen(figure, 10 + 51.5 * nummer, 11, 45, 32)
            _raster(axes, 26, getallen=nummer == 0)
            _norm(axes, curve)
            schrijf(axes, _WEKEN, 0, f"weken sinds {curve.vanaf}", dy=-17, ha="right", va="top", color=stijl.GRIJS)
            _teken_lijn(axes, curve, 1.3)
            schrijf(axes, 0, 100, curve.naam, dy=16, ha="left", va="bottom", fontweight=stijl.HALFVET)
            if curve.mediaan.waarde is not None and getal(curve.mediaan) <= _WEKEN:
                _merk(axes, getal(curve.mediaan), 50)
                schrijf(
                    axes, getal(curve.mediaan), 50, f"{format_cijfer(curve.mediaan)} weken", dx=6, dy=2, ha="left",
                    va="bottom", fontweight=stijl.HALFVET, bbox=_WIT,
                )  # fmt: skip
            if nummer == 0:
                schrijf(axes, 0, 100, "wacht nog", dx=-26, dy=29, ha="left", va="bottom", color=stijl.GRIJS)

    return stijl.teken(59, schilder)


def alt_curve(curve: Curve) -> str:
    """What one curve shows: when a quarter, half and three quarters are there, beside the norm."""
    return f"Lijndiagram van het deel dat nog wacht, in weken vanaf {curve.vanaf}, met een band van 95 procent. " + (
        _uitkomst(curve)
    )


def alt_curves(curves: tuple[Curve, ...]) -> str:
    """What the curves side by side show, one after the other."""
    return "Lijndiagrammen van het deel dat nog wacht, in weken, elk met een band van 95 procent. " + " ".join(
        f"{curve.naam}: {_uitkomst(curve)[0].lower()}{_uitkomst(curve)[1:]}" for curve in curves
    )


def _uitkomst(curve: Curve) -> str:
    bereikt = [
        f"na {format_cijfer(cijfer)} weken is {naam} zover"
        for cijfer, naam in (
            (curve.kwartiel_1, "een kwart"),
            (curve.mediaan, "de helft"),
            (curve.kwartiel_3, "driekwart"),
        )
        if cijfer.waarde is not None
    ]
    zin = opsomming(bereikt) if bereikt else f"nog geen kwart is tot {curve.tot} gekomen"
    norm = "" if curve.norm.waarde is None else f" De norm is {format_cijfer(curve.norm)} weken."
    return f"{zin[0].upper()}{zin[1:]}.{norm}"
