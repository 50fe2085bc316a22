"""What is printed on a page without belonging to the text: running heads, and table heads that are printed again.

Belongs here: finding those boxes before they are drawn, and drawing them as artifacts. A reader that speaks the page
must not speak them.
"""

import importlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

import pydyf


@dataclass(frozen=True)
class Artefacten:
    """The boxes of a document that are no content: their text with the properties of the artifact, and whole parts."""

    tekst: dict[Any, dict[str, str]]
    delen: frozenset[Any]

    @classmethod
    def van(cls, document: Any) -> "Artefacten":
        """Those of a document that was laid out and not yet drawn."""
        boxes = importlib.import_module("weasyprint.formatting_structure.boxes")
        tekst: dict[Any, dict[str, str]] = {}
        delen = []
        begonnen: set[Any] = set()
        for pagina in document.pages:
            for box in pagina._page_box.children:
                if isinstance(box, boxes.MarginBox):
                    delen.append(box)
                    soort = _rand(box)
                    tekst |= dict.fromkeys(box.descendants(), soort)
            for tabel in _tabellen(pagina._page_box, boxes):
                if tabel.element in begonnen and tabel.children and tabel.children[0].is_header:
                    delen.append(tabel.children[0])
                    tekst |= {deel: {"Type": "/Pagination"} for deel in tabel.children[0].descendants()}
                begonnen.add(tabel.element)
        return cls(tekst, frozenset(delen))

    def slaat_over(self, box: Any) -> bool:
        """Whether the box gets no tag; a table head then gets the marks that WeasyPrint writes the ids of cells on."""
        if box not in self.delen:
            return False
        if getattr(box, "is_header", False):
            for rij in box.children:
                for cel in rij.children:
                    cel.mark = {"A": {}}
        return True

    def ontkoppel(self, document: Any) -> None:
        """No links in these boxes: a reader with a keyboard would stop at something that is not read (7.18.5)."""
        for pagina in document.pages:
            pagina.links[:] = [link for link in pagina.links if link[-1] not in self.tekst]

    def merk_met(
        self, merk: Callable[..., AbstractContextManager[None]]
    ) -> Callable[..., AbstractContextManager[None]]:
        """`Stream.marked` that marks these boxes as artifacts and leaves all others to `merk`.

        For running heads: WeasyPrint #1836. For table heads: #2903.
        """

        @contextmanager
        def marked(stream: Any, box: Any, tag: str) -> Iterator[None]:
            eigenschappen = None if stream._tags is None else self.tekst.get(box)
            if eigenschappen is None:
                with merk(stream, box, tag):
                    yield
                return
            pydyf.Stream.begin_marked_content(stream, "Artifact", pydyf.Dictionary(eigenschappen))
            try:
                yield
            finally:
                pydyf.Stream.end_marked_content(stream)

        return marked


def _rand(box: Any) -> dict[str, str]:
    """The properties of a margin box: a head, a foot, or something at the side."""
    for rand, soort in (("@top", "/Header"), ("@bottom", "/Footer")):
        if box.at_keyword.startswith(rand):
            return {"Type": "/Pagination", "Subtype": soort}
    return {"Type": "/Pagination"}


def _tabellen(box: Any, boxes: Any) -> Iterator[Any]:
    """The tables below `box`, but none inside a cell or a line."""
    box = getattr(box, "_box", box)
    if isinstance(box, boxes.TableBox):
        yield box
    elif isinstance(box, boxes.ParentBox) and not isinstance(box, boxes.LineBox):
        for kind in box.children:
            yield from _tabellen(kind, boxes)
