"""When the files of a delivery came, as far as that can be known: for the logbook, never for an edition.

Belongs here: the dates of the files and the address at which they were found. Not here: what is in them (intake.py).

No deliverer states when he sent a file, and the date of a file is that of its last copy: the same delivery has other
dates on another machine. The bytes of an edition follow from what was delivered alone, so its manifest does not hold
them; the logbook beside it does.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipeline.core.intake.rowstore import insert_rows
from pipeline.core.intake.sources import Bron

if TYPE_CHECKING:
    import duckdb

TABLE = "ontvangst"
"""Its name in schema `invoer`; it is not frozen with an edition."""


def store_received(con: "duckdb.DuckDBPyConnection", source: Bron) -> None:
    """Write `invoer.ontvangst`, a row per file that was read: the address, its extract, its date (NULL for what was
    unpacked or brought here just now).
    """
    files = con.execute("select bestand, extract from levering.herkomst order by all").fetchall()
    con.execute("create schema if not exists invoer")
    con.execute(
        f"create or replace table invoer.{TABLE} (adres varchar, bestand varchar, extract varchar, dag varchar)"
    )
    rows = [[source.adres, name, extract, _date(source, name)] for name, extract in files]
    insert_rows(con, f"invoer.{TABLE}", rows)


def _date(source: Bron, name: str) -> str | None:
    try:
        seconds = (source.map / name).stat().st_mtime
    except OSError:
        return None
    return None if source.tijdelijk else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def received(con: "duckdb.DuckDBPyConnection") -> dict[str, Any]:
    """For the logbook: the address, and per extract the first and the last date of its files, where these are known.

    Empty for a warehouse of before this was noted.
    """
    known = con.execute(
        "select count(*) from information_schema.tables where table_schema = 'invoer' and table_name = ?", [TABLE]
    ).fetchall()
    if known == [(0,)]:
        return {}
    rows = con.execute(
        f"select adres, extract, min(dag), max(dag) from invoer.{TABLE} group by all order by all"  # noqa: S608
    ).fetchall()
    return {
        "adres": rows[0][0] if rows else "",
        "bestanden_van": {extract: [first, last] for _, extract, first, last in rows if first},
    }
