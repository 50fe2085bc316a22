"""Spreadsheets made up on the spot, also such as no program writes: XLSX, ODS, and old XLS in its OLE container.

Belongs here: making the bytes. Not here: the cases.
"""

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import openpyxl

SHEET = "xl/worksheets/sheet1.xml"
HEADS = ["V-nummer", "Datum huisvesting", "Datum BRP", "Soort woning"]
ROWS: list[list[Any]] = [
    HEADS,
    ["V9990000001", date(2016, 2, 29), date(2016, 3, 2), "huur_corporatie"],
    ["V9990000002", date(2016, 6, 30), None, "kamer"],
]
END_OF_CHAIN = 0xFFFFFFFE
FREE_SECTOR = 0xFFFFFFFF


def xlsx(
    rows: Sequence[Sequence[Any]] = ROWS,
    change: Callable[[Any], object] | None = None,
    parts: dict[str, Callable[[bytes], bytes]] | None = None,
    extra: dict[str, bytes] | None = None,
) -> bytes:
    """A workbook with one sheet; `change` gets the openpyxl sheet, `parts` rewrite parts of the container."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Blad1"
    for row in rows:
        sheet.append(row)
    if change is not None:
        change(sheet)
    target = io.BytesIO()
    workbook.save(target)
    return repacked(target.getvalue(), parts or {}, extra or {})


def repacked(data: bytes, parts: dict[str, Callable[[bytes], bytes]], extra: dict[str, bytes]) -> bytes:
    """The container again, with some parts rewritten and others added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, parts.get(info.filename, bytes)(content))
        for name, content in extra.items():
            new.writestr(name, content)
    return target.getvalue()


def with_row(xml: str) -> Callable[[bytes], bytes]:
    """Adds raw XML at the end of the rows of a sheet."""
    return lambda content: content.replace(b"</sheetData>", xml.encode() + b"</sheetData>")


def with_doctype(entities: str, cell: str = "") -> Callable[[bytes], bytes]:
    """Adds a DOCTYPE to a part, and a cell that uses what it declares."""

    def change(content: bytes) -> bytes:
        body = content.split(b"?>", 1)[1] if content.startswith(b"<?xml") else content
        return f'<?xml version="1.0"?><!DOCTYPE x [{entities}]>'.encode() + with_row(cell)(body)

    return change


_ODS_NAMES = " ".join(
    f'xmlns:{short}="{name}"'
    for short, name in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    }.items()
)


def ods_cell(value: object, extra: str = "") -> str:
    """One cell of an ODS row."""
    kinds = {float: "float", int: "float", date: "date"}
    if value is None:
        return f"<table:table-cell {extra}/>"
    kind = kinds.get(type(value), "string")
    attribute = {"float": f'office:value="{value}"', "date": f'office:date-value="{value}"'}.get(kind, "")
    return (
        f'<table:table-cell office:value-type="{kind}" {attribute} {extra}><text:p>{value}</text:p></table:table-cell>'
    )


def ods_row(values: Sequence[object], extra: str = "") -> str:
    """One row of an ODS."""
    return f"<table:table-row {extra}>{''.join(map(ods_cell, values))}</table:table-row>"


def ods(rows: str | None = None, *, doctype: str = "", encrypted: bool = False) -> bytes:
    """An ODS with one sheet; `rows` is its raw XML."""
    body = "".join(map(ods_row, ROWS)) if rows is None else rows
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    secret = "<manifest:encryption-data/>" if encrypted else ""
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}">{secret}</manifest:file-entry>'
        "</manifest:manifest>"
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<office:document-content {_ODS_NAMES}><office:body>'
        f'<office:spreadsheet><table:table table:name="Blad1">{body}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as container:
        container.writestr("mimetype", kind)
        container.writestr("META-INF/manifest.xml", manifest)
        container.writestr("content.xml", content)
    return target.getvalue()


def ole(streams: dict[str, bytes]) -> bytes:
    """An OLE container (compound file, 512-byte sectors) with these streams, each padded to at least 4096 bytes."""
    padded = {name: data.ljust(max(4096, -(-len(data) // 512) * 512), b"\0") for name, data in streams.items()}
    entries = [_entry("Root Entry", 5, END_OF_CHAIN, 0, child=1)]
    fat: list[int] = []
    body = b""
    for number, (name, data) in enumerate(padded.items(), start=1):
        start, count = len(fat), len(data) // 512
        fat += [*range(start + 1, start + count), END_OF_CHAIN]
        body += data
        entries.append(_entry(name, 2, start, len(data), right=number + 1 if number < len(padded) else FREE_SECTOR))
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0")
    first_directory = len(fat)
    count = len(directory) // 512
    fat += [*range(first_directory + 1, first_directory + count), END_OF_CHAIN]
    fat_sector = len(fat)
    fat.append(0xFFFFFFFD)
    assert len(fat) <= 128
    table = struct.pack("<128I", *fat, *[FREE_SECTOR] * (128 - len(fat)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, first_directory, 0, 4096, END_OF_CHAIN, 0, END_OF_CHAIN, 0)
    header += struct.pack("<109I", fat_sector, *[FREE_SECTOR] * 108)
    return header + body + directory + table


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE_SECTOR, right: int = FREE_SECTOR) -> bytes:
    text = name.encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text) + 2, kind, 1, FREE_SECTOR, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def password_xlsx() -> bytes:
    """What Excel makes of an XLSX with a password: an OLE container with the encrypted package in it."""
    return ole({"EncryptionInfo": bytes(100), "EncryptedPackage": bytes(range(256)) * 40})


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def xls(
    rows: Sequence[Sequence[Any]] = ROWS, *, password: bool = False, last_cell: tuple[int, int] | None = None
) -> bytes:
    """An XLS (BIFF8) with one sheet: texts, numbers and dates. `last_cell` adds a number at (row, column), from 0."""
    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    plain, day = (_record(0xE0, struct.pack("<HHH", 0, number, 0) + bytes(14)) for number in (0, 14))
    name = b"Blad1"
    front = _record(0x0809, begin) + (_record(0x2F, struct.pack("<HHH", 1, 1, 1) + bytes(48)) if password else b"")
    front += _record(0x42, struct.pack("<H", 1200)) + plain + day
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if isinstance(value, date):
                serial = float((value - date(1899, 12, 30)).days)
                sheet += _record(0x0203, struct.pack("<HHHd", row, column, 1, serial))
            elif isinstance(value, int | float):
                sheet += _record(0x0203, struct.pack("<HHHd", row, column, 0, float(value)))
            elif value is not None:
                text = str(value).encode("utf-16-le")
                sheet += _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text) // 2, 1) + text)
    if last_cell is not None:
        sheet += _record(0x0203, struct.pack("<HHHd", *last_cell, 0, 1.0))
    sheet += _record(0x0A, b"")
    place = len(front) + 4 + 8 + len(name) + 4
    bound = _record(0x85, struct.pack("<IBBBB", place, 0, 0, len(name), 0) + name)
    return ole({"Workbook": front + bound + _record(0x0A, b"") + sheet})
