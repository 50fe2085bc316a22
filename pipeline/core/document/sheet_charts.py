"""The two charts of a gemeenteblad, written as SVG by hand: hundreds of them are made, and matplotlib takes half a
second for each.

Belongs here: what these charts show and what they say to someone who cannot see them. Not here: gathering their figures
(sheet.py). Floats appear only as positions on paper; every printed number is written from its Cijfer. Sizes are in
points.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import escape

from pipeline.core.document.chart_parts import getal
from pipeline.core.document.charts import Maandreeks, alt_maanden
from pipeline.core.document.dutch import format_cijfer, opsomming
from pipeline.core.document.house_style import BLAUW, DONKERBLAUW, GRIJS, INKT, LETTER, LETTERGROOTTE

if TYPE_CHECKING:
    from pipeline.core.figures import Cijfer

_BREEDTE_MM = 182
_BREEDTE = _BREEDTE_MM / 25.4 * 72
# Peers are an area, not a text: at least 3 : 1 on white.
_STIP = "#4292c6"
_BALK = 0.58
# The axis of the percentages: whoever is beyond an end stands at it, and the label there says so.
_VAN, _TOT, _VAK = 0, 150, 2.5
_RAND = 26.0
# About as wide as the letter sets one sign.
_LETTERBREEDTE = 4.6
_ROND = 'stroke-linecap="round" fill="none"'


@dataclass(frozen=True)
class Verdeling:
    """The percentages of the municipalities in a group, and where one of them stands."""

    gemeente: str
    groep: str
    eigen: "Cijfer"
    anderen: "tuple[Cijfer, ...]"
    samen: "Cijfer"
    plaats: "Cijfer"
    met_plaats: "Cijfer"


def teken_maanden(reeks: Maandreeks) -> str:
    """Bars of the realisatie per month with their values, against the pace that was needed (no line when that is zero
    or less).
    """
    values, tempo = [getal(c) for c in reeks.realisatie], getal(reeks.tempo)
    breed, hoog, onder, boven = _BREEDTE - 78, 78.0, 15.0, 13.0
    top, laag = max(*values, tempo, 1.0), min(*values, 0.0)
    schaal = (hoog - onder - boven - (12.0 if laag < 0 else 0.0)) / (top - laag)
    nul = boven + top * schaal
    stap = breed / len(values)
    delen = [_lijn(0, nul, breed, nul, GRIJS, 0.6)]
    for plaats, (cijfer, value) in enumerate(zip(reeks.realisatie, values, strict=True)):
        midden, lengte = stap * (plaats + 0.5), value * schaal
        begin = nul - max(lengte, 0.0)
        if value:
            delen.append(_vlak(midden - stap * _BALK / 2, begin, stap * _BALK, abs(lengte), BLAUW))
        rand = begin - 3.5 if value >= 0 else nul - lengte + 9
        if tempo > 0 and rand - 9 < nul - tempo * schaal < rand + 2:
            # The line of the pace would go through it.
            rand = nul - tempo * schaal - 3.5
        delen.append(_tekst(midden, rand, format_cijfer(cijfer), vet=True, grootte=9.5))
        delen.append(_tekst(midden, hoog - 3.5, reeks.maanden[plaats]))
    if tempo > 0:
        lijn = nul - tempo * schaal
        delen.append(_lijn(0, lijn, breed, lijn, INKT, 0.9, "4 2.5"))
        delen.append(_tekst(breed + 5, lijn + 3, format_cijfer(reeks.tempo), anker="start", vet=True, grootte=9.5))
        delen.append(_tekst(breed + 5, lijn + 13, "nodig per maand", anker="start", kleur=GRIJS))
    return _svg(hoog, delen)


def alt_gemeente(reeks: Maandreeks) -> str:
    """What the bars of one municipality show."""
    if getal(reeks.tempo) > 0:
        return alt_maanden(reeks)
    per_maand = opsomming(
        f"{maand} {format_cijfer(c)}" for maand, c in zip(reeks.maanden, reeks.realisatie, strict=True)
    )
    return (
        f"Staafdiagram van de realisatie per maand in {reeks.halfjaar}: {per_maand}. "
        "De gecorrigeerde taakstelling is nul of lager, dus per maand was niets nodig."
    )


def teken_verdeling(verdeling: Verdeling) -> str:
    """A dot per municipality of the group, stacked where percentages are near each other; its own dot with its name."""
    hoog, as_ = 79.0, 63.0
    anderen = [_vak(getal(cijfer)) for cijfer in verdeling.anderen]
    eigen = None if verdeling.eigen.waarde is None else _vak(getal(verdeling.eigen))
    hoogste = max(Counter([*anderen, *([] if eigen is None else [eigen])]).values(), default=1)
    pas = min(5.0, (as_ - 24) / hoogste)
    gezet: Counter[int] = Counter()
    stippen = []
    for vak in anderen:
        stippen.append(_stip(vak, gezet[vak], as_, pas))
        gezet[vak] += 1
    delen = [
        _lijn(0, as_, _BREEDTE, as_, GRIJS, 0.6),
        f'<path d="{"".join(stippen)}" stroke="{_STIP}" stroke-width="{_n(pas * 0.86)}" {_ROND}/>',
    ]
    if eigen is not None:
        delen += _eigen(verdeling, eigen, _stip(eigen, gezet[eigen], as_, pas), as_ - (gezet[eigen] + 1) * pas)
    delen += _schaal(verdeling, as_, hoog)
    return _svg(hoog, delen)


def _stip(vak: int, hoeveelste: int, as_: float, pas: float) -> str:
    """The place of a dot in its bin: a line without length, that its round ends make a dot."""
    return f"M{_n(_x(vak))} {_n(as_ - (hoeveelste + 0.62) * pas)}h.01"


def _eigen(verdeling: Verdeling, vak: int, stip: str, top: float) -> list[str]:
    """The dot of the municipality itself, on top of its bin, with a line to its name."""
    x, naam = _x(vak), f"{verdeling.gemeente} {format_cijfer(verdeling.eigen)}"
    breedte = len(naam) * _LETTERBREEDTE
    anker = "start" if x < breedte / 2 else "end" if x > _BREEDTE - breedte / 2 else "middle"
    tekst = {"start": x - 2, "end": x + 2, "middle": x}[anker]
    return [
        _lijn(x, 11.5, x, top, INKT, 0.6),
        f'<path d="{stip}" stroke="{DONKERBLAUW}" stroke-width="6" {_ROND}/>',
        _tekst(tekst, 8.5, naam, anker=anker, vet=True, grootte=9.5),
    ]


def _schaal(verdeling: Verdeling, as_: float, hoog: float) -> list[str]:
    """The scale below the dots, and the percentage of the group as a whole."""
    delen, bezet = [], []
    for procent, naam in ((0, "0%"), (50, "50%"), (100, "100%"), (_TOT, f"{_TOT}% of meer")):
        x, breedte = _x(_vak(procent)), len(naam) * _LETTERBREEDTE
        midden = min(x, _BREEDTE - breedte / 2)
        delen += [_lijn(x, as_, x, as_ + 3, GRIJS, 0.6), _tekst(midden, hoog - 4, naam, kleur=GRIJS)]
        bezet.append((midden - breedte / 2, midden + breedte / 2))
    if verdeling.samen.waarde is not None:
        waarde = min(max(getal(verdeling.samen), float(_VAN)), float(_TOT))
        x, tekst = _RAND + waarde / _TOT * (_BREEDTE - 2 * _RAND), f"samen {format_cijfer(verdeling.samen)}"
        delen += [
            _lijn(x, as_, x, as_ + 3.5, INKT, 1.6),
            _tekst(_vrij(x, len(tekst) * _LETTERBREEDTE, bezet), hoog - 4, tekst, anker="start"),
        ]
    return delen


def _vrij(x: float, breedte: float, bezet: Sequence[tuple[float, float]]) -> float:
    """Where a text of this width begins, as near to `x` as it can without touching what stands there already."""
    marge = 4.0
    plaatsen = [x - breedte / 2, *(eind + marge for _, eind in bezet), *(begin - marge - breedte for begin, _ in bezet)]
    vrij = [
        plaats
        for plaats in plaatsen
        if 0 <= plaats <= _BREEDTE - breedte
        and all(plaats + breedte + marge <= begin or plaats >= eind + marge for begin, eind in bezet)
    ]
    return min(vrij, key=lambda plaats: abs(plaats + breedte / 2 - x), default=0.0)


def alt_verdeling(verdeling: Verdeling) -> str:
    """Where the municipality stands in its group."""
    samen = f"Samen haalde de groep {format_cijfer(verdeling.samen)}."
    wie = f"Stippen: de {verdeling.groep}, naar hun realisatie als deel van de gecorrigeerde taakstelling. "
    if verdeling.eigen.waarde is None:
        return (
            f"{wie}{verdeling.gemeente} staat er niet bij: zonder gecorrigeerde taakstelling boven nul is er geen "
            f"percentage. {samen}"
        )
    return (
        f"{wie}{verdeling.gemeente} staat met {format_cijfer(verdeling.eigen)} op plaats "
        f"{format_cijfer(verdeling.plaats)} van {format_cijfer(verdeling.met_plaats)}. {samen}"
    )


def _vak(procent: float) -> int:
    """The bin of a percentage, the nearest; those beyond the ends in the first and the last."""
    return round(min(max(procent, float(_VAN)), float(_TOT)) / _VAK)


def _x(vak: int) -> float:
    """The middle of a bin on paper."""
    return _RAND + vak * _VAK / _TOT * (_BREEDTE - 2 * _RAND)


def _n(maat: float) -> str:
    return f"{maat:.2f}".rstrip("0").rstrip(".")


def _lijn(x1: float, y1: float, x2: float, y2: float, kleur: str, dikte: float, streep: str = "") -> str:
    dash = f' stroke-dasharray="{streep}"' if streep else ""
    return f'<path d="M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}" stroke="{kleur}" stroke-width="{dikte}" fill="none"{dash}/>'


def _vlak(x: float, y: float, breed: float, hoog: float, kleur: str) -> str:
    return f'<path d="M{_n(x)} {_n(y)}h{_n(breed)}v{_n(hoog)}h-{_n(breed)}z" fill="{kleur}"/>'


def _tekst(
    x: float,
    y: float,
    tekst: str,
    *,
    anker: str = "middle",
    vet: bool = False,
    grootte: float = LETTERGROOTTE,
    kleur: str = INKT,
) -> str:
    gewicht = ' font-weight="600"' if vet else ""
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anker}" font-size="{_n(grootte)}" fill="{kleur}"{gewicht}>'
        f"{escape(tekst)}</text>"
    )


def _svg(hoog: float, delen: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_BREEDTE_MM}mm" height="{_n(hoog / 72 * 25.4)}mm" '
        f'viewBox="0 0 {_n(_BREEDTE)} {_n(hoog)}" font-family="{LETTER}">{"".join(delen)}</svg>'
    )
