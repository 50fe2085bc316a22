"""Reads a PDF back with pikepdf alone: text with its place on the page, fonts, and the tag tree.

Belongs here: reading. Not here: judging. Only what WeasyPrint writes is understood (Identity-H fonts with a ToUnicode
map, text set by Tm), so that the tests need no program on the machine.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Matrix

# Number of the marked content, or the properties of the artifact.
_Merk = tuple[int | None, str | None]
_GLYPH = re.compile(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>")


@dataclass(frozen=True)
class Stuk:
    """One run of text: page (from 1), left, right and baseline in points from the lower left corner, size, text.

    `mcid` is the number of the marked content that it stands in, None within an artifact; `artefact` its properties.
    """

    pagina: int
    links: float
    rechts: float
    y: float
    grootte: float
    tekst: str
    mcid: int | None = None
    artefact: str | None = None


@dataclass(frozen=True)
class Element:
    """One element of the tag tree: its type without slash, alt text, page of its first content if known, children."""

    soort: str
    alt: str | None
    kinderen: tuple["Element", ...]

    def alle(self) -> Iterator["Element"]:
        """The element itself and everything below, in reading order."""
        yield self
        for kind in self.kinderen:
            yield from kind.alle()


class _Letter:
    """Characters and widths of one embedded font."""

    def __init__(self, font: Any) -> None:
        self.naam = str(font["/BaseFont"])
        cmap = font["/ToUnicode"].read_bytes()
        self._tekens = {int(a, 16): bytes.fromhex(b.decode()).decode("utf-16-be") for a, b in _GLYPH.findall(cmap)}
        self._breedtes = dict(_breedtes(font["/DescendantFonts"][0]["/W"]))

    def lees(self, glyphs: bytes) -> tuple[str, float]:
        codes = [int.from_bytes(glyphs[i : i + 2], "big") for i in range(0, len(glyphs), 2)]
        # Where a line may break is for the eye: to a reader of the text one space is as good as another.
        tekst = "".join(self._tekens[code] for code in codes).replace("\u00a0", " ")
        return tekst, sum(self._breedtes.get(code, 0.0) for code in codes)


def _breedtes(lijst: Any) -> Iterator[tuple[int, float]]:
    items = list(lijst)
    while items:
        first, second = int(items.pop(0)), items.pop(0)
        if isinstance(second, pikepdf.Array):
            yield from ((first + n, float(width)) for n, width in enumerate(second))
        else:
            width = float(items.pop(0))
            yield from ((code, width) for code in range(first, int(second) + 1))


class Pdf:
    """A PDF as its reader meets it."""

    def __init__(self, pad: Path) -> None:
        self.pad = pad
        self.pike = pikepdf.open(pad)

    @cached_property
    def stukken(self) -> tuple[Stuk, ...]:
        """All runs of text in the order in which they are drawn."""
        letters: dict[Any, _Letter] = {}
        return tuple(stuk for n, page in enumerate(self.pike.pages, 1) for stuk in _pagina(n, page, letters))

    @cached_property
    def paginas(self) -> tuple[str, ...]:
        """The text per page: runs that touch are one word (letters in a chart come one by one), others get a space."""
        per = dict.fromkeys(range(1, len(self.pike.pages) + 1), "")
        vorige: Stuk | None = None
        for stuk in self.stukken:
            los = vorige is None or abs(stuk.y - vorige.y) > 0.1 or abs(stuk.links - vorige.rechts) > 0.1 * stuk.grootte
            per[stuk.pagina] += f" {stuk.tekst}" if los else stuk.tekst
            vorige = stuk
        return tuple(" ".join(tekst.split()) for tekst in per.values())

    @property
    def tekst(self) -> str:
        """The text of all pages."""
        return " ".join(self.paginas)

    def letters(self) -> set[str]:
        """Names of all fonts anywhere in the file, without the prefix of the subset."""
        objects = (o for o in self.pike.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o)
        return {str(o["/BaseFont"]).partition("+")[2] or str(o["/BaseFont"]) for o in objects}

    @cached_property
    def boom(self) -> Element:
        """The tag tree below the document element."""
        root = self.pike.Root["/StructTreeRoot"]["/K"]
        return _element(root[0] if isinstance(root, pikepdf.Array) else root)


def _element(knoop: Any) -> Element:
    inhoud = knoop.get("/K", pikepdf.Array())
    items = list(inhoud) if isinstance(inhoud, pikepdf.Array) else [inhoud]
    kinderen = tuple(
        _element(kind) for kind in items if isinstance(kind, pikepdf.Dictionary) and kind.get("/Type") == "/StructElem"
    )
    alt = knoop.get("/Alt")
    return Element(str(knoop["/S"]).lstrip("/"), None if alt is None else str(alt), kinderen)


def _pagina(nummer: int, page: Any, letters: dict[Any, _Letter]) -> Iterator[Stuk]:
    yield from _inhoud(nummer, page.obj, page.obj["/Resources"], Matrix(), letters, (None, None))


def _inhoud(  # noqa: C901 - one arm per operator
    nummer: int, bron: Any, middelen: Any, ctm: Matrix, letters: dict[Any, _Letter], merk: _Merk
) -> Iterator[Stuk]:
    """Text of one content stream and of the forms that it draws, which stand in the same marked content."""
    stapel: list[Matrix] = []
    merken = [merk]
    tekst, letter, grootte = Matrix(), "", 0.0
    for instructie in pikepdf.parse_content_stream(bron):
        operands: Any = instructie.operands
        match str(instructie.operator):
            case "q":
                stapel.append(ctm)
            case "Q":
                ctm = stapel.pop()
            case "cm":
                ctm = Matrix(*(float(v) for v in operands)) @ ctm
            case "BMC" | "BDC":
                merken.append(_merk(operands, merken[-1]))
            case "EMC":
                merken.pop()
            case "Tm":
                tekst = Matrix(*(float(v) for v in operands))
            case "Tf":
                letter, grootte = str(operands[0]), float(operands[1])
            case "TJ":
                if letter not in letters:
                    letters[letter] = _Letter(middelen["/Font"][letter])
                yield _stuk(nummer, letters[letter], grootte, tekst @ ctm, operands[0], merken[-1])
            case "Do":
                vorm = middelen["/XObject"][str(operands[0])]
                if vorm["/Subtype"] == "/Form":
                    yield from _inhoud(nummer, vorm, vorm["/Resources"], ctm, letters, merken[-1])


def _merk(operands: Any, buiten: _Merk) -> _Merk:
    """Number or artifact of the marked content that begins here."""
    eigenschappen = dict(operands[1]) if len(operands) > 1 else {}
    if operands[0] == "/Artifact":
        return None, " ".join(str(eigenschappen[k]) for k in ("/Type", "/Subtype") if k in eigenschappen)
    return (int(eigenschappen["/MCID"]), None) if "/MCID" in eigenschappen else buiten


def _stuk(nummer: int, letter: _Letter, grootte: float, plaats: Matrix, inhoud: Any, merk: _Merk) -> Stuk:
    tekst, breedte = "", 0.0
    for deel in inhoud:
        if isinstance(deel, pikepdf.String):
            stuk, w = letter.lees(bytes(deel))
            tekst, breedte = tekst + stuk, breedte + w
        else:
            breedte -= float(deel)
    schaal = abs(plaats.a)
    rechts = plaats.e + breedte / 1000 * grootte * schaal
    return Stuk(nummer, plaats.e, rechts, plaats.f, round(grootte * schaal, 2), tekst, *merk)
