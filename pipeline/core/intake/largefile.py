"""The first look at a large CSV file, in pieces: the whole never stands in memory.

Belongs here: hash, encoding, line ends and length of lines of a large file, and reading it as lines in SQL. Not here:
small files and what is wrong with a file that cannot be read (preflight.py), encodings (transcoding.py), cells
(sieve.py).
"""

# Paths and numbers are literals(); nothing delivered becomes SQL.
# ruff: noqa: S608

import codecs
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pipeline.core.intake import transcoding
from pipeline.core.intake.findings import Bevinding
from pipeline.core.intake.preflight import Document, encoding_remarks, physical_lines
from pipeline.core.intake.sqltext import literal
from pipeline.core.intake.transcoding import LABELS, codecs_of, lines, pieces, piped

LARGE_BYTES = 2_000_000
"""From this size on the fast way is tried; below it the exact way takes less than a second."""

LONGEST_LINE = 1_000_000
_HEAD_LINES = 200
_HEAD_BYTES = 1 << 20
_MARK = b"\xef\xbb\xbf"
_FREE = "\x1f\x1e\x1d\x1c"
# Of so many signs one may be NUL; beyond a tenth the exact way refuses the file.
_NUL_SHARE = 100

_Line = TypeVar("_Line", str, bytes)


@dataclass(frozen=True)
class LargeFile:
    """A large file of which every line can be told. `head` are its first lines, for the column heads; `delimiter` is a
    sign that its text does not hold, so that a line is one cell to the reader. `plain`: clean UTF-8 with one kind of
    line end, which DuckDB reads by itself.
    """

    path: Path
    name: str
    sha256: str
    size: int
    line_count: int
    line_end: str
    head: Document
    codec: str = "utf-8"
    delimiter: str = _FREE[0]
    plain: bool = True

    @property
    def findings(self) -> tuple[Bevinding, ...]:
        """What must be said of its encoding."""
        return encoding_remarks(self.name, LABELS[self.codec])

    def texts(self, numbers: Iterable[int]) -> Iterator[str]:
        """The texts of the lines with these numbers (from 1, ascending), read from the bytes themselves; a join on line
        numbers in SQL would hold the whole file in memory.
        """
        # Without a loop over the lines between: ten million pass in two seconds.
        if self.plain:
            with self.path.open("rb") as file:
                for line in _chosen(file, numbers, b""):
                    yield line.rstrip(b"\r\n").decode("utf-8")
        else:
            yield from _chosen(lines(self.path, self.codec), numbers, "")

    @contextmanager
    def lines(self, skip: int) -> Iterator[str]:
        """SQL of the lines below the first `skip`, in their order: (tekst varchar); a blank line is NULL. To be read
        once.
        """
        if self.plain:
            yield self._read(str(self.path), skip)
        else:
            with piped(self.path, self.codec) as place:
                yield self._read(place, skip)

    def _read(self, place: str, skip: int) -> str:
        return f"""(
            select tekst
            from read_csv(
                {literal(place)}, columns = {{'tekst': 'VARCHAR'}}, auto_detect = false, header = false,
                delim = {literal(self.delimiter)}, quote = '', escape = '', comment = '', strict_mode = false,
                new_line = {literal(self.line_end)}, skip = {skip}, max_line_size = {2 * LONGEST_LINE},
                encoding = 'utf-8'
            )
        )"""


def _chosen(found: Iterable[_Line], numbers: Iterable[int], absent: _Line) -> Iterator[_Line]:
    every, read = iter(found), 0
    for number in numbers:
        yield next(islice(every, number - read - 1, None), absent)
        read = number


def look(path: Path, name: str) -> LargeFile | None:
    """The large file, or None when it is not large, or has lines or signs of which the fast way is not sure."""
    # What is wrong with the file, the exact way says.
    try:
        if not path.is_file() or path.stat().st_size < LARGE_BYTES:
            return None
        with path.open("rb") as file:
            start = file.read(len(_MARK) + 1)
        return _plain(path, name) or next(filter(None, (_other(path, name, codec) for codec in codecs_of(start))), None)
    except OSError:
        return None


def _plain(path: Path, name: str) -> LargeFile | None:
    """The file when DuckDB can read it by itself."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    seen = _Look()
    returns = pairs = size = 0
    last = b""
    with path.open("rb") as file:
        while chunk := file.read(transcoding.CHUNK):
            digest.update(chunk)
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                return None
            if b"\0" in chunk or _FREE[0].encode() in chunk or not seen.add(chunk):
                return None
            size += len(chunk)
            returns += chunk.count(b"\r")
            pairs += chunk.count(b"\r\n") + (last == b"\r" and chunk.startswith(b"\n"))
            last = chunk[-1:]
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    # A carriage return that ends no line, or two kinds of ends.
    if not seen.feeds or returns != pairs or pairs not in (0, seen.feeds):
        return None
    head = seen.document(name)
    return LargeFile(path, name, digest.hexdigest(), size, seen.lines, "\\r\\n" if pairs else "\\n", head)


def _other(path: Path, name: str, codec: str) -> LargeFile | None:
    """The file when it is in `codec` as a whole, whatever its line ends."""
    digest = hashlib.sha256()
    seen, windows = _Look(), _Windows()
    free = set(_FREE)
    size = signs = nuls = 0
    try:
        for chunk, text in pieces(path, codec):
            digest.update(chunk)
            size += len(chunk)
            signs += len(text)
            nuls += text.count("\0")
            free -= {sign for sign in free if sign in text}
            if not free or not seen.add(text.encode("utf-8")) or (codec == "cp1252" and not windows.add(chunk)):
                return None
    except UnicodeDecodeError:
        return None
    if not seen.feeds or nuls * _NUL_SHARE > signs or not windows.end():
        return None
    head = seen.document(name)
    delimiter = max(free)
    return LargeFile(path, name, digest.hexdigest(), size, seen.lines, "\\n", head, codec, delimiter, plain=False)


@dataclass
class _Look:
    """What is counted of the text of a file, piece by piece, as UTF-8."""

    feeds: int = 0
    since_end: int = 0
    head: bytes = b""
    last: bytes = b""

    def add(self, chunk: bytes) -> bool:
        """Whether no line is too long."""
        if not chunk:
            return True
        if _long_line(chunk, self.since_end):
            return False
        self.head += chunk[: _HEAD_BYTES - len(self.head)]
        self.feeds += chunk.count(b"\n")
        end = chunk.rfind(b"\n")
        self.since_end = len(chunk) - end - 1 if end >= 0 else self.since_end + len(chunk)
        self.last = chunk[-1:]
        return True

    @property
    def lines(self) -> int:
        return self.feeds + (self.last != b"\n")

    def document(self, name: str) -> Document:
        found = physical_lines(self.head.removeprefix(_MARK).decode("utf-8", errors="ignore"))
        return Document(name, "", 0, "UTF-8", found[:_HEAD_LINES])


@dataclass
class _Windows:
    """Whether a file that is no UTF-8 has no line that is: such a mixture the exact way refuses."""

    parts: list[bytes] = field(default_factory=list)

    def add(self, chunk: bytes) -> bool:
        """Whether the lines so far are no mixture."""
        whole, end, rest = chunk.rpartition(b"\n")
        if not end:
            self.parts.append(chunk)
            return True
        found = b"".join((*self.parts, whole))
        self.parts = [rest]
        return found.isascii() or not any(_is_utf8(line) for line in found.splitlines())

    def end(self) -> bool:
        """The same for what stands after the last line end."""
        return not any(_is_utf8(line) for line in b"".join(self.parts).splitlines())


def _is_utf8(line: bytes) -> bool:
    """Whether the line has signs beyond ASCII that are UTF-8."""
    if line.isascii():
        return False
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _long_line(chunk: bytes, carried: int) -> bool:
    """Whether a line may be too long; `carried` bytes of the first stood in earlier chunks."""
    place = chunk.find(b"\n")
    if carried + (len(chunk) if place < 0 else place) > LONGEST_LINE:
        return True
    start = 0
    while start + LONGEST_LINE < len(chunk):
        end = chunk.rfind(b"\n", start, start + LONGEST_LINE)
        if end < start:
            return True
        start = end + 1
    return False
