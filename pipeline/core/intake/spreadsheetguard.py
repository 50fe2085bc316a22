"""The door before every spreadsheet: what is in the container, and whether it is safe to hand to a reader.

Belongs here: the kind of a spreadsheet by its bytes, limits, XML without a DOCTYPE, and the facts that calamine throws
away (error cells, formulas without a value). Not here: reading cells (spreadsheets.py) or formats
(spreadsheetlayout.py).

Why before and not after: calamine makes a dense table up to the last cell, so one value in XFD1048576 ends the process,
and openpyxl expands XML entities. Why copied: the readers get the very parts that were judged here, in a plain
container, so that nothing in the delivered one can say one thing to us and another to them.
"""

import io
import re
import struct
import xml.parsers.expat
import zipfile
import zlib
from dataclasses import dataclass, field

MAX_UNPACKED = 200_000_000
"""Bytes of all parts together; a sheet of 200.000 rows of ten columns takes about half."""
MAX_PARTS = 500
MAX_ROWS = 200_000
MAX_COLUMNS = 500
MAX_CELLS = 4_000_000
"""Height times width of one sheet: calamine keeps a value for each, also for those between."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"

AGAIN = "Bewaar het bestand opnieuw als xlsx of als csv en lever dat aan."
_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_ENCODINGS = frozenset({b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"})
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WORKSHEET = re.compile(r"xl/(?:worksheets|chartsheets|dialogsheets|macrosheets)/[^/]+\.xml", re.IGNORECASE)
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_CHUNK = 1 << 16
# BOF of the globals of BIFF8; FILEPASS stands right after it or after a few records about protection.
_XLS_BEGIN = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_FILEPASS, _FIRST_RECORDS = 0x2F, 8


class SpreadsheetGeweigerd(Exception):
    """Why a spreadsheet is not read; spreadsheets.py makes a finding of it. Never leaves the intake."""

    def __init__(self, reason: str, remedy: str, kind: str, sheet: str | None = None) -> None:
        super().__init__(reason)
        self.reason, self.remedy, self.kind, self.sheet = reason, remedy, kind, sheet


@dataclass
class SheetFacts:
    """What the XML of one sheet says and calamine does not. Places are (row, column), both from 1.

    `errors` holds the error text (#N/A), `formulas` the formula that has no value. `hidden` (filled rows) and `merged`
    (first cells of what runs over several rows) only of an ODS; of an XLSX the layout pass finds them.
    """

    rows: int = 0
    columns: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    merged: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Guarded:
    """A spreadsheet that may be read: its kind and the bytes to read.

    `facts` is per part of the container for an XLSX, per sheet for an ODS.
    """

    kind: str
    data: bytes
    facts: dict[str, SheetFacts]
    macros: bool = False


def guard(data: bytes) -> Guarded:
    """Judge the bytes of a spreadsheet. Raises SpreadsheetGeweigerd with the reason in Dutch.

    `kind` is 'xlsx' (xlsm too), 'ods' or 'xls'.
    """
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data or _has_filepass(data):
            raise _password()
        return Guarded("xls", data, {})
    if not data.startswith(ZIP):
        raise SpreadsheetGeweigerd(
            "dit is geen spreadsheet, al heet het bestand zo.",
            "Open het bestand en bewaar het als xlsx, of geef het de naam die erbij hoort (bijvoorbeeld .csv).",
            "geen spreadsheet",
        )
    parts, macros = _parts(data)
    kind = _kind(parts)
    for name, content in parts.items():
        _refuse_entities(name, content)
    if kind == "ods":
        if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
            raise _password()
        facts = _ods_facts(parts["content.xml"])
    else:
        facts = {name: _xlsx_facts(content) for name, content in parts.items() if _WORKSHEET.fullmatch(name)}
    for fact in facts.values():
        check_size(fact.rows, fact.columns)
    return Guarded(kind, _plain(parts), facts, macros)


def check_size(rows: int, columns: int, sheet: str | None = None) -> None:
    """SpreadsheetGeweigerd when a sheet is larger than intake reads."""
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise SpreadsheetGeweigerd(
            f"een blad loopt door tot rij {rows} en kolom {columns}; verwacht ten hoogste {MAX_ROWS} rijen, "
            f"{MAX_COLUMNS} kolommen en {MAX_CELLS} cellen.",
            "Verwijder losse inhoud ver onder of naast de tabel, of lever een groot bestand aan als csv.",
            "te groot blad",
            sheet,
        )


def _password() -> SpreadsheetGeweigerd:
    return SpreadsheetGeweigerd(
        "het bestand is met een wachtwoord beveiligd.",
        "Verwijder het wachtwoord (bij Bestand, Informatie) en lever het bestand langs een beveiligde weg aan.",
        "wachtwoord",
    )


def _has_filepass(data: bytes) -> bool:
    """Whether an XLS is encrypted: a record FILEPASS among the first of its workbook (calamine calls it damaged)."""
    place = data.find(_XLS_BEGIN)
    for _ in range(_FIRST_RECORDS):
        if place < 0 or place + 4 > len(data):
            return False
        kind, length = struct.unpack_from("<HH", data, place)
        if kind == _FILEPASS:
            return True
        place += 4 + length
    return False


def _damaged(what: str) -> SpreadsheetGeweigerd:
    return SpreadsheetGeweigerd(f"het bestand is beschadigd: {what}.", AGAIN, "beschadigde spreadsheet")


def _parts(data: bytes) -> tuple[dict[str, bytes], bool]:
    """The XML parts of the container within the limits, and whether it carries macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            infos = container.infolist()
            if len(infos) > MAX_PARTS:
                raise _damaged(f"het telt {len(infos)} onderdelen, verwacht ten hoogste {MAX_PARTS}")
            if any(info.flag_bits & 1 for info in infos):
                raise _password()
            return _unpacked(container, infos), any("vbaproject" in info.filename.casefold() for info in infos)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise _damaged("het is geen heel zip-bestand, zoals een spreadsheet is") from error


def _unpacked(container: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    seen: set[str] = set()
    room = MAX_UNPACKED
    for info in infos:
        name = info.filename
        if name.casefold() in seen:
            raise _damaged(f"het onderdeel {name[:60]} staat er twee keer in")
        seen.add(name.casefold())
        if not name.casefold().endswith((".xml", ".rels")) and name not in ("mimetype", "xl/workbook.bin"):
            continue
        pieces: list[bytes] = []
        with container.open(info) as stream:
            # Counted while it comes out: what the container says about its size is not believed.
            while piece := stream.read(_CHUNK):
                room -= len(piece)
                if room < 0:
                    raise SpreadsheetGeweigerd(
                        f"uitgepakt is dit bestand groter dan {MAX_UNPACKED} bytes (een zipbom of een groot blad).",
                        "Lever een groot bestand aan als csv.",
                        "te groot uitgepakt",
                    )
                pieces.append(piece)
        parts[name] = b"".join(pieces)
    return parts


def _kind(parts: dict[str, bytes]) -> str:
    if "content.xml" in parts:
        if b"spreadsheet" not in parts.get("mimetype", b"spreadsheet"):
            raise SpreadsheetGeweigerd(
                "dit is een document van OpenOffice of LibreOffice, maar geen rekenblad.", AGAIN, "geen spreadsheet"
            )
        return "ods"
    if "xl/workbook.bin" in parts:
        raise SpreadsheetGeweigerd("dit is een binair Excel-bestand (xlsb).", AGAIN, "geen spreadsheet")
    if any(name.casefold() == "xl/workbook.xml" for name in parts):
        return "xlsx"
    raise SpreadsheetGeweigerd("dit is een zip-bestand zonder rekenblad erin.", AGAIN, "geen spreadsheet")


def _refuse_entities(name: str, content: bytes) -> None:
    """No DOCTYPE and no unusual encoding: with neither, an XML reader can only see what stands there."""
    if not name.casefold().endswith((".xml", ".rels")):
        return
    start = content.removeprefix(b"\xef\xbb\xbf")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = content[2:].replace(b"\0", b"")
    declared = _ENCODING.match(start[:200].lstrip())
    strange = declared is not None and declared[1].lower() not in _ENCODINGS
    if strange or not start.lstrip().startswith(b"<"):
        raise _damaged(f"het onderdeel {name[:60]} heeft een codering die in een spreadsheet niet voorkomt")
    # Without the NUL of UTF-16, so that one search does for both.
    if _DECLARATION.search(content.replace(b"\0", b"")):
        raise SpreadsheetGeweigerd(
            f"het onderdeel {name[:60]} bevat een DOCTYPE of ENTITY; in een spreadsheet hoort die niet en ze kan het "
            "lezen laten vastlopen of andere bestanden openen.",
            "Open het bestand op de eigen computer, bewaar het opnieuw als xlsx en vraag na waar het vandaan kwam.",
            "entiteiten in xml",
        )


def _plain(parts: dict[str, bytes]) -> bytes:
    """The judged parts in a new container without compression."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as container:
        for name in sorted(parts, key=lambda name: (name != "mimetype", name)):
            container.writestr(zipfile.ZipInfo(name), parts[name])
    return target.getvalue()


def _parse(content: bytes, reader: "_XlsxReader | _OdsReader") -> None:
    parser = xml.parsers.expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.buffer_text = True
    try:
        parser.Parse(content, True)
    except (xml.parsers.expat.ExpatError, ValueError) as error:
        raise _damaged("een van de bladen is geen geldige xml") from error


def _xlsx_facts(content: bytes) -> SheetFacts:
    reader = _XlsxReader()
    _parse(content, reader)
    return reader.facts


def _ods_facts(content: bytes) -> dict[str, SheetFacts]:
    reader = _OdsReader()
    _parse(content, reader)
    return reader.sheets


def column_number(letters: str) -> int:
    """The number of a column from its letters: A is 1, XFD 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


class _XlsxReader:
    """One pass over a worksheet: the last cell, the error cells, the formulas without a value."""

    def __init__(self) -> None:
        self.facts = SheetFacts()
        self._row = self._column = 0
        self._type = self._inside = ""
        self._value: list[str] = []
        self._formula: list[str] | None = None
        self._valued = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rsplit(":", 1)[-1]
        if name == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif name == "c":
            self._cell(attributes)
        elif name == "v":
            self._inside, self._valued = "v", self._type == "str"
        elif name == "f":
            self._inside, self._formula = "f", []

    def _cell(self, attributes: dict[str, str]) -> None:
        if "r" in attributes:
            match = _REFERENCE.fullmatch(attributes["r"].upper())
            if match is None:
                raise _damaged("een cel heeft een onmogelijke plaats")
            self._column, self._row = column_number(match[1]), int(match[2])
        else:
            self._column += 1
        self.facts.rows = max(self.facts.rows, self._row)
        self.facts.columns = max(self.facts.columns, self._column)
        self._type = attributes.get("t", "")
        self._value, self._formula, self._valued = [], None, False

    def text(self, text: str) -> None:
        if self._inside == "v":
            self._value.append(text)
        elif self._inside == "f" and self._formula is not None:
            self._formula.append(text)

    def end(self, tag: str) -> None:
        name = tag.rsplit(":", 1)[-1]
        if name in ("v", "f"):
            self._inside = ""
        elif name == "c":
            place = (self._row, self._column)
            if self._type == "e":
                self.facts.errors[place] = "".join(self._value) or "#N/A"
            elif self._formula is not None and not self._value and not self._valued:
                self.facts.formulas[place] = "=" + "".join(self._formula)


class _OdsReader:
    """One pass over the content of an ODS: per sheet the last filled cell, formulas without a value, hidden rows."""

    def __init__(self) -> None:
        self.sheets: dict[str, SheetFacts] = {}
        self._facts = SheetFacts()
        self._row = self._column = self._height = 0
        self._hidden = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rsplit(":", 1)[-1]
        own = {key.rsplit(":", 1)[-1]: value for key, value in attributes.items()}
        if name == "table":
            self._facts = self.sheets.setdefault(own.get("name", ""), SheetFacts())
            self._row = self._column = self._height = 0
        elif name == "table-row":
            self._row, self._column = self._row + self._height, 0
            self._height = _repeat(own.get("number-rows-repeated"))
            self._hidden = own.get("visibility", "visible") != "visible"
        elif name in ("table-cell", "covered-table-cell"):
            self._column += _repeat(own.get("number-columns-repeated"))
            # A cell without a type is empty, however often it is repeated to the edge of the sheet.
            if "value-type" in own or "formula" in own:
                self._filled(own)

    def _filled(self, own: dict[str, str]) -> None:
        facts, row = self._facts, self._row + 1
        facts.rows = max(facts.rows, self._row + self._height)
        facts.columns = max(facts.columns, self._column)
        if "formula" in own and "value-type" not in own:
            facts.formulas[row, self._column] = "=" + own["formula"].removeprefix("of:").removeprefix("=")
        if self._hidden and row not in facts.hidden[-1:]:
            facts.hidden.append(row)
        if _repeat(own.get("number-rows-spanned")) > 1:
            facts.merged.append((row, self._column))

    def text(self, text: str) -> None:
        """Text decides nothing here."""

    def end(self, tag: str) -> None:
        """Nor does the end of an element."""


def _repeat(text: str | None) -> int:
    if text is None:
        return 1
    if not text.isdecimal() or len(text) > 8:
        raise _damaged("een rij of cel wordt een onmogelijk aantal keer herhaald")
    return int(text)
