"""One PDF of many pages that were set apart: their tags under one root, a bookmark for each.

Belongs here: putting finished pages together so that the whole is PDF/UA-1 and PDF/A-3a like its parts. Not here:
setting them (sheet_pool.py). Setting all pages as one document takes one core and the memory of all of them at once;
putting them together takes a few milliseconds a page.

Leans on what `zet_met_opmaak` makes: one page without links, identifiers of tags that are apart already.
"""

import io
from typing import Any

import pikepdf

from pipeline.core.errors import DocumentFout


class Bundel:
    """A growing PDF. It begins as its first page, whose title, language and metadata are those of the whole."""

    def __init__(self, voorblad: bytes) -> None:
        self._pdf: Any = pikepdf.open(io.BytesIO(voorblad))
        self._wortel = self._pdf.Root.StructTreeRoot
        self._document = self._wortel.K[0]
        self._eigenaren = self._wortel.ParentTree.Nums
        self._ids = self._namen(self._wortel)
        _alleen_bladzijde(self._pdf, self._wortel)
        voorwerk = self._deel(list(self._document.K), self._pdf.pages[0])
        for kind in self._document.K:
            kind.P = voorwerk
        self._document.K = pikepdf.Array([voorwerk])
        self._titels: list[str] = []

    def voeg_toe(self, blad: bytes, titel: str) -> None:
        """Add a page under a bookmark of that title; DocumentFout when it is not a page that can be added."""
        with pikepdf.open(io.BytesIO(blad)) as bron:
            self._pdf.pages.append(bron.pages[0])
            # After the page: what refers to it follows to its copy.
            wortel = self._pdf.copy_foreign(bron.Root.StructTreeRoot)
        pagina = self._pdf.pages[-1]
        _alleen_bladzijde(self._pdf, wortel, nieuw=pagina)
        nummer = len(self._pdf.pages) - 1
        _noem_letters(pagina, nummer)
        pagina.obj.StructParents = nummer
        self._eigenaren.append(nummer)
        self._eigenaren.append(wortel.ParentTree.Nums[1])
        deel = wortel.K[0]
        deel.S, deel.P = pikepdf.Name.Part, self._document
        self._document.K.append(deel)
        self._ids.update(self._namen(wortel))
        self._titels.append(titel)

    def inhoud(self) -> bytes:
        """The whole; the same pages give the same bytes."""
        self._wortel.ParentTreeNextKey = len(self._pdf.pages)
        if self._ids:
            namen = pikepdf.Array()
            for naam in sorted(self._ids):
                namen.extend([pikepdf.String(naam), self._ids[naam]])
            self._wortel.IDTree = self._pdf.make_indirect(pikepdf.Dictionary(Names=namen))
        with self._pdf.open_outline() as overzicht:
            overzicht.root.clear()
            for nummer, titel in enumerate(self._titels, 1):
                overzicht.root.append(pikepdf.OutlineItem(titel, nummer, pikepdf.PageLocation.FitH, top=842))
        for stroom in self._pdf.objects:
            if isinstance(stroom, pikepdf.Stream):
                _eenduidig_einde(stroom)
        uit = io.BytesIO()
        self._pdf.save(
            uit,
            deterministic_id=True,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )
        return uit.getvalue()

    def _deel(self, kinderen: list[Any], pagina: Any) -> Any:
        return self._pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.StructElem,
                S=pikepdf.Name.Part,
                P=self._document,
                Pg=pagina.obj,
                K=pikepdf.Array(kinderen),
            )
        )

    @staticmethod
    def _namen(wortel: Any) -> dict[str, Any]:
        namen = wortel.IDTree.Names if "/IDTree" in wortel else []
        return {str(namen[n]): namen[n + 1] for n in range(0, len(namen), 2)}


def _eenduidig_einde(stroom: Any) -> None:
    """Store a stream as it is when compressed its last byte would be a carriage return (one in 256): with the line feed
    that follows it, that reads as one end of line, and the stream as a byte short.
    """
    if stroom.read_raw_bytes().endswith(b"\r"):
        stroom.write(stroom.read_bytes())


def _noem_letters(pagina: Any, nummer: int) -> None:
    """Give each letter of a page a name of its own: it is another part of the same letter than on the other pages, and
    readers may know a letter by its name.
    """
    letters = pagina.Resources.Font
    for plaats, sleutel in enumerate(sorted(letters.keys())):
        letter = letters[sleutel]
        afgeleid = letter.DescendantFonts[0]
        merk = "".join(chr(65 + (nummer * 26 + plaats) // 26**macht % 26) for macht in range(5, -1, -1))
        naam = pikepdf.Name(f"/{merk}+{str(letter.BaseFont).partition('+')[2]}")
        letter.BaseFont = afgeleid.BaseFont = afgeleid.FontDescriptor.FontName = naam


def _alleen_bladzijde(pdf: Any, wortel: Any, nieuw: Any = None) -> None:
    """DocumentFout for what this module does not put together: links, and more than one page."""
    pagina = nieuw or pdf.pages[0]
    if "/Annots" in pagina.obj or len(wortel.ParentTree.Nums) != 2:
        raise DocumentFout("alleen bladen van één bladzijde zonder koppelingen kunnen samen in één bestand")
