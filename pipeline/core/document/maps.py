"""The map of municipalities by schedule class, as SVG, with its alt text; and the outline of the country for a cover.

Belongs here: drawing shapes, insets and legend. Not here: where the shapes come from (core/boundaries.py), which class
a municipality has (the register's label table), palette and set-up (house_style.py). Shapes are planar (x to the east,
y to the north, equal scale).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pipeline.core.document import house_style as stijl
from pipeline.core.document.chart_parts import Punt, Ring, arceerlijnen, lijnpad
from pipeline.core.document.dutch import format_cijfer, opsomming
from pipeline.core.errors import DocumentFout

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch
    from matplotlib.path import Path

    from pipeline.core.figures import Cijfer

Veelhoek = Sequence[Ring]

_PT_PER_MM = 72 / 25.4
_HOOGTE_MM = 178.0
# The strip above the map in which the legend stands.
_LEGENDA_MM = 13.0
# Coordinates on paper are rounded to a twentieth of a point (0,02 mm): no eye sees it and the file is a third of the
# size.
_ROOSTER = 20


@dataclass(frozen=True)
class Klasse:
    """One class of the legend: its code in the label table, name, meaning and number of municipalities."""

    code: str
    naam: str
    betekenis: str
    aantal: "Cijfer"


@dataclass(frozen=True)
class Kaartcijfers:
    """What the map shows: the classes in order (best first), and per province the municipalities in the last class."""

    gemeenten: "Cijfer"
    klassen: tuple[Klasse, ...]
    achter_per_provincie: "tuple[tuple[str, Cijfer], ...]"


# Fill, and whether it is hatched. The middle class is, so that three classes remain apart in grey.
_VULLING = {"op_schema": ("#dbe9f4", False), "enigszins_achter": ("#b4d0e6", True), "achter": ("#154273", False)}
_ARCERING = "#154273"
_ARCERING_DIKTE = 0.8
# The capitals of the provinces and the other large cities, by the number of the municipality: where a reader is.
_PLAATSEN = (
    "GM0014", "GM0080", "GM0106", "GM0193", "GM0995", "GM0202", "GM0344", "GM0363", "GM0518", "GM0599", "GM0687",
    "GM0772", "GM0796", "GM0935",
)  # fmt: skip


@dataclass(frozen=True)
class _Uitsnede:
    """A part of the country that is drawn larger where the map leaves room: its box in metres, its place in mm."""

    naam: str
    vak: tuple[float, float, float, float]
    links: float
    onder: float
    breedte: float
    hoogte: float


# Where municipalities are smaller than the eye can hold: in the sea west of Noord-Holland and below Zeeland.
_UITSNEDEN = (
    _Uitsnede("Randstad, vergroot", (71_000, 426_000, 137_000, 496_000), 0.5, 102.0, 55.6, 59.0),
    _Uitsnede("Zuid-Limburg, vergroot", (172_000, 306_000, 207_000, 339_000), 56.0, 0.8, 30.0, 28.3),
)


class _Blad:
    """Places shapes on paper: fits their bounding box in an area and rounds to the grid."""

    def __init__(self, punten: Iterable[Punt], links: float, onder: float, breedte: float, hoogte: float) -> None:
        points = list(punten)
        if not points:
            raise DocumentFout("de kaart heeft geen enkele grens om te tekenen")
        xs, ys = [x for x, _ in points], [y for _, y in points]
        self._x0, self._y0 = min(xs), min(ys)
        self._schaal = min(breedte / ((max(xs) - self._x0) or 1.0), hoogte / ((max(ys) - self._y0) or 1.0))
        self._links = links + breedte - (max(xs) - self._x0) * self._schaal
        self._onder = onder

    def lijn(self, punten: Iterable[Punt]) -> list[Punt]:
        """The points on paper, without the ones that fall on the grid point before them."""
        out: list[Punt] = []
        for x, y in punten:
            point = (
                round((self._links + (x - self._x0) * self._schaal) * _ROOSTER) / _ROOSTER,
                round((self._onder + (y - self._y0) * self._schaal) * _ROOSTER) / _ROOSTER,
            )
            if not out or point != out[-1]:
                out.append(point)
        return out


def _oppervlak(ring: Sequence[Punt]) -> float:
    """Twice the signed area; above zero when counterclockwise."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True))


def _samengesteld(veelhoeken: Iterable[Veelhoek], blad: _Blad) -> "Path":
    """One path of all rings: outlines counterclockwise, holes clockwise, so that any fill rule leaves holes open."""
    from matplotlib.path import Path

    vertices: list[Punt] = []
    codes: list[Any] = []
    for veelhoek in veelhoeken:
        for nummer, ring in enumerate(veelhoek):
            punten = blad.lijn(ring)
            if len(punten) > 1 and punten[0] == punten[-1]:
                punten.pop()
            if len(punten) < 3:
                continue
            if (_oppervlak(punten) > 0) == (nummer > 0):
                punten.reverse()
            vertices += [*punten, punten[0]]
            codes += [Path.MOVETO, *[Path.LINETO] * (len(punten) - 1), Path.CLOSEPOLY]
    return Path(vertices or [(0.0, 0.0)], codes or [Path.MOVETO])


def _lijnen(lijnen: Iterable[Ring], blad: _Blad) -> "Path":
    from matplotlib.path import Path

    vertices: list[Punt] = []
    codes: list[Any] = []
    for lijn in lijnen:
        punten = blad.lijn(lijn)
        if len(punten) > 1:
            vertices += punten
            codes += [Path.MOVETO, *[Path.LINETO] * (len(punten) - 1)]
    return Path(vertices or [(0.0, 0.0)], codes or [Path.MOVETO])


def kustlijn(vormen: Mapping[str, Sequence[Veelhoek]]) -> list[list[Punt]]:
    """The outline of the country: every stretch of a ring that no other municipality walks in the opposite direction.

    Needs rings that go counterclockwise around a municipality and share their points, as core/boundaries.py gives them.
    """
    ringen = [ring for veelhoeken in vormen.values() for veelhoek in veelhoeken for ring in veelhoek]
    zijden = {zijde for ring in ringen for zijde in pairwise(ring)}
    lijnen: list[list[Punt]] = []
    for ring in ringen:
        lijn: list[Punt] = []
        for begin, eind in pairwise(ring):
            if (eind, begin) in zijden:
                lijn = []
                continue
            if not lijn:
                lijn = [begin]
                lijnen.append(lijn)
            lijn.append(eind)
    return lijnen


def _papier(figure: "Figure") -> "Axes":
    """Axes over the whole figure whose units are points, so that rounded coordinates stay as they are in the SVG."""
    width, height = (float(side) * 72 for side in figure.get_size_inches())
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    return axes


def teken_kaart(
    vormen: Mapping[str, Sequence[Veelhoek]],
    grenzen: Iterable[Ring],
    klasse_van: Mapping[str, str],
    cijfers: Kaartcijfers,
    namen: Mapping[str, str],
) -> bytes:
    """The municipalities filled by class, province borders on top, the legend above, insets where it is dense.

    `vormen` per gemeentecode, `klasse_van` the class code per gemeentecode, `namen` that of a municipality: the large
    cities are written on the map. DocumentFout when the two do not hold the
    same municipalities: a white spot on the map would say something that nobody counted.
    """
    verschil = sorted(vormen.keys() ^ klasse_van.keys())
    if verschil:
        raise DocumentFout(
            f"de kaart en de cijfers hebben niet dezelfde gemeenten; verschil: {opsomming(verschil[:10])}"
        )
    kust = kustlijn(vormen)
    lijnen = list(grenzen)
    breedte, hoogte = stijl.BREEDTE_MM * _PT_PER_MM, _HOOGTE_MM * _PT_PER_MM

    def vlakken(klasse: str, codes: Iterable[str], blad: _Blad) -> "Path":
        return _samengesteld((vlak for code in codes if klasse_van[code] == klasse for vlak in vormen[code]), blad)

    def kaart(axes: "Axes", blad: _Blad, codes: Sequence[str], knip: "Patch | None" = None) -> None:
        from matplotlib.patches import PathPatch

        delen = [
            PathPatch(
                vlakken(klasse.code, codes, blad),
                facecolor=_VULLING[klasse.code][0],
                edgecolor="white",
                linewidth=0.45,
            )
            for klasse in cijfers.klassen
        ]
        gearceerd = [
            lijn
            for code in codes
            if _VULLING[klasse_van[code]][1]
            for veelhoek in vormen[code]
            for lijn in arceerlijnen([blad.lijn(ring) for ring in veelhoek])
        ]
        delen.append(PathPatch(lijnpad(gearceerd), facecolor="none", edgecolor=_ARCERING, linewidth=_ARCERING_DIKTE))
        provincies = _lijnen(lijnen, blad)
        delen += [
            PathPatch(_lijnen(kust, blad), facecolor="none", edgecolor=stijl.GRIJS, linewidth=0.5),
            PathPatch(provincies, facecolor="none", edgecolor="white", linewidth=1.9),
            PathPatch(provincies, facecolor="none", edgecolor=stijl.INKT, linewidth=0.7),
        ]
        for deel in delen:
            axes.add_patch(deel)
            if knip is not None:
                deel.set_clip_path(knip)

    def schilder(figure: "Figure") -> None:
        axes = _papier(figure)
        punten = (p for veelhoeken in vormen.values() for veelhoek in veelhoeken for p in veelhoek[0])
        blad = _Blad(punten, 2, 3, breedte - 5, hoogte - 6 - _LEGENDA_MM * _PT_PER_MM)
        kaart(axes, blad, list(vormen))
        _legenda(axes, cijfers, breedte, hoogte)
        plaatsen = {namen[code]: _midden(vormen[code]) for code in _PLAATSEN if code in vormen}
        groot = {naam for naam, punt in plaatsen.items() if any(_binnen(punt, u.vak) for u in _UITSNEDEN)}
        _namen(axes, blad, {naam: punt for naam, punt in plaatsen.items() if naam not in groot}, 0, breedte)
        for uitsnede in _UITSNEDEN:
            codes = [code for code, veelhoeken in vormen.items() if _raakt(veelhoeken, uitsnede.vak)]
            if codes:
                _kader(axes, blad.lijn(_hoeken(uitsnede.vak)))
                vergroot, rand = _uitsnede(axes, uitsnede)
                kaart(axes, vergroot, codes, rand)
                hier = {naam: punt for naam, punt in plaatsen.items() if _binnen(punt, uitsnede.vak)}
                links = uitsnede.links * _PT_PER_MM
                _namen(axes, vergroot, hier, links, links + uitsnede.breedte * _PT_PER_MM)

    return stijl.teken(_HOOGTE_MM, schilder)


def _midden(veelhoeken: Sequence[Veelhoek]) -> Punt:
    """The centre of gravity of the largest part of a municipality."""
    ring = max((veelhoek[0] for veelhoek in veelhoeken), key=lambda ring: abs(_oppervlak(ring)))
    x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        deel = x0 * y1 - x1 * y0
        x, y = x + (x0 + x1) * deel, y + (y0 + y1) * deel
    return x / (3 * _oppervlak(ring)), y / (3 * _oppervlak(ring))


def _binnen(punt: Punt, vak: tuple[float, float, float, float]) -> bool:
    return vak[0] <= punt[0] <= vak[2] and vak[1] <= punt[1] <= vak[3]


def _namen(axes: "Axes", blad: _Blad, plaatsen: Mapping[str, Punt], links: float, rechts: float) -> None:
    """Names in dark letters on white, within the sides of what they stand on."""
    for naam, punt in plaatsen.items():
        ((x, y),) = blad.lijn([punt])
        half = len(naam) * _LETTER_PT / 2 + 2
        x = min(max(x, links + half), rechts - half)
        axes.text(
            x, y, naam, va="center_baseline", ha="center", fontsize=7.5, zorder=4,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.9},
        )  # fmt: skip


# The width of a letter of a place name, on average.
_LETTER_PT = 3.9


def _hoeken(vak: tuple[float, float, float, float]) -> Ring:
    x0, y0, x1, y1 = vak
    return ((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0))


def _raakt(veelhoeken: Sequence[Veelhoek], vak: tuple[float, float, float, float]) -> bool:
    """Whether the bounding box of a municipality overlaps the box."""
    xs, ys = zip(*(punt for veelhoek in veelhoeken for punt in veelhoek[0]), strict=True)
    return bool(min(xs) < vak[2] and max(xs) > vak[0] and min(ys) < vak[3] and max(ys) > vak[1])


def _kader(axes: "Axes", hoeken: Sequence[Punt]) -> None:
    """On the map: what an inset shows, in a dark line with a white one under it."""
    from matplotlib.patches import Polygon

    for kleur, dikte in (("white", 2.2), (stijl.INKT, 0.8)):
        axes.add_patch(Polygon(hoeken, closed=True, facecolor="none", edgecolor=kleur, linewidth=dikte))


def _uitsnede(axes: "Axes", uitsnede: _Uitsnede) -> "tuple[_Blad, Patch]":
    """Frame and name of an inset, and how its shapes are placed and cut."""
    from matplotlib.patches import Rectangle

    links, onder, breedte, hoogte = (
        maat * _PT_PER_MM for maat in (uitsnede.links, uitsnede.onder, uitsnede.breedte, uitsnede.hoogte)
    )
    axes.text(links, onder + hoogte + 3, uitsnede.naam, va="bottom", ha="left", fontweight=stijl.HALFVET, fontsize=8)
    rand = Rectangle((links, onder), breedte, hoogte, facecolor="none", edgecolor=stijl.INKT, linewidth=0.8, zorder=3)
    axes.add_patch(rand)
    return _Blad(_hoeken(uitsnede.vak), links, onder, breedte, hoogte), rand


def _legenda(axes: "Axes", cijfers: Kaartcijfers, breedte: float, hoogte: float) -> None:
    """Above the map, beside each other, per class: a sample, the name, the number of municipalities, the meaning."""
    from matplotlib.patches import PathPatch, Rectangle

    for nummer, klasse in enumerate(cijfers.klassen):
        x, y = 1 + nummer * breedte / len(cijfers.klassen), hoogte - 9.0
        kleur, gearceerd = _VULLING[klasse.code]
        axes.add_patch(Rectangle((x, y - 13), 18, 17, facecolor=kleur, edgecolor=stijl.GRIJS, linewidth=0.4))
        if gearceerd:
            hoeken = [(x, y - 13), (x + 18, y - 13), (x + 18, y + 4), (x, y + 4)]
            axes.add_patch(
                PathPatch(
                    lijnpad(arceerlijnen([hoeken])), facecolor="none", edgecolor=_ARCERING, linewidth=_ARCERING_DIKTE
                )
            )
        noun = "gemeente" if klasse.aantal.waarde == 1 else "gemeenten"
        naam = axes.text(x + 23, y, klasse.naam, va="center_baseline", ha="left", fontweight=stijl.HALFVET, fontsize=9)
        axes.annotate(
            f"{format_cijfer(klasse.aantal)} {noun}",
            (1, 0),
            xycoords=naam,
            xytext=(4, 0),
            textcoords="offset points",
            va="bottom",
            ha="left",
            fontsize=9,
        )
        axes.text(x + 23, y - 11.5, klasse.betekenis, va="center_baseline", ha="left", fontsize=8, color=stijl.GRIJS)
    # Below Zeeland, where there is only sea: the line that is no class.
    axes.plot([1, 19], [8, 8], color=stijl.INKT, linewidth=0.7)
    axes.text(24, 8, "grens van een provincie", va="center_baseline", ha="left", fontsize=8, color=stijl.GRIJS)


def alt_kaart(cijfers: Kaartcijfers) -> str:
    """What the map shows: how many municipalities per class, and where most of those behind the schedule are."""
    klassen = opsomming(f"{k.naam.lower()} ({k.betekenis}) {format_cijfer(k.aantal)}" for k in cijfers.klassen)
    hoogste = max((c.waarde or 0 for _, c in cijfers.achter_per_provincie), default=0)
    slot = f"Geen gemeente is in de klasse {cijfers.klassen[-1].naam.lower()}."
    if hoogste:
        top = [(naam, c) for naam, c in cijfers.achter_per_provincie if c.waarde == hoogste]
        slot = (
            f"De meeste gemeenten in de klasse {cijfers.klassen[-1].naam.lower()} liggen in "
            f"{opsomming(naam for naam, _ in top)} "
            f"({format_cijfer(top[0][1])}{' elk' if len(top) > 1 else ''})."
        )
    return (
        f"Kaart van de {format_cijfer(cijfers.gemeenten)} gemeenten, ingekleurd naar hun realisatie naast het schema, "
        f"met de provinciegrenzen. Aantal gemeenten per klasse: {klassen}. {slot}"
    )


def teken_omtrek(
    vormen: Mapping[str, Sequence[Veelhoek]], grenzen: Iterable[Ring], breedte_mm: float, hoogte_mm: float, kleur: str
) -> bytes:
    """Outline and province borders as thin lines in one colour: an ornament for the cover, without meaning."""
    lijnen: list[Ring] = [*kustlijn(vormen), *grenzen]

    def schilder(figure: "Figure") -> None:
        from matplotlib.patches import PathPatch

        blad = _Blad(
            (p for lijn in lijnen for p in lijn), 1, 1, breedte_mm * _PT_PER_MM - 2, hoogte_mm * _PT_PER_MM - 2
        )
        _papier(figure).add_patch(PathPatch(_lijnen(lijnen, blad), facecolor="none", edgecolor=kleur, linewidth=0.9))

    return stijl.teken(hoogte_mm, schilder, breedte_mm)
