"""Person-level files at rest: encrypted by DuckDB itself when there is a storage key, plain without.

Belongs here: which files are encrypted, reading and writing them, and what their content is. Not here: the key
(storage_key.py), replacing it (rotation.py), the files of an edition (frozen.py, editions.py).

Three kinds: databases (`attach` with a key), Parquet with an encrypted footer, and for all else (DuckDB has no
encrypted CSV) an encrypted Parquet with the bytes of the file, under its own name and `.versleuteld`. Encrypting twice
gives other bytes, so a manifest holds size and hash of what is inside: of a table the plain Parquet that DuckDB writes
of its rows, of all else the bytes. An edition therefore has the same manifest with and without a key.

DuckDB's own crypto only reads; writing takes that of the httpfs extension, from a pinned wheel, loaded by path with
DuckDB's signature check. Nothing is downloaded.
"""

# Names are fixed; values are parameters or literals().
# ruff: noqa: S608

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from pipeline.core.intake.sqltext import file_literal, literal
from pipeline.core.sealed import spill_encrypted
from pipeline.core.storage_key import KEY_VARIABLE, OpslagFout, Opslagsleutel, storage_key

if TYPE_CHECKING:
    import duckdb

WRAPPED = ".versleuteld"
"""How the name ends of an encrypted file that is no table."""
FOOTER = "opslag"
"""Under which name a connection knows the key of Parquet files."""
PARQUET = "format parquet, compression zstd"
"""How every frozen table is written."""
_ADDRESSES = "HTTPFileSystem,S3FileSystem,HuggingFaceFileSystem"
_MAGIC = b"PARE"
_PIECE = 1 << 24
_CHUNK = 1 << 20
_NO_KEY = ("is encrypted, but", "without a key", "No key with name")
_WRONG_KEY = ("AES tag", "Wrong encryption key", "using the right key")
_PLAIN = "is not encrypted"


def load_crypto(con: "duckdb.DuckDBPyConnection") -> bool:
    """Load DuckDB's own extension for encryption, without what it has for addresses; False when there is none for this
    DuckDB.
    """
    import duckdb

    spec = find_spec("duckdb_extension_httpfs")
    if spec is None or spec.origin is None:
        return False
    file = Path(spec.origin).parent / "extensions" / f"v{duckdb.__version__}" / "httpfs.duckdb_extension"
    if not file.is_file():
        return False
    con.execute(f"load {literal(str(file))}")
    # It also reads addresses; only its crypto is wanted. What is disabled cannot be enabled again.
    con.execute(f"set disabled_filesystems = {literal(_ADDRESSES)}")
    return True


def unlock(con: "duckdb.DuckDBPyConnection") -> Opslagsleutel | None:
    """Load the crypto, have what does not fit in memory written encrypted or not at all, and make the storage key known
    to the connection where there is one; the key.

    OpslagFout when there is a key and nothing to encrypt with.
    """
    key = storage_key()
    spill_encrypted(con)
    if key is None:
        load_crypto(con)
    else:
        _unlock_with(con, key)
    return key


def _unlock_with(con: "duckdb.DuckDBPyConnection", key: Opslagsleutel) -> None:
    if not load_crypto(con):
        raise OpslagFout(
            "er is een opslagsleutel, maar voor deze DuckDB is er geen uitbreiding om te versleutelen; installeer "
            "duckdb en duckdb-extension-httpfs in de versies van requirements.lock"
        )
    register(con, key)


def register(con: "duckdb.DuckDBPyConnection", key: Opslagsleutel, name: str = FOOTER) -> None:
    """Make `key` known to the connection for Parquet, under `name`; it is in no text of SQL and no variable after."""
    con.execute("set variable opslag_sleutel = ?", [key.parquet])
    try:
        con.execute(f"pragma add_parquet_key({literal(name)}, getvariable('opslag_sleutel'))")
    finally:
        con.execute("reset variable opslag_sleutel")


def attach(
    con: "duckdb.DuckDBPyConnection", path: Path, name: str, key: Opslagsleutel | None, *, read_only: bool = False
) -> None:
    """Attach a database, encrypted with `key` or plain without one; made when it is not there, unless `read_only`.
    Errors are DuckDB's own.
    """
    options = ["read_only"] * read_only + ["encryption_key ?"] * (key is not None)
    asked = f" ({', '.join(options)})" if options else ""
    con.execute(f"attach {literal(str(path))} as {name}{asked}", [] if key is None else [key.database])


def parquet_options(*, encrypted: bool | None = None, name: str = FOOTER) -> str:
    """The options of a `copy ... to` that writes a frozen table: encrypted when there is a storage key."""
    encrypted = storage_key() is not None if encrypted is None else encrypted
    return f"{PARQUET}, encryption_config {{footer_key: {literal(name)}}}" if encrypted else PARQUET


def plain_warning(con: "duckdb.DuckDBPyConnection") -> tuple[str, ...]:
    """One sentence when the persons of the delivery in this warehouse are real and stored in plain text; none for
    generated ones.
    """
    (generated,) = con.execute("select voorbeeld from invoer.levering").fetchall()[0]
    if generated or storage_key() is not None:
        return ()
    return (
        "persoonsgegevens zijn onversleuteld opgeslagen, want er is geen opslagsleutel; zet "
        f"{KEY_VARIABLE} (openssl rand -hex 32) en versleutel wat er al ligt met `voortgang sleutel vernieuwen`",
    )


def is_encrypted(path: Path) -> bool:
    """Whether the file is a Parquet with an encrypted footer."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def rows_of(path: Path, name: str = FOOTER) -> str:
    """The table in a Parquet file, as it stands after `from`."""
    config = f", encryption_config = {{footer_key: {literal(name)}}}" if path.is_file() and is_encrypted(path) else ""
    return f"read_parquet({file_literal(path)}{config})"


def said_of(path: Path, error: "duckdb.Error") -> OpslagFout | None:
    """What to say of a file or database that could not be read for its key; None when it is something else."""
    text = str(error)
    if any(sign in text for sign in _NO_KEY):
        return OpslagFout(
            f"{path} is versleuteld en er is geen opslagsleutel; zet {KEY_VARIABLE}, of noem het sleutelbestand in de "
            "configuratie onder [opslag]"
        )
    if any(sign in text for sign in _WRONG_KEY):
        return OpslagFout(
            f"{path} is met een andere opslagsleutel versleuteld, of beschadigd; geef de sleutel van toen, of maak een "
            "begonnen vernieuwing af met `voortgang sleutel vernieuwen`"
        )
    if _PLAIN in text:
        return OpslagFout(
            f"{path} is niet versleuteld, maar er is wel een opslagsleutel; versleutel wat er al staat met `voortgang "
            "sleutel vernieuwen`"
        )
    return None


class Kluis:
    """Reads and writes encrypted files with a connection of its own, opened when the first one comes."""

    def __init__(self, key: Opslagsleutel | None) -> None:
        self.key = key
        self._con: duckdb.DuckDBPyConnection | None = None

    @property
    def con(self) -> "duckdb.DuckDBPyConnection":
        """The connection, with the key under FOOTER."""
        import duckdb

        if self._con is None:
            self._con = duckdb.connect()
            if self.key is None:
                load_crypto(self._con)
            else:
                _unlock_with(self._con, self.key)
        return self._con

    def close(self) -> None:
        """Close the connection."""
        if self._con is not None:
            self._con.close()

    def facts(self, path: Path) -> dict[str, Any]:
        """Size and SHA-256 of the content of a file, decrypted where it is encrypted; OpslagFout when it cannot be."""
        digest, size = hashlib.sha256(), 0

        def take(piece: bytes) -> None:
            nonlocal size
            digest.update(piece)
            size += len(piece)

        self.content(path, take)
        return {"bytes": size, "sha256": digest.hexdigest()}

    def content(self, path: Path, take: Callable[[bytes], object]) -> None:
        """Hand the content of a file over in pieces; OpslagFout when it cannot be decrypted."""
        import duckdb

        if not is_encrypted(path):
            with path.open("rb") as file:
                while piece := file.read(_CHUNK):
                    take(piece)
            return
        try:
            if path.suffix == WRAPPED:
                cursor = self.con.execute(f"select inhoud from {rows_of(path)} order by deel")
                while row := cursor.fetchmany(1):
                    take(row[0][0])
            else:
                piped(self.con, f"select * from {rows_of(path)}", PARQUET, take)
        except duckdb.Error as error:
            raise said_of(path, error) or OpslagFout(f"{path} is niet te ontsleutelen: {error}") from error

    def wrap(self, path: Path, content: bytes) -> Path:
        """Write the bytes of a file encrypted; where it stands."""
        target = path.with_name(path.name + WRAPPED)
        pieces = [content[start : start + _PIECE] for start in range(0, len(content), _PIECE)]
        self.con.execute("create or replace temp table stuk (deel integer, inhoud blob)")
        for number, piece in enumerate(pieces):
            self.con.execute("insert into stuk values (?, ?)", [number, piece])
        self.con.execute(
            f"copy (select * from stuk order by deel) to {literal(str(target))} ({parquet_options(encrypted=True)})"
        )
        self.con.execute("drop table stuk")
        return target


@contextmanager
def opened(key: Opslagsleutel | None = None) -> Iterator[Kluis]:
    """A Kluis with `key`, else with the storage key of this installation where there is one."""
    kluis = Kluis(key or storage_key())
    try:
        yield kluis
    finally:
        kluis.close()


def content_hashes(files: Mapping[str, Path]) -> dict[str, str]:
    """SHA-256 of the content of files, decrypted where they are encrypted, by the same names."""
    with opened() as kluis:
        return {name: str(kluis.facts(path)["sha256"]) for name, path in files.items()}


def place_file(path: Path, content: bytes, kluis: Kluis) -> None:
    """Write a person-level file that is no table: wrapped when there is a key, as it is without."""
    if kluis.key is None:
        path.write_bytes(content)
    else:
        kluis.wrap(path, content)


def logical_name(path: Path, folder: Path) -> str:
    """The name of a file within `folder`, the same whether it is encrypted or not."""
    return path.relative_to(folder).as_posix().removesuffix(WRAPPED)


def place_of(folder: Path, name: str) -> Path:
    """Where the file with this logical name stands in `folder`, encrypted or not."""
    wrapped = folder / (name + WRAPPED)
    return wrapped if wrapped.is_file() else folder / name


def piped(con: "duckdb.DuckDBPyConnection", query: str, options: str, take: Callable[[bytes], object]) -> None:
    """Hand over in pieces what `copy (query) to` would write; nothing comes on a disk, and little in memory."""
    reader, writer = os.pipe()
    thread = Thread(target=_drain, args=(reader, take))
    thread.start()
    try:
        con.execute(f"copy ({query}) to '/dev/fd/{writer}' ({options})")
    finally:
        os.close(writer)
        thread.join()


def _drain(reader: int, take: Callable[[bytes], object]) -> None:
    with open(reader, "rb", buffering=0) as pipe:
        while piece := pipe.read(_CHUNK):
            take(piece)
