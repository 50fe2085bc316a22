"""A tag tree in the objects of pydyf: reading it, and moving content from one tag to another.

Belongs here: what must stay true whatever moves (a child knows its parent, the parent tree knows who owns each piece of
marked content and each annotation). Not here: which content moves and why.
"""

import importlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import pydyf

# A tag is a pydyf.Dictionary of type StructElem. Its K holds numbers (marked content on its own page), references as
# bytes (b"12 0 R") and dictionaries (marked content on another page).
Tag = Any


class Bron(NamedTuple):
    """What a tag was made from: the HTML element, WeasyPrint's name for the box (`a::before`), the text of a link."""

    element: Any
    naam: str
    tekst: str = ""

    @classmethod
    def van(cls, box: Any, soort: str) -> "Bron":
        """The source of the tag of type `soort` that was made from `box`."""
        return cls(box.element, box.element_tag or "", _tekst(box) if soort == "/Link" else "")

    @property
    def is_pseudo(self) -> bool:
        """Whether it was made by the style sheet: ::before, ::marker, ::footnote-call."""
        return "::" in self.naam


_GEEN = Bron(None, "")


def _tekst(box: Any) -> str:
    """The text in a box as it is printed: pieces on one line as they are, lines and blocks apart by a space."""
    inline = importlib.import_module("weasyprint.formatting_structure.boxes").InlineLevelBox
    stukken: list[str] = []

    def lees(deel: Any) -> None:
        deel = getattr(deel, "_box", deel)
        stukken.append(getattr(deel, "text", ""))
        for kind in getattr(deel, "children", ()):
            lees(kind)
        if not isinstance(deel, inline):
            stukken.append(" ")

    lees(box)
    return " ".join("".join(stukken).split())


class Tagboom:
    """The tag tree of one PDF. `bronnen` gives the source of a tag by its object number, `taal` is the document's;
    `voorvoegsel` stands before each identifier.
    """

    def __init__(self, pdf: Any, bronnen: dict[int, Bron], taal: str | None, voorvoegsel: str = "") -> None:
        self.pdf, self.taal, self._bronnen, self._voorvoegsel = pdf, taal, bronnen, voorvoegsel
        self.wortel: Tag = self.bij(pdf.catalog["StructTreeRoot"])
        self.document: Tag = self.bij(self.wortel["K"][0])
        self.ids: dict[str, bytes] = {}
        self._paginanummer = {verwijzing: nummer for nummer, verwijzing in enumerate(pdf.page_references)}
        # Keys 0, 1, 2, ... without gaps: a list of owners per page, then one owner per annotation.
        self._eigenaren = self.bij(self.wortel["ParentTree"])["Nums"]
        self._vervallen: set[int] = set()
        self._koppelteksten: dict[Any, list[str]] = defaultdict(list)
        for bron in bronnen.values():
            if bron.tekst and not bron.is_pseudo:
                self._koppelteksten[bron.element].append(bron.tekst)

    def bij(self, verwijzing: Any) -> Any:
        """The object behind a reference; a dictionary is its own object."""
        return verwijzing if isinstance(verwijzing, dict) else self.pdf.objects[int(verwijzing[:-4])]

    def bron(self, tag: Tag) -> Bron:
        """What a tag was made from; empty for the document and for the spans that hold a run of text."""
        return self._bronnen.get(tag.number, _GEEN)

    def is_tekst(self, tag: Tag) -> bool:
        """Whether a tag only holds one run of text and stands for no element at all."""
        return tag["S"] == "/Span" and tag.number not in self._bronnen

    def kinderen(self, tag: Tag) -> list[Tag]:
        """The tags below a tag, without its text."""
        gevonden = (self.bij(deel) for deel in tag["K"] if not isinstance(deel, int))
        return [deel for deel in gevonden if deel["Type"] == "/StructElem"]

    def alle(self) -> Iterator[Tag]:
        """Every tag in reading order, the document first. The children of a tag are read after the tag was yielded."""
        stapel = [self.document]
        while stapel:
            tag = stapel.pop()
            yield tag
            stapel += reversed(self.kinderen(tag))

    def pagina(self, tag: Tag) -> int:
        """The number of the page of a tag (from 0)."""
        return self._paginanummer[tag["Pg"]]

    def annotatie(self, deel: Any) -> Any:
        """The annotation that an entry of K refers to; None when it is something else."""
        if isinstance(deel, int):
            return None
        object_ = self.bij(deel)
        return self.bij(object_["Obj"]) if object_["Type"] == "/OBJR" else None

    def geef(self, naar: Tag, van: Tag, deel: Any) -> Any:
        """Make `naar` the owner of one entry of the K of `van`; returns the entry as it must stand in the other K."""
        if isinstance(deel, int):
            self._eigenaren[2 * self._paginanummer[van["Pg"]] + 1][deel] = naar.reference
            if naar["Pg"] == van["Pg"]:
                return deel
            return pydyf.Dictionary({"Type": "/MCR", "Pg": van["Pg"], "MCID": deel})
        object_ = self.bij(deel)
        if object_["Type"] == "/StructElem":
            object_["P"] = naar.reference
        elif object_["Type"] == "/OBJR":
            self._eigenaren[2 * self.bij(object_["Obj"])["StructParent"] + 1] = naar.reference
        else:
            self._eigenaren[2 * self._paginanummer[object_["Pg"]] + 1][object_["MCID"]] = naar.reference
        return deel

    def ontruim(self, van: Tag, naar: Tag) -> list[Any]:
        """Empty `van` in favour of `naar`: its entries, to be put in the K of `naar`. Nothing may refer to it then."""
        delen = [self.geef(naar, van, deel) for deel in van["K"]]
        van.clear()
        return delen

    def koppeltekst(self, tag: Tag) -> str:
        """The text of the whole link that a tag is, however many lines or pages it runs over."""
        return " ".join(self._koppelteksten[self.bron(tag).element])

    def nieuw(self, soort: str, ouder: Tag) -> Tag:
        """A tag below `ouder`, of the same element; the caller puts it in the K of `ouder`."""
        tag = pydyf.Dictionary(
            {
                "Type": "/StructElem",
                "S": soort,
                "K": pydyf.Array(),
                "Pg": ouder["Pg"],
                "P": ouder.reference,
            }
        )
        self.pdf.add_object(tag)
        self._bronnen[tag.number] = self.bron(ouder)
        return tag

    def wis_annotatie(self, annotatie: Any) -> None:
        """Take an annotation out of the document."""
        self._vervallen.add(annotatie["StructParent"])
        annotatie.clear()

    def geef_id(self, tag: Tag, naam: str) -> None:
        """Give a tag its identifier, unique in the document."""
        naam = f"{self._voorvoegsel}{naam}"
        tag["ID"] = pydyf.String(naam)
        self.ids[naam] = tag.reference

    def sluit(self) -> None:
        """Take what was removed out of the parent tree and off the pages."""
        if not self._vervallen:
            return
        paren = zip(self._eigenaren[::2], self._eigenaren[1::2], strict=True)
        self._eigenaren[:] = [
            x for sleutel, eigenaar in paren if sleutel not in self._vervallen for x in (sleutel, eigenaar)
        ]
        for verwijzing in self.pdf.page_references:
            if annotaties := self.bij(verwijzing).get("Annots"):
                annotaties[:] = [annotatie for annotatie in annotaties if self.bij(annotatie)]
