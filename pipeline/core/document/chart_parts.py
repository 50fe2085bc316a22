"""What the charts share: a place on paper, text at that place, and the position of a figure.

Belongs here: the smallest parts of a drawing. Not here: a chart (charts*.py), colours and the set-up (house_style.py).
"""

from collections.abc import Sequence
from math import floor, sqrt
from typing import TYPE_CHECKING

from pipeline.core.errors import DocumentFout

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.path import Path

    from pipeline.core.figures import Cijfer


Punt = tuple[float, float]
Ring = Sequence[Punt]

# Points between the lines of a hatching, and how far they stay from the edge of the area.
_ARCERING = 3.4
_ARCERING_RAND = 0.45

# Points that a digit of the house font lies below the middle of its line.
_CIJFERS_HOGER = 0.9


def getal(cijfer: "Cijfer") -> float:
    """The position of a figure on paper; DocumentFout when it has no value where a chart needs one."""
    if cijfer.waarde is None:
        raise DocumentFout(
            f"cijfer {cijfer.cijfer_id!r} voor {cijfer.gebied!r} heeft geen waarde; de grafiek kan niet worden gemaakt"
        )
    return float(cijfer.waarde)


def assen(figure: "Figure", links_mm: float, onder_mm: float, breedte_mm: float, hoogte_mm: float) -> "Axes":
    """Axes at a place in millimetres from the lower left corner, without ticks."""
    width, height = (float(side) * 25.4 for side in figure.get_size_inches())
    axes = figure.add_axes((links_mm / width, onder_mm / height, breedte_mm / width, hoogte_mm / height))
    axes.set_xticks([])
    axes.set_yticks([])
    return axes


def schrijf(
    axes: "Axes", x: float, y: float, tekst: str, *, dx: float = 0, dy: float = 0, ha: str = "center", **stijlen: object
) -> None:
    """Text at a data position, moved by `dx`, `dy` points; without `va` its digits are centred on the position."""
    if "va" not in stijlen:
        dy += _CIJFERS_HOGER
    va = stijlen.pop("va", "center_baseline")
    axes.annotate(tekst, (x, y), (dx, dy), textcoords="offset points", ha=ha, va=va, annotation_clip=False, **stijlen)  # type: ignore[arg-type]


def arceerlijnen(ringen: Sequence[Ring]) -> list[tuple[Punt, Punt]]:
    """The lines of a hatching within an area (outline and holes, in points), from bottom left to top right.

    All areas of a picture share one set of lines, so that the hatching goes on over their borders. Lines of our own: a
    pattern of SVG is set as tiles, and their seams show in print.
    """
    afstand = _ARCERING * sqrt(2)
    kruisingen: dict[int, list[float]] = {}
    for ring in ringen:
        for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
            c0, c1 = (y0 - x0) / afstand, (y1 - x1) / afstand
            # Half open, so that a line through a corner crosses once.
            for nummer in range(floor(min(c0, c1)) + 1, floor(max(c0, c1)) + 1):
                kruisingen.setdefault(nummer, []).append(x0 + (x1 - x0) * (nummer - c0) / (c1 - c0))
    lijnen = []
    rand = _ARCERING_RAND * sqrt(2)
    for nummer, xs in sorted(kruisingen.items()):
        op_volgorde = sorted(xs)
        for links, rechts in zip(op_volgorde[::2], op_volgorde[1::2], strict=True):
            if rechts - links > 2 * rand:
                x0, x1 = round(links + rand, 2), round(rechts - rand, 2)
                y = nummer * afstand
                lijnen.append(((x0, round(x0 + y, 2)), (x1, round(x1 + y, 2))))
    return lijnen


def lijnpad(lijnen: Sequence[tuple[Punt, Punt]]) -> "Path":
    """Separate lines as one path."""
    from matplotlib.path import Path

    if not lijnen:
        return Path([(0.0, 0.0)], [Path.MOVETO])
    return Path([punt for lijn in lijnen for punt in lijn], [Path.MOVETO, Path.LINETO] * len(lijnen))
