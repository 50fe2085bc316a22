"""A copy of the warehouse per edition, for who wants to look with DuckDB or a notebook: neither blocks the other.

Belongs here: making, placing and finding that copy. It stands beside the editions, not in one: the file of a database
has other bytes each time, and everything in it comes out of the frozen sources again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.edition_store import edition_folder, remove, sole_maker, sync, temporary_edition
from pipeline.core.frozen import frozen_warehouse
from pipeline.core.intake.sqltext import identifier
from pipeline.core.storage_key import storage_key
from pipeline.core.vault import attach, said_of, unlock
from pipeline.core.warehouse import WarehouseFout

if TYPE_CHECKING:
    import duckdb

    from pipeline.core.periods import Periode

FOLDER = "leeskopie"
_ATTACHED = "leeskopie"
_READ_ONLY = 0o400


def copy_place(output: Path, periode: "Periode", nummer: int) -> Path:
    """Where the copy of an edition stands, whether or not it does."""
    return output / str(periode) / FOLDER / f"{nummer}.duckdb"


def write_copy(con: "duckdb.DuckDBPyConnection", work: Path) -> Path:
    """Every table, view and macro of the warehouse in a file of its own, beside `work`, the folder in which its edition
    is being made; its name begins the same, so that it is cleared with it. Encrypted where there is a storage key.

    Through DuckDB and not as a file: whoever opens and closes the file of a running warehouse takes its lock away.
    """
    folder = work.with_name(f"{work.name}.{FOLDER}")
    remove(folder)
    folder.mkdir()
    place = folder / "kopie.duckdb"
    ((source,),) = con.execute("select current_database()").fetchall()
    attach(con, place, _ATTACHED, storage_key())
    try:
        con.execute(f"copy from database {identifier(source)} to {_ATTACHED}")
    finally:
        con.execute(f"detach {_ATTACHED}")
    place.chmod(_READ_ONLY)
    sync(place)
    return place


def place_copy(copy: Path, output: Path, periode: "Periode", nummer: int) -> Path:
    """Give the copy its name in one step: who reads an older one keeps that."""
    place = copy_place(output, periode, nummer)
    place.parent.mkdir(mode=0o700, exist_ok=True)
    copy.replace(place)
    sync(place.parent)
    return place


@contextmanager
def open_copy(place: Path) -> Iterator["duckdb.DuckDBPyConnection"]:
    """A connection that reads a copy, with the storage key where there is one; closed whatever happens.

    OpslagFout when the copy is encrypted with another key, or should be and is not; WarehouseFout when it cannot be
    opened at all.
    """
    import duckdb

    with duckdb.connect() as con:
        unlock(con)
        try:
            attach(con, place, _ATTACHED, storage_key(), read_only=True)
        except duckdb.Error as error:
            said = str(error).partition("\n")[0]
            raise said_of(place, error) or WarehouseFout(
                f"{place} is niet te openen: {said}; verwijder dit bestand en start opnieuw, dan wordt het opnieuw "
                "gemaakt"
            ) from error
        con.execute(f"use {_ATTACHED}")
        yield con


def reader_copy(output: Path, periode: "Periode", nummer: int) -> Path:
    """The copy of an edition, made from its frozen sources when it is not there (any more).

    GebruiksFout when there is no such edition; BezetFout when another run keeps making an edition of the half-year;
    OpslagFout when the copy or its sources take another storage key than there is, as `open_copy`.
    """
    folder = edition_folder(output, periode, nummer)
    place = copy_place(output, periode, nummer)
    if place.is_file():
        with open_copy(place):
            return place
    with (
        sole_maker(output, periode),
        frozen_warehouse(folder, output / str(periode)) as con,
        temporary_edition(output, periode, nummer) as work,
    ):
        return place_copy(write_copy(con, work), output, periode, nummer)
