"""Charts of counts: horizontal bars of classes, and stock and flow as steps from one stock to the next.

Belongs here: drawing those two shapes and saying what they show. Not here: which figures are in them
(chart_data_persons.py), colours (house_style.py). Every printed number is written from its Cijfer.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.core.document import house_style as stijl
from pipeline.core.document.chart_parts import arceerlijnen, assen, getal, lijnpad, schrijf
from pipeline.core.document.dutch import format_cijfer, met_hoofdletter, opsomming

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from pipeline.core.figures import Cijfer

# Height of one bar with its space, and how much of the row the bar takes.
_RIJ_MM = 5.6
_DIKTE = 0.64


@dataclass(frozen=True)
class Staaf:
    """One class: its name, its count, a second figure beside it, and whether it is the one that the text is about."""

    naam: str
    cijfer: "Cijfer"
    bij: "Cijfer | None" = None
    nadruk: bool = False


@dataclass(frozen=True)
class Staven:
    """A row of classes. `onderwerp` completes 'Staafdiagram van'; `koppen` stand above count and second figure."""

    onderwerp: str
    staven: tuple[Staaf, ...]
    koppen: tuple[str, str] | None = None


def teken_staven(gegevens: Staven) -> bytes:
    """Horizontal bars with the name before and the count behind each; the second figure in a column on the right."""
    rijen = gegevens.staven
    top = max([1.0, *(getal(rij.cijfer) for rij in rijen)])
    boven = 1.0 if gegevens.koppen else 0.0
    hoogte = _RIJ_MM * (len(rijen) + boven)

    def schilder(figure: "Figure") -> None:
        axes = assen(figure, 62, 0, 98, hoogte)
        axes.set_xlim(0, top * (1.42 if gegevens.koppen else 1.18))
        axes.set_ylim(len(rijen) - 0.5, -0.5 - boven)
        axes.spines["bottom"].set_visible(False)
        rechts = axes.get_xlim()[1]
        if gegevens.koppen:
            schrijf(axes, 0, -1, gegevens.koppen[0], ha="left", color=stijl.GRIJS)
            schrijf(axes, rechts, -1, gegevens.koppen[1], ha="right", color=stijl.GRIJS)
        kleur = stijl.MIDDENBLAUW if any(rij.nadruk for rij in rijen) else stijl.BLAUW
        for y, rij in enumerate(rijen):
            _staaf(axes, y, rij, rechts, stijl.DONKERBLAUW if rij.nadruk else kleur)
        axes.plot([0, 0], [-0.5, len(rijen) - 0.5], color=stijl.GRIJS, linewidth=0.6)

    return stijl.teken(hoogte, schilder)


def _staaf(axes: "Axes", y: float, rij: Staaf, rechts: float, kleur: str) -> None:
    gewicht = stijl.HALFVET if rij.nadruk else 400
    axes.barh(y, getal(rij.cijfer), height=_DIKTE, color=kleur)
    schrijf(axes, 0, y, rij.naam, dx=-6, ha="right", fontweight=gewicht)
    schrijf(axes, getal(rij.cijfer), y, format_cijfer(rij.cijfer), dx=4, ha="left", fontweight=stijl.HALFVET)
    if rij.bij is not None:
        schrijf(axes, rechts, y, format_cijfer(rij.bij), ha="right")


def alt_staven(gegevens: Staven) -> str:
    """What the bars show: every class with its count, and which class is the largest."""
    koppen = gegevens.koppen or ("", "")
    delen = "; ".join(
        f"{rij.naam} {format_cijfer(rij.cijfer)}" + (f" ({format_cijfer(rij.bij)} {koppen[1]})" if rij.bij else "")
        for rij in gegevens.staven
    )
    hoogste = max(getal(rij.cijfer) for rij in gegevens.staven)
    grootste = [rij.naam for rij in gegevens.staven if getal(rij.cijfer) == hoogste]
    slot = "In elke klasse is het aantal nul." if hoogste == 0 else f"Het grootste aantal heeft {opsomming(grootste)}."
    return f"Staafdiagram van {gegevens.onderwerp}: {delen}. {slot}"


@dataclass(frozen=True)
class Stroom:
    """Stock at the start, what came in, what went out, stock at the end: begin + in - out = end."""

    begin: Staaf
    erbij: tuple[Staaf, ...]
    eraf: tuple[Staaf, ...]
    eind: Staaf


def teken_stroom(stroom: Stroom) -> bytes:
    """Columns from stock to stock: each flow hangs where the one before it ended. A key says which is which."""
    stappen = [(stroom.begin, 0.0, getal(stroom.begin.cijfer))]
    stand = getal(stroom.begin.cijfer)
    for rij in stroom.erbij:
        stappen.append((rij, stand, stand + getal(rij.cijfer)))
        stand = stappen[-1][2]
    for rij in stroom.eraf:
        stappen.append((rij, stand - getal(rij.cijfer), stand))
        stand = stappen[-1][1]
    stappen.append((stroom.eind, 0.0, getal(stroom.eind.cijfer)))
    top = max([1.0, *(boven for _, _, boven in stappen)])

    def schilder(figure: "Figure") -> None:
        axes = assen(figure, 0, 11, 160, 49)
        axes.set_xlim(-0.5, len(stappen) - 0.5)
        axes.set_ylim(0, top * 1.36)
        axes.spines["bottom"].set_color(stijl.GRIJS)
        for x, (rij, onder, boven) in enumerate(stappen):
            soort = 0 if x in (0, len(stappen) - 1) else 1 if x <= len(stroom.erbij) else 2
            teken_ = _SOORTEN[soort].teken
            _kolom(axes, (x - 0.31, x + 0.31), (onder, boven), _SOORTEN[soort])
            schrijf(
                axes, x, boven, f"{teken_}{format_cijfer(rij.cijfer)}", dy=3, va="bottom", fontweight=stijl.HALFVET,
                fontsize=9.5,
            )  # fmt: skip
            for regel, woorden in enumerate(rij.naam.split("\n")):
                schrijf(axes, x, 0, woorden, dy=-6 - 10.5 * regel, va="top")
        _verbind(axes, stappen, len(stroom.erbij))
        _sleutel(axes, top * 1.36)

    return stijl.teken(60, schilder)


@dataclass(frozen=True)
class _Soort:
    """How one kind of column is drawn: its words in the key, its sign, its fill, and whether it is hatched.

    The three differ without colour: dark, light within a dark line, and hatched on white.
    """

    naam: str
    teken: str
    vulling: str
    gearceerd: bool = False


_SOORTEN = (
    _Soort("stand", "", stijl.DONKERBLAUW),
    _Soort("erbij", "+", stijl.LICHTBLAUW),
    _Soort("eraf", "\u2212", "#ffffff", gearceerd=True),
)


def _kolom(axes: "Axes", x: tuple[float, float], y: tuple[float, float], soort: _Soort) -> None:
    """One column between two positions on each axis."""
    from matplotlib.patches import PathPatch, Rectangle
    from matplotlib.transforms import IdentityTransform

    axes.add_patch(
        Rectangle(
            (x[0], y[0]), x[1] - x[0], y[1] - y[0], facecolor=soort.vulling, edgecolor=stijl.DONKERBLAUW, linewidth=0.8
        )
    )
    if soort.gearceerd:
        hoeken = axes.transData.transform([(x[0], y[0]), (x[1], y[0]), (x[1], y[1]), (x[0], y[1])])
        ring = [(float(h), float(v)) for h, v in hoeken]
        # With its own transform before it is added: else the axes would read points as data.
        lijnen = PathPatch(lijnpad(arceerlijnen([ring])), facecolor="none", edgecolor=stijl.DONKERBLAUW, linewidth=0.9)
        lijnen.set_transform(IdentityTransform())
        axes.add_artist(lijnen)


def _sleutel(axes: "Axes", top: float) -> None:
    """The kinds of columns with their words, above the left columns where there is room."""
    for nummer, soort in enumerate(_SOORTEN):
        x = -0.19 + 0.62 * nummer
        _kolom(axes, (x - 0.12, x), (top * 0.93, top * 0.985), soort)
        schrijf(axes, x, top * 0.957, soort.naam, dx=4, ha="left")


def _verbind(axes: "Axes", stappen: "list[tuple[Staaf, float, float]]", erbij: int) -> None:
    """Thin lines from the end of each column to the start of the next."""
    for x, (_, onder, boven) in enumerate(stappen[:-1]):
        hoogte = boven if x <= erbij else onder
        axes.plot([x + 0.31, x + 0.69], [hoogte, hoogte], color=stijl.GRIJS, linewidth=0.6)


def alt_stroom(stroom: Stroom) -> str:
    """What the columns show: both stocks, every flow, and whether the stock grew."""

    def delen(rijen: tuple[Staaf, ...]) -> str:
        return opsomming(f"{format_cijfer(rij.cijfer)} ({_op_een_regel(rij)})" for rij in rijen)

    verschil = getal(stroom.eind.cijfer) - getal(stroom.begin.cijfer)
    richting = "gelijk gebleven" if verschil == 0 else "toegenomen" if verschil > 0 else "afgenomen"
    return (
        f"Staafdiagram van de stroom door de opvang: {_op_een_regel(stroom.begin)} "
        f"{format_cijfer(stroom.begin.cijfer)}. Erbij kwamen {delen(stroom.erbij)}, eraf gingen "
        f"{delen(stroom.eraf)}. {met_hoofdletter(_op_een_regel(stroom.eind))} {format_cijfer(stroom.eind.cijfer)}. "
        f"De stand is {richting}."
    )


def _op_een_regel(rij: Staaf) -> str:
    return rij.naam.replace("\n", " ")
