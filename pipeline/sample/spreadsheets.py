"""Small writers for XLSX and ODS, with the same bytes everywhere.

Belongs here: rows of cells into a workbook. Not here: which cells. A library would do more and put its version, the
clock and the compression of this machine into the file; parts are stored uncompressed with a fixed time for that
reason. For the sample alone: what the project publishes is written elsewhere.
"""

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr  # nosec B406 # writes, reads nothing

_EPOCH = date(1899, 12, 30).toordinal()
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"


class Dag(int):
    """A day (ordinal) to be written as a real date cell."""


Cell = str | int | Dag | None


@dataclass(frozen=True)
class Sheet:
    """A sheet: rows of cells, and how many columns each of the first rows spans when merged (0: not merged)."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: tuple[int, ...] = ()


def serial(day: int) -> int:
    """The number by which a spreadsheet knows a day (1900 system)."""
    return day - _EPOCH


def write_xlsx(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write a workbook; real dates get the format dd-mm-yyyy."""
    strings: dict[str, int] = {}
    pages = [_xlsx_sheet(sheet, strings) for sheet in sheets]
    numbers = range(1, len(sheets) + 1)
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in numbers
    )
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES.format(sheets=types, package=_PACKAGE),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(
            f'<sheet name={quoteattr(sheet.name)} sheetId="{n}" r:id="rId{n}"/>'
            for n, sheet in zip(numbers, sheets, strict=True)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
            + [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
        ),
        "xl/styles.xml": _STYLES.format(main=_MAIN),
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}" uniqueCount="{len(strings)}">'
        + "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
        + "</sst>",
    }
    parts |= {f"xl/worksheets/sheet{n}.xml": page for n, page in zip(numbers, pages, strict=True)}
    _zip(path, [(name, (_HEAD + text).encode()) for name, text in parts.items()])


def write_ods(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write an OpenDocument spreadsheet."""
    tables = "".join(_ods_table(sheet) for sheet in sheets)
    content = (
        f'<office:document-content xmlns:office="{_OASIS}:office:1.0" xmlns:table="{_OASIS}:table:1.0" '
        f'xmlns:text="{_OASIS}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>{tables}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    parts = [("content.xml", content), ("META-INF/manifest.xml", manifest)]
    _zip(path, [("mimetype", kind.encode()), *((name, (_HEAD + text).encode()) for name, text in parts)])


def _xlsx_sheet(sheet: Sheet, strings: dict[str, int]) -> str:
    rows = []
    for number, row in enumerate(sheet.rows, start=1):
        cells = "".join(
            _xlsx_cell(f"{_LETTERS[index]}{number}", cell, strings)
            for index, cell in enumerate(row)
            if cell is not None
        )
        rows.append(f'<row r="{number}">{cells}</row>')
    spans = [f"A{n}:{_LETTERS[width - 1]}{n}" for n, width in enumerate(sheet.merged, start=1) if width]
    merged = "".join(f'<mergeCell ref="{span}"/>' for span in spans)
    merged = f'<mergeCells count="{len(spans)}">{merged}</mergeCells>' if spans else ""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(rows)}</sheetData>{merged}</worksheet>'


def _xlsx_cell(place: str, cell: str | int, strings: dict[str, int]) -> str:
    if isinstance(cell, Dag):
        return f'<c r="{place}" s="1"><v>{serial(cell)}</v></c>'
    if isinstance(cell, int):
        return f'<c r="{place}"><v>{cell}</v></c>'
    return f'<c r="{place}" t="s"><v>{strings.setdefault(cell, len(strings))}</v></c>'


def _ods_table(sheet: Sheet) -> str:
    rows = []
    for number, row in enumerate(sheet.rows):
        width = sheet.merged[number] if number < len(sheet.merged) else 0
        span = f' table:number-columns-spanned="{width}" table:number-rows-spanned="1"' if width else ""
        cells = "".join(_ods_cell(cell, span if index == 0 else "") for index, cell in enumerate(row))
        if width:
            cells += "<table:covered-table-cell/>" * (width - 1)
        rows.append(f"<table:table-row>{cells}</table:table-row>")
    return f"<table:table table:name={quoteattr(sheet.name)}>{''.join(rows)}</table:table>"


def _ods_cell(cell: Cell, span: str) -> str:
    if cell is None:
        return f"<table:table-cell{span}/>"
    if isinstance(cell, Dag):
        day = date.fromordinal(cell)
        value, text = f'office:value-type="date" office:date-value="{day.isoformat()}"', f"{day:%d-%m-%Y}"
    elif isinstance(cell, int):
        value, text = f'office:value-type="float" office:value="{cell}"', str(cell)
    else:
        value, text = 'office:value-type="string"', escape(cell)
    return f"<table:table-cell{span} {value}><text:p>{text}</text:p></table:table-cell>"


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    items = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


def _zip(path: Path, parts: Iterable[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            # Else these say on which kind of machine the file was made.
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, data)


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CONTENT_TYPES = (
    '<Types xmlns="{package}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>{sheets}</Types>'
)
_STYLES = (
    '<styleSheet xmlns="{main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd\\-mm\\-yyyy"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
