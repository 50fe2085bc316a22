"""What the charts share: a place on paper, text at that place, and the position of a figure.

Belongs here: the smallest parts of a drawing. Not here: a chart (charts*.py), colours and the set-up (house_style.py).
"""

from typing import TYPE_CHECKING

from pipeline.core.errors import DocumentFout

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from pipeline.core.figures import Cijfer


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
