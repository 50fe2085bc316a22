"""The colour of every run of text in a PDF and of what lies below it, as they are painted.

Belongs here: reading colours and the contrast between two (WCAG 2.1). Only what WeasyPrint writes is understood:
colours by `rg`, areas as rectangles.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Matrix

Kleur = tuple[float, float, float]
WIT: Kleur = (1.0, 1.0, 1.0)
_ZWART: Kleur = (0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Tekstkleur:
    """The colour of a run of text and of the ground under its first letter, on a page (from 1)."""

    pagina: int
    kleur: Kleur
    grond: Kleur

    @property
    def contrast(self) -> float:
        """The contrast ratio, from 1 to 21."""
        return contrast(self.kleur, self.grond)


def contrast(een: Kleur, ander: Kleur) -> float:
    """The contrast ratio of two colours."""
    licht, donker = sorted((_helderheid(een), _helderheid(ander)), reverse=True)
    return (licht + 0.05) / (donker + 0.05)


def _helderheid(kleur: Kleur) -> float:
    rood, groen, blauw = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in kleur)
    return 0.2126 * rood + 0.7152 * groen + 0.0722 * blauw


def lees_kleuren(pad: Path) -> list[Tekstkleur]:
    """Every run of text of a PDF."""
    with pikepdf.open(pad) as pdf:
        return [
            stuk
            for nummer, page in enumerate(pdf.pages, 1)
            for stuk in _Blad(nummer).lees(page.obj, page.obj["/Resources"], Matrix(), _ZWART)
        ]


@dataclass
class _Blad:
    """What was painted on a page so far: rectangles with their colour, the last on top."""

    nummer: int
    vlakken: list[tuple[float, float, float, float, Kleur]] = field(default_factory=list)

    def lees(self, bron: Any, middelen: Any, ctm: Matrix, kleur: Kleur) -> Iterator[Tekstkleur]:  # noqa: C901 - one arm per operator
        stapel: list[tuple[Matrix, Kleur]] = []
        pad: list[tuple[float, float]] = []
        vorige = ""
        for instructie in pikepdf.parse_content_stream(bron):
            operands: Any = instructie.operands
            if vorige == "m" and str(instructie.operator) == "m":
                # Of two moves, only the last begins anything.
                pad.pop()
            vorige = str(instructie.operator)
            match vorige:
                case "q":
                    stapel.append((ctm, kleur))
                case "Q":
                    ctm, kleur = stapel.pop()
                case "cm":
                    ctm = Matrix(*(float(v) for v in operands)) @ ctm
                case "rg":
                    rood, groen, blauw = (float(v) for v in operands)
                    kleur = (rood, groen, blauw)
                case "m" | "l":
                    pad.append(_punt(ctm, *operands))
                case "c":
                    pad += [_punt(ctm, *operands[:2]), _punt(ctm, *operands[4:])]
                case "re":
                    x, y, w, h = (float(v) for v in operands)
                    pad += [_punt(ctm, x, y), _punt(ctm, x + w, y), _punt(ctm, x + w, y + h), _punt(ctm, x, y + h)]
                case "f" | "B":
                    self._vul(pad, kleur)
                    pad = []
                case "n" | "S" | "f*":
                    pad = []
                case "Tm":
                    yield self._tekst(_punt(ctm, operands[4], operands[5]), kleur)
                case "Do":
                    vorm = middelen["/XObject"][str(operands[0])]
                    if vorm["/Subtype"] == "/Form":
                        yield from self.lees(vorm, vorm["/Resources"], ctm, kleur)

    def _vul(self, pad: list[tuple[float, float]], kleur: Kleur) -> None:
        """Remember a painted rectangle; other shapes, such as municipalities, are no ground for text."""
        xs, ys = {round(x, 2) for x, _ in pad}, {round(y, 2) for _, y in pad}
        if len(xs) == len(ys) == 2:
            self.vlakken.append((min(xs), min(ys), max(xs), max(ys), kleur))

    def _tekst(self, punt: tuple[float, float], kleur: Kleur) -> Tekstkleur:
        # A little to the right and above the start of the base line: within the first letter.
        x, y = punt[0] + 1, punt[1] + 1
        onder = [vlak[4] for vlak in self.vlakken if vlak[0] <= x <= vlak[2] and vlak[1] <= y <= vlak[3]]
        return Tekstkleur(self.nummer, kleur, onder[-1] if onder else WIT)


def _punt(ctm: Matrix, x: Any, y: Any) -> tuple[float, float]:
    return (
        ctm.a * float(x) + ctm.c * float(y) + ctm.e,
        ctm.b * float(x) + ctm.d * float(y) + ctm.f,
    )
