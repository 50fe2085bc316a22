"""The first look at a delivered file: its bytes, before anything is read into a table.

Belongs here: hash, size, disguises (HTML, PDF, zip), encoding, line ends. Not here: delimiters and heads (headers.py),
cells (csvlines.py).

Nothing is guessed beyond three encodings: a byte order mark decides, else UTF-8 when every byte fits, else cp1252
(Windows). A file that mixes the last two is refused: read as either one, half of its names would be wrong without a
word.
"""

import errno
import hashlib
import re
import stat
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.core.intake.contracts import Contract
from pipeline.core.intake.findings import Bevinding, Ernst

_LINE_END = re.compile("\r\n|\n|\r")
_LINE_END_BYTES = re.compile(b"\r\n|\n|\r")
_NUL_SHARE = 0.1
_LONGEST_LINE = 32_000_000
"""Bytes. No row of an extract comes near; a file with a longer line is no table and never stands in memory."""

_CHUNK = 1 << 22
"""Not more than the longest line: of the lines that lie within one piece none is then too long."""

_START = 512

_AGAIN = "Open het in een spreadsheet en bewaar het als csv, of vraag de leverancier om het csv-bestand."
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "een pdf"),
    (b"PK\x03\x04", "een zip of een spreadsheet (xlsx, ods)"),
    (b"\xd0\xcf\x11\xe0", "een oud Excel-bestand (xls) of een versleutelde spreadsheet"),
    (b"\x1f\x8b", "een gzip-bestand"),
    (b"PAR1", "een Parquet-bestand"),
)
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|head|body|table|\?xml|!--)", re.IGNORECASE)
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_UTF32_MARKS = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")


@dataclass(frozen=True)
class Document:
    """A delivered file as text. `lines` are the physical lines without their ends; line n is `lines[n - 1]`.

    `name` is the path inside the delivery with forward slashes, `sha256` and `size` are of the delivered bytes.
    """

    name: str
    sha256: str
    size: int
    encoding: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Preflight:
    """The outcome: the document, or None with findings that say why not. A document can come with remarks."""

    document: Document | None
    findings: tuple[Bevinding, ...]
    sha256: str | None = None
    size: int = 0


class _Refused(Exception):
    """Why a file is not read; turned into a finding at the door of this module."""

    def __init__(self, reason: str, remedy: str, kind: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.remedy, self.kind, self.line = reason, remedy, kind, line


def preflight(path: Path, name: str, contract: Contract) -> Preflight:
    """Look at the bytes of `path`, called `name` in messages. Never raises on what a delivery can contain."""
    try:
        data = _read(path, contract)
    except _Refused as refusal:
        return Preflight(None, (_finding(name, refusal),))
    sha256 = hashlib.sha256(data).hexdigest()
    known = Preflight(None, (), sha256, len(data))
    try:
        _refuse_disguise(data)
        encoding, text = _decode(data)
        _refuse_nul(text, encoding)
        if not text.strip():
            raise _Refused(
                "het bestand bevat geen tekst.", "Vraag de leverancier om een gevuld bestand.", "leeg bestand"
            )
    except _Refused as refusal:
        return replace(known, findings=(_finding(name, refusal),))
    return replace(
        known,
        document=Document(name, sha256, len(data), encoding, physical_lines(text)),
        findings=encoding_remarks(name, encoding),
    )


@dataclass(frozen=True)
class Bytes:
    """The bytes of a file that is not text; `data` is None where they cannot be read, and the findings say why."""

    data: bytes | None
    findings: tuple[Bevinding, ...]
    sha256: str | None = None
    size: int = 0


def preflight_bytes(path: Path, name: str, contract: Contract) -> Bytes:
    """The bytes of a file with their hash. Never raises on what a delivery can contain."""
    try:
        data = _read(path, contract)
    except _Refused as refusal:
        return Bytes(None, (_finding(name, refusal),))
    return Bytes(data, (), hashlib.sha256(data).hexdigest(), len(data))


def physical_lines(text: str) -> tuple[str, ...]:
    """The lines of `text` by CRLF, LF or CR alone (mixed too). An end after the last line starts no new one."""
    lines = _LINE_END.split(text)
    return tuple(lines[:-1] if lines and not lines[-1] else lines)


def why_unreadable(error: OSError) -> str:
    """The system's reason in Dutch."""
    known = {
        errno.ENOENT: "het bestaat niet",
        errno.EACCES: "u hebt er geen recht op",
        errno.EIO: "de schijf geeft een fout",
    }
    return known.get(error.errno or 0, f"fout {error.errno} van het systeem")


def _read(path: Path, contract: Contract) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            what = "een map" if stat.S_ISDIR(status.st_mode) else "een bijzonder bestand van het systeem"
            raise _Refused(f"dit is {what}, geen bestand.", "Zet het csv-bestand zelf op deze plaats.", "geen bestand")
        size = status.st_size
        if size > contract.max_bytes:
            raise _Refused(
                f"het bestand is {size} bytes groot; verwacht ten hoogste {contract.max_bytes} bytes.",
                "Controleer of dit het juiste bestand is.",
                "te groot bestand",
            )
        if size > _LONGEST_LINE:
            _refuse_long_line(path)
        data = path.read_bytes()
    except OSError as error:
        reason = f"het bestand kan niet worden gelezen: {why_unreadable(error)}."
        raise _Refused(reason, "Controleer of het er staat en of u het mag lezen.", "onleesbaar bestand") from error
    if not data:
        raise _Refused("het bestand is leeg (0 bytes).", "Vraag de leverancier om een gevuld bestand.", "leeg bestand")
    return data


def _refuse_long_line(path: Path) -> None:
    """Refuse a file with a line that is too long to be a row, read piece by piece; a disguise is said as such."""
    ends = since_end = 0
    last = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if not last:
                _refuse_disguise(chunk)
            feed, back = chunk.find(b"\n"), chunk.find(b"\r")
            first = min((place for place in (feed, back) if place >= 0), default=len(chunk))
            if since_end + first > _LONGEST_LINE:
                most = f"{_LONGEST_LINE // 1_000_000} MB"
                raise _Refused(
                    f"deze regel is langer dan {most}, dus dit is geen tabel met een rij per regel.",
                    "Controleer of dit het juiste bestand is.",
                    "te lange regel",
                    ends + 1,
                )
            rest = len(chunk) - max(chunk.rfind(b"\n"), chunk.rfind(b"\r")) - 1
            since_end = rest if first < len(chunk) else since_end + rest
            split_pair = last == b"\r" and chunk.startswith(b"\n")
            ends += chunk.count(b"\n") + chunk.count(b"\r") - chunk.count(b"\r\n") - split_pair
            last = chunk[-1:]


def _refuse_disguise(data: bytes) -> None:
    start = data.removeprefix(_UTF8_MARK)[:_START]
    for signature, what in _SIGNATURES:
        if start.startswith(signature):
            raise _Refused(f"dit is {what}, geen csv.", _AGAIN, "geen csv")
    if _MARKUP.match(start.replace(b"\0", b"").lstrip(b"".join(_UTF16_MARKS))):
        raise _Refused("dit is een webpagina (html of xml), geen csv.", _AGAIN, "geen csv")


def _decode(data: bytes) -> tuple[str, str]:
    if data.startswith(_UTF32_MARKS):
        raise _Refused("het bestand staat in UTF-32.", "Bewaar het als csv in UTF-8.", "codering")
    if data.startswith(_UTF8_MARK):
        return "UTF-8 met BOM", _strict(data.removeprefix(_UTF8_MARK), "utf-8", "UTF-8")
    for mark, codec in _UTF16_MARKS.items():
        if data.startswith(mark):
            return "UTF-16", _strict(data.removeprefix(mark), codec, "UTF-16")
    try:
        return "UTF-8", data.decode("utf-8")
    except UnicodeDecodeError:
        _refuse_mixture(data)
        return "cp1252", _strict(data, "cp1252", "cp1252 (Windows)")


def _strict(data: bytes, codec: str, label: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        # Counted in the part that did decode: in UTF-16 a byte is not yet a sign.
        line = len(_LINE_END.split(data[: error.start].decode(codec, errors="ignore")))
        raise _Refused(
            f"hier staan tekens die geen {label} zijn.", "Bewaar het bestand als csv in UTF-8.", "codering", line
        ) from error


def _refuse_mixture(data: bytes) -> None:
    """Refuse a file in which one line is UTF-8 and another is not."""
    utf8 = windows = 0
    for number, line in enumerate(_LINE_END_BYTES.split(data), start=1):
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
            utf8 = utf8 or number
        except UnicodeDecodeError:
            windows = windows or number
    if utf8 and windows:
        reason = f"het bestand mengt twee coderingen: regel {utf8} is UTF-8 en regel {windows} niet."
        raise _Refused(reason, "Bewaar het hele bestand als csv in UTF-8.", "codering", windows)


def _refuse_nul(text: str, encoding: str) -> None:
    """Refuse a file that is full of NUL signs; a single one is the fault of its line (csvlines.py)."""
    if text.count("\0") > _NUL_SHARE * len(text):
        hint = " Het lijkt UTF-16 zonder BOM." if encoding in ("UTF-8", "cp1252") else ""
        raise _Refused(f"het bestand staat vol NUL-tekens.{hint}", "Bewaar het als csv in UTF-8.", "codering")


def encoding_remarks(name: str, encoding: str) -> tuple[Bevinding, ...]:
    """What must be said of how a file was read."""
    if encoding.startswith("UTF-8"):
        return ()
    remark = f"het bestand is gelezen als {encoding}."
    return (Bevinding(name, remark, "", Ernst.OPMERKING, "codering"),)


def _finding(name: str, refusal: _Refused) -> Bevinding:
    return Bevinding(
        bestand=name,
        regel=refusal.line,
        reden=refusal.reason,
        herstel=refusal.remedy,
        ernst=Ernst.BLOKKADE,
        controle=refusal.kind,
    )
