"""A Word document or workbook as a file whose bytes follow from its contents alone.

Belongs here: the zip around the parts of a document. Not here: what is in those parts (letter.py). python-docx and
openpyxl write the clock into each entry of the zip.
"""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

# The parts are stored, not compressed: other builds of zlib compress to other bytes, and the whole is small.
_EERSTE_DAG = (1980, 1, 1, 0, 0, 0)
# Word and file(1) look for this part at the front.
_VOORAAN = "[Content_Types].xml"


class Bewaarbaar(Protocol):
    """A document of python-docx, docxtpl or openpyxl."""

    def save(self, path_or_stream: io.BytesIO, /) -> object:
        """Write the package."""


def pakket(document: Bewaarbaar, vervang: Mapping[str, bytes] | None = None) -> bytes:
    """The bytes of the document: its parts in order of name, with one fixed time; parts in `vervang` replaced."""
    ruw = io.BytesIO()
    document.save(ruw)
    uit = io.BytesIO()
    with zipfile.ZipFile(ruw) as bron, zipfile.ZipFile(uit, "w", zipfile.ZIP_STORED) as doel:
        for naam in sorted(bron.namelist(), key=lambda naam: (naam != _VOORAAN, naam)):
            deel = zipfile.ZipInfo(naam, _EERSTE_DAG)
            # As on any other system: the machine would put itself in this field.
            deel.create_system = 0
            doel.writestr(deel, (vervang or {}).get(naam) or bron.read(naam))
    return uit.getvalue()


def schrijf_pakket(document: Bewaarbaar, pad: Path) -> None:
    """Write `pakket(document)` to `pad`."""
    pad.write_bytes(pakket(document))
