"""The mark of a delivery: one hash of all that reading it sees, to know the same delivery again.

Belongs here: the hash, taken while nothing moves. Not here: when it counts (core/unchanged.py), what is in the files.
The logbook holds it, never an edition.
"""

import hashlib
import hmac
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.core.intake.delivery import Delivery, open_delivery
from pipeline.core.intake.pseudonyms import KEY_VARIABLE
from pipeline.core.intake.sources import Bron
from pipeline.core.manifest import sha256_file

if TYPE_CHECKING:
    import duckdb

TABLE = "kenmerk"
"""Its name in schema `invoer`; it is not frozen with an edition."""


def fingerprint(source: Bron, environment: Mapping[str, str] = os.environ) -> str | None:
    """SHA-256 (hex) of a delivery: names and bytes of its files, names of its folders and of what is passed over, what
    was found when it was brought here, and which key makes its pseudonyms. None when a part cannot be read.

    When its files came is not in it: the same delivery on another machine has the same mark.
    """
    delivery = open_delivery(source.map)
    if not isinstance(delivery, Delivery) or delivery.unreadable:
        return None
    total = hashlib.sha256()
    try:
        for entry in delivery.entries:
            content = "map" if entry.path.is_dir() else sha256_file(entry.path)
            total.update(f"{entry.name}\0{content}\n".encode("utf-8", "surrogateescape"))
    except OSError:
        return None
    for text in (*delivery.skipped, *(repr(finding) for finding in source.bevindingen)):
        total.update(f"{text}\n".encode("utf-8", "surrogateescape"))
    key = environment.get(KEY_VARIABLE, "").strip().casefold()
    # Of a key that nobody can guess its own hash says nothing.
    total.update(hmac.digest(key.encode(), b"welke sleutel", "sha256"))
    return total.hexdigest()


def store_fingerprint(con: "duckdb.DuckDBPyConnection", mark: str | None) -> None:
    """Write `invoer.kenmerk`, one row: the mark of the delivery that was read, NULL when it cannot be known."""
    con.execute("create schema if not exists invoer")
    con.execute(f"create or replace table invoer.{TABLE} as select $mark::varchar as kenmerk", {"mark": mark})


def stored_fingerprint(con: "duckdb.DuckDBPyConnection") -> str | None:
    """The mark of the delivery in this warehouse; None for one of before it was noted."""
    known = con.execute(
        "select count(*) from information_schema.tables where table_schema = 'invoer' and table_name = ?", [TABLE]
    ).fetchall()
    if known == [(0,)]:
        return None
    found: str | None = con.execute(f"select kenmerk from invoer.{TABLE}").fetchall()[0][0]  # noqa: S608 - our own
    return found
