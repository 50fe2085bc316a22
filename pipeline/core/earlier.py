"""Earlier half-years, read from their *published* edition only: what a reader holds is what the next report builds
upon.

Belongs here: filling the schema `eerder`. Not here: what the SQL does with it.
"""

import json
from pathlib import Path

import duckdb

from pipeline.core.errors import VoortgangFout
from pipeline.core.periods import Periode

PUBLISHED = "gepubliceerd.json"


class EerdereEditieFout(VoortgangFout):
    """The published edition of an earlier half-year is named but cannot be read."""


def published_edition(output: Path, periode: Periode) -> Path | None:
    """Folder of the published edition of `periode`, None when there is none; EerdereEditieFout when it is gone."""
    marker = output / str(periode) / PUBLISHED
    if not marker.is_file():
        return None
    try:
        number = int(json.loads(marker.read_text(encoding="utf-8"))["editie"])
    except (ValueError, KeyError, TypeError) as error:
        raise EerdereEditieFout(
            f"{marker} is niet leesbaar; herstel het bestand of publiceer de editie opnieuw"
        ) from error
    folder = output / str(periode) / "edities" / str(number)
    if not folder.is_dir():
        raise EerdereEditieFout(f"{marker} noemt editie {number}, maar {folder} bestaat niet")
    return folder


def load_earlier(con: duckdb.DuckDBPyConnection, output: Path, periode: Periode) -> Path | None:
    """Fill `eerder.eindsaldo` and `eerder.boekhouding_per_halfjaar` from the half-year before `periode`.

    Grain: one row per gemeente, and per gemeente and halfjaar. Both are empty when that half-year has no published
    edition. Returns the folder that was read.
    """
    con.execute("create or replace table eerder.eindsaldo (gemeentecode varchar, eindsaldo bigint)")
    con.execute(
        """
        create or replace table eerder.boekhouding_per_halfjaar (
            gemeentecode varchar, halfjaar varchar, volgorde integer, open_personen bigint, voorsprong bigint
        )
        """
    )
    folder = published_edition(output, periode.vorige)
    if folder is None:
        return None
    try:
        con.execute(
            """
            insert into eerder.eindsaldo
            select gemeentecode, eindsaldo
            from read_csv($file, header = true, all_varchar = true)
            """,
            {"file": str(folder / "tabellen" / "gemeenten.csv")},
        )
        con.execute(
            """
            insert into eerder.boekhouding_per_halfjaar
            select gemeentecode, halfjaar, volgorde, open_personen, voorsprong
            from read_csv($file, header = true, all_varchar = true)
            """,
            {"file": str(folder / "tabellen" / "boekhouding_per_halfjaar.csv")},
        )
    except duckdb.Error as error:
        raise EerdereEditieFout(f"de tabellen van {folder} zijn niet leesbaar: {error}") from error
    return folder
