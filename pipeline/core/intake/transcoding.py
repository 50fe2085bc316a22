r"""A large file that is no plain UTF-8 with one kind of line end, as the plain text that DuckDB can read.

Belongs here: which encoding a file has, its text in pieces with `\n` for every line end, and handing that text to
DuckDB through a pipe. Not here: small files (preflight.py), whether a file is fit for the fast way (largefile.py).

A pipe, for the text holds V-numbers: it exists in memory only, a few pieces at a time, and never on a disk.
"""

import codecs
import io
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHUNK = 1 << 22
_UTF16_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_UTF32_MARKS = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_UTF8_MARK = b"\xef\xbb\xbf"
LABELS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8 met BOM", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
LABELS |= {"cp1252": "cp1252"}
"""Per codec what messages call it, as preflight.py does."""


def codecs_of(start: bytes) -> tuple[str, ...]:
    """The codecs that a file with these first bytes can have, in the order of preflight.py; the first that reads it
    all is its own.
    """
    if start.startswith(_UTF32_MARKS):
        return ()
    if start.startswith(_UTF8_MARK):
        return ("utf-8-sig",)
    for mark, codec in _UTF16_MARKS.items():
        if start.startswith(mark):
            return (codec,)
    return ("utf-8", "cp1252")


def pieces(path: Path, codec: str) -> Iterator[tuple[bytes, str]]:
    r"""The bytes of the file and their text, in pieces, each line end as one `\n`. Raises UnicodeDecodeError where a
    byte does not fit.
    """
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(codec)(), translate=True)
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk, decoder.decode(chunk)
        yield b"", decoder.decode(b"", final=True)


def lines(path: Path, codec: str) -> Iterator[str]:
    """The lines of the file without their ends."""
    with path.open(encoding=codec, newline=None) as file:
        for line in file:
            yield line.removesuffix("\n")


@contextmanager
def piped(path: Path, codec: str) -> Iterator[str]:
    """A name under which the text can be read once, as UTF-8. A reader that stops early stops the writing too."""
    reading, writing = os.pipe()
    feeder = threading.Thread(target=_feed, args=(path, codec, writing), name=f"omzetten {path.name}", daemon=True)
    feeder.start()
    try:
        yield f"/dev/fd/{reading}"
    finally:
        os.close(reading)
        feeder.join()


def _feed(path: Path, codec: str, writing: int) -> None:
    try:
        with os.fdopen(writing, "wb", buffering=0) as target:
            for _, text in pieces(path, codec):
                left = memoryview(text.encode("utf-8"))
                while left:
                    left = left[target.write(left) :]
    except (OSError, UnicodeDecodeError):
        # The reader then finds fewer lines than the first look did, and says so.
        return
