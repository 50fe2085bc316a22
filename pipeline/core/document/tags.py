"""The tag tree of a document while WeasyPrint writes it: where each tag came from, and the repairs in their order.

Belongs here: listening in on WeasyPrint 70 (its private names: `pdf.tags._build_box_tree`, `pdf.stream.Stream.marked`,
`Page._page_box`) and the order of the repairs. Not here: the repairs themselves (tags_artifacts.py, tags_structure.py,
tags_tables.py, tags_attributes.py), the tree (tags_tree.py). Each repair says which fault of WeasyPrint it mends, and
each has a test that fails as soon as WeasyPrint does it right by itself.
"""

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pipeline.core.document.tags_artifacts import Artefacten
from pipeline.core.document.tags_attributes import (
    noem_koppelingen,
    noem_talen,
    schrijf_id_boom,
    zet_figuurkaders,
)
from pipeline.core.document.tags_structure import (
    bundel_lijstinhoud,
    haal_tekst_uit_spans,
    maak_noten,
    ontvlecht_koppelingen,
    voeg_fragmenten_samen,
    voeg_koppelregels_samen,
)
from pipeline.core.document.tags_tables import koppel_cellen
from pipeline.core.document.tags_tree import Bron, Tagboom

# First the shape of the tree, then what hangs on it; each leans on those before it.
HERSTEL: tuple[Callable[[Tagboom], None], ...] = (
    ontvlecht_koppelingen,
    bundel_lijstinhoud,
    maak_noten,
    haal_tekst_uit_spans,
    voeg_fragmenten_samen,
    voeg_koppelregels_samen,
    koppel_cellen,
    noem_talen,
    zet_figuurkaders,
    noem_koppelingen,
    schrijf_id_boom,
)


@contextmanager
def herstelde_tags(document: Any, voorvoegsel: str = "") -> Iterator[Callable[[Any, Any], None]]:
    """Within this context `document.write_pdf(finisher=...)` gives a repaired tag tree; yields that finisher.

    `voorvoegsel` stands before every identifier of a tag.
    """
    tags: Any = importlib.import_module("weasyprint.pdf.tags")
    stream: Any = importlib.import_module("weasyprint.pdf.stream")
    bouw, merk = tags._build_box_tree, stream.Stream.marked
    artefacten = Artefacten.van(document)
    artefacten.ontkoppel(document)
    bronnen: dict[int, Bron] = {}

    def bouw_met_bron(box: Any, *args: Any) -> Iterator[Any]:
        if artefacten.slaat_over(box):
            return
        eigen = getattr(box, "_box", box)
        for tag in bouw(box, *args):
            # The wrapper that WeasyPrint makes around a list item comes after the item itself.
            if tag.number not in bronnen:
                bronnen[tag.number] = Bron.van(eigen, tag["S"])
            yield tag

    tags._build_box_tree = bouw_met_bron
    stream.Stream.marked = artefacten.merk_met(merk)
    try:
        yield lambda _, pdf: herstel(Tagboom(pdf, bronnen, document.metadata.lang, voorvoegsel))
    finally:
        tags._build_box_tree, stream.Stream.marked = bouw, merk


def herstel(boom: Tagboom) -> None:
    """All repairs, in order."""
    for stap in HERSTEL:
        stap(boom)
    boom.sluit()
