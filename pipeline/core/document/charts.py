"""The charts of the report: each a pure function from figures to SVG bytes, with beside it the alt text.

Belongs here: what a chart shows and what it says to someone who cannot see it. Not here: colours and the set-up of
matplotlib (house_style.py), what charts share (chart_parts.py), gathering figures from the register (chart_data.py),
the map (maps.py). Floats appear only as positions on paper; every printed number is written from its Cijfer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.core.document import house_style as stijl
from pipeline.core.document.chart_parts import assen, getal, schrijf
from pipeline.core.document.dutch import format_cijfer, met_hoofdletter, opsomming
from pipeline.core.document.house_style import teken
from pipeline.core.document.prose import telwoord, zonder_teken

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from pipeline.core.figures import Cijfer


@dataclass(frozen=True)
class Maandreeks:
    """Realisatie of each month, and the pace per month that the gecorrigeerde taakstelling asks for."""

    halfjaar: str
    maanden: tuple[str, ...]
    realisatie: "tuple[Cijfer, ...]"
    tempo: "Cijfer"


@dataclass(frozen=True)
class Schemareeks:
    """Cumulative realisatie and the schedule after each month; `percentage` and `saldo` at the end."""

    halfjaar: str
    begin: str
    maanden: tuple[str, ...]
    realisatie: "tuple[Cijfer, ...]"
    schema: "tuple[Cijfer, ...]"
    percentage: "Cijfer"
    saldo: "Cijfer"


@dataclass(frozen=True)
class Saldoparen:
    """Gross achterstand, gross voorsprong and net saldo at the start and at the end of the half-year."""

    datum_begin: str
    datum_eind: str
    achterstand: "tuple[Cijfer, Cijfer]"
    voorsprong: "tuple[Cijfer, Cijfer]"
    saldo: "tuple[Cijfer, Cijfer]"


@dataclass(frozen=True)
class Provinciestand:
    """One province (or the country): percentage of the gecorrigeerde taakstelling and municipalities per stand."""

    naam: str
    percentage: "Cijfer"
    achter: "Cijfer"
    exact: "Cijfer"
    voor: "Cijfer"
    land: bool = False


def teken_maanden(reeks: Maandreeks) -> bytes:
    """Bars of the realisatie per month with their values, against the pace that was needed."""
    values = [getal(c) for c in reeks.realisatie]
    tempo = getal(reeks.tempo)

    def schilder(figure: "Figure") -> None:
        axes = assen(figure, 0, 6, 160, 38)
        n = len(values)
        axes.bar(range(n), values, width=0.62, color=stijl.BLAUW)
        axes.set_xlim(-0.5, n + 0.55)
        top, bottom = max(*values, tempo, 1.0), min(*values, 0.0)
        axes.set_ylim(bottom * 1.12, top * 1.14)
        axes.spines["bottom"].set_visible(False)
        axes.axhline(0, xmax=n / (n + 1.05), color=stijl.GRIJS, linewidth=0.6)
        for i, (cijfer, value) in enumerate(zip(reeks.realisatie, values, strict=True)):
            boven = value >= 0
            schrijf(
                axes, i, value, format_cijfer(cijfer), dy=4 if boven else -4, va="bottom" if boven else "top",
                fontweight=stijl.HALFVET, fontsize=9.5,
            )  # fmt: skip
            schrijf(axes, i, bottom * 1.12, reeks.maanden[i], dy=-6, va="top")
        axes.plot([-0.42, n - 0.58], [tempo, tempo], color=stijl.INKT, linewidth=0.9, dashes=(4, 2.5))
        schrijf(axes, n - 0.54, tempo, "nodig per maand", dx=3, dy=12.5, ha="left", va="bottom", color=stijl.GRIJS)
        schrijf(
            axes,
            n - 0.54,
            tempo,
            format_cijfer(reeks.tempo),
            dx=3,
            dy=2,
            ha="left",
            va="bottom",
            fontweight=stijl.HALFVET,
        )

    return teken(46, schilder)


def alt_maanden(reeks: Maandreeks) -> str:
    """What the bars show: every month, the highest and lowest, and in how many months the needed pace was met."""
    values = [getal(c) for c in reeks.realisatie]
    pairs = list(zip(reeks.maanden, reeks.realisatie, strict=True))
    gehaald = sum(value >= getal(reeks.tempo) for value in values)
    hoogste = opsomming(maand for maand, c in pairs if getal(c) == max(values))
    laagste = opsomming(maand for maand, c in pairs if getal(c) == min(values))
    uitersten = "Elke maand was de realisatie even hoog."
    if max(values) > min(values):
        uitersten = f"De realisatie was het hoogst in {hoogste} en het laagst in {laagste}."
    per_maand = opsomming(f"{maand} {format_cijfer(c)}" for maand, c in pairs)
    return (
        f"Staafdiagram van de realisatie per maand in {reeks.halfjaar}: {per_maand}. {uitersten} "
        f"Nodig was {format_cijfer(reeks.tempo)} per maand; "
        f"dat is in {telwoord(gehaald)} van de {telwoord(len(values))} maanden gehaald."
    )


def teken_schema(reeks: Schemareeks) -> bytes:
    """Cumulative realisatie against the schedule of the gecorrigeerde taakstelling, month by month."""
    values = [0.0, *(getal(c) for c in reeks.realisatie)]
    schema = [0.0, *(getal(c) for c in reeks.schema)]

    def schilder(figure: "Figure") -> None:
        axes = assen(figure, 1, 7, 134, 55)
        n = len(values) - 1
        low, high = min(*values, *schema), max(*values, *schema, 1.0)
        span = high - low
        axes.set_xlim(0, n)
        # The axis is zero, unless corrections brought the line below it.
        voet = low - 0.07 * span if low < 0 else 0.0
        axes.set_ylim(voet, high + 0.09 * span)
        axes.fill_between(range(n + 1), values, schema, color="#e9eef2", linewidth=0)
        axes.plot(range(n + 1), schema, color=stijl.GRIJS, linewidth=1.1, dashes=(4, 2.5))
        axes.plot(
            range(n + 1), values, color=stijl.BLAUW, linewidth=2.2, marker="o", markersize=4.6, markeredgewidth=0,
            clip_on=False,
        )  # fmt: skip
        for i, maand in enumerate(reeks.maanden):
            axes.plot([i, i], [voet, voet - 0.02 * span], color=stijl.LIJN, linewidth=0.6, clip_on=False)
            schrijf(axes, i + 0.5, voet, maand, dy=-6, va="top")
        for i in range(1, n):
            boven = values[i] > schema[i]
            _label(axes, i, values[i], format_cijfer(reeks.realisatie[i - 1]), boven, vet=True)
            _label(axes, i, schema[i], format_cijfer(reeks.schema[i - 1]), not boven, vet=False)
        _eindlabels(axes, reeks, n, values[-1], schema[-1], span)

    return teken(64, schilder)


def _label(axes: "Axes", x: float, y: float, tekst: str, boven: bool, *, vet: bool) -> None:
    """A value beside a point of a rising line: above it to the left, or below it to the right."""
    schrijf(
        axes, x, y, tekst,
        dx=-3 if boven else 4, dy=5 if boven else -5, ha="right" if boven else "left", va="bottom" if boven else "top",
        color=stijl.BLAUW if vet else stijl.GRIJS, fontweight=stijl.HALFVET if vet else 400,
    )  # fmt: skip


def _eindlabels(axes: "Axes", reeks: Schemareeks, n: int, value: float, schema: float, span: float) -> None:
    """The labels at the right end, pushed apart when the two lines end close together."""
    ruimte = 0.17 * span
    midden = (value + schema) / 2
    half = max(abs(schema - value), ruimte) / 2
    y_schema, y_value = (midden + half, midden - half) if schema >= value else (midden - half, midden + half)
    for y, naam, cijfer, kleur in (
        (y_schema, "schema", reeks.schema[-1], stijl.GRIJS),
        (y_value, "realisatie", reeks.realisatie[-1], stijl.BLAUW),
    ):
        schrijf(
            axes,
            n,
            y,
            format_cijfer(cijfer),
            dx=9,
            dy=-0.5,
            ha="left",
            va="bottom",
            color=kleur,
            fontweight=stijl.HALFVET,
            fontsize=10,
        )
        schrijf(axes, n, y, naam, dx=9, dy=-1.5, ha="left", va="top", color=kleur)


def alt_schema(reeks: Schemareeks) -> str:
    """What the lines show: where both end, and in how many months the realisatie was at or above the schedule."""
    pairs = list(zip(reeks.realisatie, reeks.schema, strict=True))
    op_schema = sum(getal(c) >= getal(s) for c, s in pairs)
    per_maand = opsomming(
        f"eind {maand} {format_cijfer(c)} tegenover {format_cijfer(s)}"
        for maand, (c, s) in zip(reeks.maanden, pairs, strict=True)
    )
    saldo = getal(reeks.saldo)
    slot = "Daarmee is de gecorrigeerde taakstelling precies gehaald."
    if saldo:
        richting = "minder" if saldo > 0 else "meer"
        slot = f"Aan het eind zijn {zonder_teken(reeks.saldo)} vergunninghouders {richting} gehuisvest dan het schema."
    if reeks.percentage.waarde is not None:
        slot += f" De realisatie is {format_cijfer(reeks.percentage)} van de gecorrigeerde taakstelling."
    return (
        f"Lijndiagram van de realisatie vanaf {reeks.begin} naast het schema van de gecorrigeerde taakstelling "
        f"in {reeks.halfjaar}: {per_maand}. In {telwoord(op_schema)} van de {telwoord(len(pairs))} maanden lag de "
        f"realisatie op of boven het schema. {slot}"
    )


def teken_saldo(paren: Saldoparen) -> bytes:
    """Gross achterstand, voorsprong (to the left of zero) and the net saldo, at the start and at the end."""
    groepen = (
        ("Bruto achterstand", paren.achterstand, 1),
        ("Bruto voorsprong", paren.voorsprong, -1),
        ("Netto saldo", paren.saldo, 1),
    )
    lengths = [teken_ * getal(c) for _, pair, teken_ in groepen for c in pair]

    def schilder(figure: "Figure") -> None:
        axes = assen(figure, 60, 1, 94, 50)
        low, high = min(*lengths, 0.0), max(*lengths, 1.0)
        span = high - low
        axes.set_xlim(low - (0.12 * span if low < 0 else 0), high + 0.12 * span)
        axes.set_ylim(7.6, -0.6)
        axes.spines["bottom"].set_visible(False)
        axes.axvline(0, color=stijl.GRIJS, linewidth=0.6)
        links = axes.get_xlim()[0]
        for g, (naam, pair, richting) in enumerate(groepen):
            schrijf(axes, links, g * 3, naam, dx=-170, ha="left", fontweight=stijl.HALFVET)
            for rij, (cijfer, datum) in enumerate(zip(pair, (paren.datum_begin, paren.datum_eind), strict=True)):
                lengte, y = richting * getal(cijfer), g * 3 + rij
                axes.barh(y, lengte, height=0.86, color=stijl.BLAUW if rij else stijl.LICHTBLAUW)
                schrijf(axes, links, y, datum, dx=-8, ha="right", color=stijl.INKT if rij else stijl.GRIJS)
                rechts = lengte >= 0
                schrijf(
                    axes, lengte, y, format_cijfer(cijfer), dx=4 if rechts else -4, ha="left" if rechts else "right",
                    fontweight=stijl.HALFVET if rij else 400,
                )  # fmt: skip

    return teken(52, schilder)


def alt_saldo(paren: Saldoparen) -> str:
    """What the bars show: the three measures at both dates and the direction of each."""
    zinnen = [
        f"{naam} {format_cijfer(begin)} op {paren.datum_begin} en {format_cijfer(eind)} op {paren.datum_eind} "
        f"({_richting(begin, eind)})"
        for naam, (begin, eind) in (
            ("de bruto achterstand was", paren.achterstand),
            ("de bruto voorsprong was", paren.voorsprong),
            ("het netto saldo was", paren.saldo),
        )
    ]
    return f"Staafdiagram van achterstand en voorsprong aan het begin en aan het eind: {opsomming(zinnen)}."


def _richting(begin: "Cijfer", eind: "Cijfer") -> str:
    verschil = getal(eind) - getal(begin)
    return "gelijk gebleven" if verschil == 0 else "toegenomen" if verschil > 0 else "afgenomen"


def _op_volgorde(standen: Sequence[Provinciestand]) -> list[Provinciestand]:
    """Highest percentage first; areas where it does not apply last; ties by name."""
    return sorted(standen, key=lambda s: (s.percentage.waarde is None, -(s.percentage.waarde or 0), s.naam))


def teken_provincies(standen: Sequence[Provinciestand]) -> bytes:
    """Percentage of the gecorrigeerde taakstelling per province, sorted, and the municipalities per stand."""
    rijen = _op_volgorde(standen)
    bekend = [float(r.percentage.waarde) for r in rijen if r.percentage.waarde is not None]
    hoogte = _RIJ_MM * (len(rijen) + 1)

    def schilder(figure: "Figure") -> None:
        axes = assen(figure, 31, 0, 79, hoogte)
        low, high = min([0.0, *bekend]), max([100.0, *bekend]) * 1.13
        axes.set_xlim(low, high)
        axes.set_ylim(len(rijen) - 0.5, -1.5)
        axes.spines["bottom"].set_visible(False)
        for y, rij in enumerate(rijen):
            schrijf(axes, low, y, rij.naam, dx=-6, ha="right", fontweight=_gewicht(rij))
            if rij.percentage.waarde is None:
                schrijf(axes, 0, y, format_cijfer(rij.percentage), dx=4, ha="left", color=stijl.GRIJS)
            else:
                _percentagestaaf(axes, y, rij, float(rij.percentage.waarde), _LABEL_DEEL * (high - low))
        # White on both sides keeps the line to be seen where it crosses a bar, also in grey.
        for kleur, dikte in (("white", 2.6), (stijl.INKT, 0.8)):
            axes.plot([100, 100], [-0.5, len(rijen) - 0.5], color=kleur, linewidth=dikte, solid_capstyle="butt")
        schrijf(axes, 100, -1, "100%", color=stijl.GRIJS)
        _standkolommen(assen(figure, 113, 0, 47, hoogte), rijen)

    return teken(hoogte, schilder)


# Height of one row, and the part of the axis that a percentage takes as text.
_RIJ_MM = 5.3
_LABEL_DEEL = 0.16


def _percentagestaaf(axes: "Axes", y: float, rij: Provinciestand, value: float, ruimte: float) -> None:
    """One bar with its percentage: inside the end of the bar, or beside it, never across the line of 100%."""
    axes.barh(y, value, height=0.68, color=stijl.DONKERBLAUW if rij.land else stijl.MIDDENBLAUW)
    percentage = format_cijfer(rij.percentage)
    if value >= ruimte and not value - ruimte < 100 < value:
        schrijf(
            axes,
            value,
            y,
            percentage,
            dx=-4,
            ha="right",
            fontweight=stijl.HALFVET,
            color="white" if rij.land else stijl.INKT,
        )
        return
    naast = max(value, 0.0)
    if naast < 100 < naast + ruimte:
        naast = 100.0
    schrijf(axes, naast, y, percentage, dx=4, ha="left", fontweight=stijl.HALFVET)


def _gewicht(rij: Provinciestand) -> int:
    return stijl.HALFVET if rij.land else 400


def _standkolommen(axes: "Axes", rijen: Sequence[Provinciestand]) -> None:
    """Three columns of numbers in line with the bars."""
    axes.set_xlim(0, 3)
    axes.set_ylim(len(rijen) - 0.5, -1.5)
    axes.spines["bottom"].set_visible(False)
    for k, kop in enumerate(("achter", "exact", "voor"), 1):
        schrijf(axes, k, -1, kop, ha="right", color=stijl.GRIJS)
        for y, rij in enumerate(rijen):
            cijfer = (rij.achter, rij.exact, rij.voor)[k - 1]
            schrijf(axes, k, y, format_cijfer(cijfer), ha="right", fontweight=_gewicht(rij))


def alt_provincies(standen: Sequence[Provinciestand]) -> str:
    """What the bars show: every area from high to low with its counts, and which provinces met all of it."""
    rijen = _op_volgorde(standen)
    gehaald = [r.naam for r in rijen if not r.land and (r.percentage.waarde or 0) >= 100]
    slot = "Geen provincie haalde 100%."
    if gehaald:
        slot = f"Ten minste 100% {'haalde' if len(gehaald) == 1 else 'haalden'} {opsomming(gehaald)}."
    delen = "; ".join(
        f"{r.naam} {format_cijfer(r.percentage)} (achter {format_cijfer(r.achter)}, exact {format_cijfer(r.exact)}, "
        f"voor {format_cijfer(r.voor)})"
        for r in rijen
    )
    return (
        "Staafdiagram van de realisatie als percentage van de gecorrigeerde taakstelling per provincie, van hoog naar "
        f"laag, met het aantal gemeenten dat achter, exact op of voor ligt: {met_hoofdletter(delen)}. {slot}"
    )
