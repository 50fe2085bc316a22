"""Tables as XLSX and ODS for people, with bytes that follow from the content alone.

Belongs here: sheets into a workbook. Not here: which tables. A text is always a cell of text: what begins with an
equals sign is shown, never calculated. openpyxl makes the XLSX; of ODS there is no kept library that writes, and what
is needed of it is small.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr  # nosec B406 # writes, reads nothing

from pipeline.core.document.packaging import pakket

if TYPE_CHECKING:
    from openpyxl import Workbook

Waarde = str | int | float | date | None
_WIDEST = 60
_LOOKED_AT = 400
_NO_PLAIN_TEXT = ("=", "#")
_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"


@dataclass(frozen=True)
class Blad:
    """A sheet: its name (31 signs at most), the heads of its columns, and rows of values."""

    naam: str
    koppen: tuple[str, ...]
    rijen: tuple[tuple[Waarde, ...], ...]

    def breedtes(self) -> list[int]:
        """Width of each column in signs, from its head and first values."""
        widths = [len(head) for head in self.koppen]
        for row in self.rijen[:_LOOKED_AT]:
            for place, value in enumerate(row):
                widths[place] = max(widths[place], len(str(value if value is not None else "")))
        return [min(width, _WIDEST) + 2 for width in widths]


def write_xlsx(path: Path, sheets: list[Blad], titel: str, dag: date) -> None:
    """Write a workbook: heads in bold that stay in sight, columns as wide as their content, a filter on each."""
    from openpyxl import Workbook
    from openpyxl.xml.functions import tostring

    book = Workbook(write_only=True)
    for sheet in sheets:
        _add_sheet(book, sheet)
    facts = book.properties
    facts.title, facts.creator = titel, "Voortgang"
    facts.created = facts.modified = datetime(dag.year, dag.month, dag.day)  # noqa: DTZ001 - openpyxl wants no zone
    # openpyxl writes the clock at the last moment; the facts as they are here go over that.
    path.write_bytes(pakket(book, {"docProps/core.xml": tostring(facts.to_tree())}))


def _add_sheet(book: "Workbook", sheet: Blad) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(sheet.naam)
    page.freeze_panes = "A2"
    for place, width in enumerate(sheet.breedtes(), start=1):
        page.column_dimensions[get_column_letter(place)].width = width

    def cell(value: Waarde, *, bold: bool = False) -> Any:
        made = WriteOnlyCell(page, value)
        if isinstance(value, str):
            # Else a text that begins with an equals sign would be a formula.
            made.data_type = "s"
        elif isinstance(value, date):
            made.number_format = "dd-mm-yyyy"
        if bold:
            made.font = Font(bold=True)
        return made

    page.append([cell(head, bold=True) for head in sheet.koppen])
    for row in sheet.rijen:
        page.append([cell(value) if _misread(value) else value for value in row])
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.koppen))}{len(sheet.rijen) + 1}"


def _misread(value: Waarde) -> bool:
    """Whether openpyxl must be told what a value is: a day has its own form, and of texts it takes what begins with an
    equals sign for a formula and #N/A for an error. Telling it of every text is a quarter of the time of a workbook.
    """
    return value.startswith(_NO_PLAIN_TEXT) if isinstance(value, str) else isinstance(value, date)


def write_ods(path: Path, sheets: list[Blad], titel: str, dag: date) -> None:
    """Write the same sheets as an OpenDocument spreadsheet."""
    parts = {
        "content.xml": "".join(_content(sheets)),
        "meta.xml": _META.format(title=escape(titel), day=dag.isoformat(), oasis=_OASIS),
        "META-INF/manifest.xml": _MANIFEST.format(oasis=_OASIS, kind=_MIMETYPE),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        # The kind of file stands first and uncompressed, so that a program sees it without opening the rest.
        for name, text in {"mimetype": _MIMETYPE, **parts}.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 0
            archive.writestr(entry, text.encode("utf-8"))


def _content(sheets: list[Blad]) -> Iterator[str]:
    yield _CONTENT.format(oasis=_OASIS)
    for sheet in sheets:
        yield f"<table:table table:name={quoteattr(sheet.naam)}>"
        yield f'<table:table-column table:number-columns-repeated="{len(sheet.koppen)}"/>'
        yield "<table:table-header-rows>"
        yield _ods_row(sheet.koppen, ' table:style-name="kop"')
        yield "</table:table-header-rows>"
        for row in sheet.rijen:
            yield _ods_row(row)
        yield "</table:table>"
    yield "</office:spreadsheet></office:body></office:document-content>"


def _ods_row(values: tuple[Waarde, ...], style: str = "") -> str:
    return f"<table:table-row>{''.join(_ods_cell(value, style) for value in values)}</table:table-row>"


def _ods_cell(value: Waarde, style: str) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        return (
            '<table:table-cell table:style-name="dag" office:value-type="date" '
            f'office:date-value="{value.isoformat()}"><text:p>'
            f"{value:%d-%m-%Y}</text:p></table:table-cell>"
        )
    if isinstance(value, int | float):
        return (
            f'<table:table-cell{style} office:value-type="float" office:value="{value}"><text:p>{value}</text:p>'
            "</table:table-cell>"
        )
    return f'<table:table-cell{style} office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'


_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_CONTENT = (
    _HEAD + '<office:document-content xmlns:office="{oasis}:office:1.0" xmlns:table="{oasis}:table:1.0"'
    ' xmlns:text="{oasis}:text:1.0" xmlns:style="{oasis}:style:1.0" xmlns:number="{oasis}:datastyle:1.0"'
    ' xmlns:fo="{oasis}:xsl-fo-compatible:1.0" office:version="1.3"><office:automatic-styles>'
    '<number:date-style style:name="dagen"><number:day number:style="long"/><number:text>-</number:text>'
    '<number:month number:style="long"/><number:text>-</number:text><number:year number:style="long"/>'
    '</number:date-style><style:style style:name="dag" style:family="table-cell" style:data-style-name="dagen"/>'
    '<style:style style:name="kop" style:family="table-cell"><style:text-properties fo:font-weight="bold"/>'
    "</style:style></office:automatic-styles><office:body><office:spreadsheet>"
)
_META = (
    _HEAD + '<office:document-meta xmlns:office="{oasis}:office:1.0" xmlns:meta="{oasis}:meta:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"><office:meta><dc:title>{title}</dc:title>'
    "<meta:creation-date>{day}T00:00:00</meta:creation-date><dc:date>{day}T00:00:00</dc:date></office:meta>"
    "</office:document-meta>"
)
_MANIFEST = (
    _HEAD + '<manifest:manifest xmlns:manifest="{oasis}:manifest:1.0" manifest:version="1.3">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
