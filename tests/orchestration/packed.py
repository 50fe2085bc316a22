"""Everything that stands in a file, also where a grep would not find it.

Belongs here: opening what is packed. Not here: what must not stand there.
"""

import io
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pikepdf


def unpacked(path: Path) -> Iterator[tuple[str, bytes]]:
    """(where, bytes) of the file as it is and of each thing in it: entries of a zip, streams of a PDF, the rows of a
    Parquet file, the compressed values of an SQLite database.
    """
    content = path.read_bytes()
    yield from _within(path.name, content)
    if content.startswith(b"PAR1"):
        yield f"{path.name} rijen", _rows(path)
    elif content.startswith(b"SQLite format 3"):
        yield from _values(path)


def _within(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, content
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.namelist():
                yield from _within(f"{name} {entry}", archive.read(entry))
    elif content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            streams = [item.read_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        for number, stream in enumerate(streams):
            yield from _within(f"{name} stroom {number}", stream)


def _rows(path: Path) -> bytes:
    with duckdb.connect() as con:
        rows = con.execute(f"select columns(*)::varchar from read_parquet('{path}')").fetchall()
    return "\n".join(";".join(value or "" for value in row) for row in rows).encode()


def _values(path: Path) -> Iterator[tuple[str, bytes]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
        for (table,) in base.execute("select name from sqlite_master where type = 'table'").fetchall():
            for row in base.execute(f'select * from "{table}"'):
                for value in row:
                    if isinstance(value, bytes) and value[:1] == b"\x78":
                        yield f"{path.name} {table}", zlib.decompress(value)
