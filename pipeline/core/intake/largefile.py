"""The first look at a large CSV file, in pieces: the whole never stands in memory.

Belongs here: hash, encoding, line ends and length of lines of a large file, and reading it as lines in SQL. Not here:
small files and every file with something odd about it (preflight.py, which explains what is wrong), cells (sieve.py).
"""

# Paths and numbers are literals(); nothing delivered becomes SQL.
# ruff: noqa: S608

import codecs
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pipeline.core.intake.preflight import Document, physical_lines
from pipeline.core.intake.sqltext import literal

LARGE_BYTES = 2_000_000
"""From this size on the fast way is tried; below it the exact way takes less than a second."""

LONGEST_LINE = 1_000_000
_CHUNK = 1 << 22
_HEAD_LINES = 200
_HEAD_BYTES = 1 << 20
_MARK = b"\xef\xbb\xbf"
# A sign that no text holds, so that a line is one cell to the reader; a file that has it goes the exact way.
_NO_DELIMITER = "\x1f"


@dataclass(frozen=True)
class LargeFile:
    """A large file of clean UTF-8 with one kind of line end. `head` are its first lines, for the column heads."""

    path: Path
    name: str
    sha256: str
    size: int
    line_count: int
    line_end: str
    head: Document

    def texts(self, numbers: Iterable[int]) -> Iterator[str]:
        """The texts of the lines with these numbers (from 1, ascending), read from the bytes themselves; a join on line
        numbers in SQL would hold the whole file in memory.
        """
        with self.path.open("rb") as file:
            read = 0
            for number in numbers:
                # Without a loop over the lines between: ten million pass in two seconds.
                yield next(islice(file, number - read - 1, None), b"").rstrip(b"\r\n").decode("utf-8")
                read = number

    def lines(self, skip: int) -> str:
        """SQL of the lines below the first `skip`, in their order: (tekst varchar); a blank line is NULL."""
        return f"""(
            select tekst
            from read_csv(
                {literal(str(self.path))}, columns = {{'tekst': 'VARCHAR'}}, auto_detect = false, header = false,
                delim = {literal(_NO_DELIMITER)}, quote = '', escape = '', comment = '', strict_mode = false,
                new_line = {literal(self.line_end)}, skip = {skip}, max_line_size = {2 * LONGEST_LINE},
                encoding = 'utf-8'
            )
        )"""


def look(path: Path, name: str) -> LargeFile | None:
    """The large file, or None when it is not large, or not so plain that the fast way is sure."""
    try:
        if not path.is_file() or path.stat().st_size < LARGE_BYTES:
            return None
        return _scan(path, name)
    # What is wrong with the file, the exact way says.
    except (OSError, UnicodeDecodeError):
        return None


def _scan(path: Path, name: str) -> LargeFile | None:
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    size = feeds = returns = pairs = since_end = 0
    last, head = b"", b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            decoder.decode(chunk)
            if b"\0" in chunk or _NO_DELIMITER.encode() in chunk or _long_line(chunk, since_end):
                return None
            head = head or chunk[:_HEAD_BYTES]
            size += len(chunk)
            feeds += chunk.count(b"\n")
            returns += chunk.count(b"\r")
            pairs += chunk.count(b"\r\n") + (last == b"\r" and chunk.startswith(b"\n"))
            end = chunk.rfind(b"\n")
            since_end = len(chunk) - end - 1 if end >= 0 else since_end + len(chunk)
            last = chunk[-1:]
    decoder.decode(b"", final=True)
    # A carriage return that ends no line, or two kinds of ends: the exact way counts those right.
    if not feeds or returns != pairs or pairs not in (0, feeds):
        return None
    lines = feeds + (last != b"\n")
    return LargeFile(path, name, digest.hexdigest(), size, lines, "\\r\\n" if pairs else "\\n", _head(head, name))


def _head(data: bytes, name: str) -> Document:
    lines = physical_lines(data.removeprefix(_MARK).decode("utf-8", errors="ignore"))
    return Document(name, "", 0, "UTF-8", lines[:_HEAD_LINES])


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
