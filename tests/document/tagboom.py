"""Reads the tag tree of a PDF back, with its text: what a screen reader is given.

Belongs here: reading. Not here: judging. The text of a tag is that of its marked content, in the order of the tree.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import pikepdf

from tests.document.pdftekst import Pdf


@dataclass(frozen=True)
class Tag:
    """One tag: type without slash, its dictionary, its own text with that of what it holds, tags below, link notes."""

    soort: str
    pike: Any
    tekst: str
    kinderen: tuple["Tag", ...]
    links: tuple[Any, ...]
    # Keeps the file open for as long as one of its tags is in use.
    _pdf: Pdf = field(repr=False, compare=False)

    def alle(self, *soorten: str) -> Iterator["Tag"]:
        """Itself and everything below, in reading order; only those types when they are named."""
        if not soorten or self.soort in soorten:
            yield self
        for kind in self.kinderen:
            yield from kind.alle(*soorten)

    @property
    def id(self) -> str | None:
        return str(self.pike["/ID"]) if "/ID" in self.pike else None

    @property
    def taal(self) -> str | None:
        return str(self.pike["/Lang"]) if "/Lang" in self.pike else None

    def kenmerk(self, naam: str) -> Any:
        """An attribute, such as `/Scope`; None when the tag has none."""
        return self.pike["/A"].get(naam) if "/A" in self.pike else None

    @property
    def koppen(self) -> tuple[str, ...]:
        """The identifiers of the heads of a cell."""
        return tuple(str(kop) for kop in self.kenmerk("/Headers") or ())

    @property
    def vorm(self) -> Any:
        """The types as nested pairs, for a small tree: ('L', [('LI', [...])])."""
        return (self.soort, [kind.vorm for kind in self.kinderen]) if self.kinderen else self.soort


def lees_tags(pdf: Pdf) -> Tag:
    """The tag tree of `pdf`, from the document on."""
    paginas = {page.obj.objgen: nummer for nummer, page in enumerate(pdf.pike.pages, 1)}
    teksten: dict[tuple[int, int | None], str] = {}
    for sleutel, stukken in groupby(pdf.stukken, key=lambda stuk: (stuk.pagina, stuk.mcid)):
        teksten[sleutel] = teksten.get(sleutel, "") + "".join(stuk.tekst for stuk in stukken)

    def lees(knoop: Any) -> Tag:
        stukken: list[str] = []
        kinderen: list[Tag] = []
        links: list[Any] = []
        inhoud = knoop.get("/K", pikepdf.Array())
        for deel in inhoud if isinstance(inhoud, pikepdf.Array) else [inhoud]:
            if not isinstance(deel, pikepdf.Dictionary):
                stukken.append(teksten.get((paginas[knoop["/Pg"].objgen], int(deel)), ""))
            elif deel["/Type"] == "/MCR":
                stukken.append(teksten.get((paginas[deel["/Pg"].objgen], int(deel["/MCID"])), ""))
            elif deel["/Type"] == "/OBJR":
                links.append(deel["/Obj"])
            else:
                kinderen.append(lees(deel))
                stukken.append(kinderen[-1].tekst)
        tekst = " ".join(" ".join(stukken).split())
        return Tag(str(knoop["/S"]).lstrip("/"), knoop, tekst, tuple(kinderen), tuple(links), pdf)

    wortel = pdf.pike.Root["/StructTreeRoot"]["/K"]
    return lees(wortel[0] if isinstance(wortel, pikepdf.Array) else wortel)


def alle_ids(pdf: Pdf) -> dict[str, Any]:
    """What the identifiers of the document lead to, from its name tree."""
    boom = pdf.pike.Root["/StructTreeRoot"].get("/IDTree")
    return {} if boom is None else {str(naam): tag for naam, tag in pikepdf.NameTree(boom).items()}


def eigenaren(pdf: Pdf) -> dict[tuple[int, int], Any]:
    """The parent tree: the tag that owns each marked content, by page (from 1) and number."""
    boom = pikepdf.NumberTree(pdf.pike.Root["/StructTreeRoot"]["/ParentTree"])
    return {
        (nummer, mcid): tag
        for nummer, page in enumerate(pdf.pike.pages, 1)
        for mcid, tag in enumerate(boom[int(page.obj["/StructParents"])])
    }
