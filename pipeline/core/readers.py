"""A copy of the warehouse per edition, for who wants to look with DuckDB or a notebook: neither blocks the other.

Belongs here: making, placing and finding that copy. It stands beside the editions, not in one: the file of a database
has other bytes each time, and everything in it comes out of the frozen sources again.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.edition_store import edition_folder, remove, sole_maker, sync, temporary_edition
from pipeline.core.frozen import frozen_warehouse
from pipeline.core.intake.sqltext import identifier, literal

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
    is being made; its name begins the same, so that it is cleared with it.

    Through DuckDB and not as a file: whoever opens and closes the file of a running warehouse takes its lock away.
    """
    folder = work.with_name(f"{work.name}.{FOLDER}")
    remove(folder)
    folder.mkdir()
    place = folder / "kopie.duckdb"
    ((source,),) = con.execute("select current_database()").fetchall()
    con.execute(f"attach {literal(str(place))} as {_ATTACHED}")
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


def reader_copy(output: Path, periode: "Periode", nummer: int) -> Path:
    """The copy of an edition, made from its frozen sources when it is not there (any more).

    GebruiksFout when there is no such edition; BezetFout when another run keeps making an edition of the half-year.
    """
    folder = edition_folder(output, periode, nummer)
    place = copy_place(output, periode, nummer)
    if place.is_file():
        return place
    with (
        sole_maker(output, periode),
        frozen_warehouse(folder, output / str(periode)) as con,
        temporary_edition(output, periode, nummer) as work,
    ):
        return place_copy(write_copy(con, work), output, periode, nummer)
