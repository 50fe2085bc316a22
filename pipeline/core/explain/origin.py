"""Where a figure comes from: the tables on the way with their rows, the delivered files, the corrections.

Belongs here: walking from the model of a figure back to what was delivered. Not here: the rows behind the figure
(evidence.py).
"""

# Names of tables come from the shipped SQL files; values are parameters.
# ruff: noqa: S608

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.core.frozen import SOURCES
from pipeline.core.reference import files_behind
from pipeline.core.sqlfiles import SqlFile, load_models
from pipeline.core.warehouse import columns_of, row_count

if TYPE_CHECKING:
    import duckdb

# What names one delivered row.
_KEYS = ("persoon", "afmelding_id", "koppeling_id")
_REGISTER = "report.cijfers"
_PART = "report.cijfers_"
# Asks of every extract only whether it was delivered: the way goes no further through it.
_PRESENCE = "staging.aanwezig"


@dataclass(frozen=True)
class Stap:
    """One table on the way: its name, its rows, what it reads (nothing: it was delivered, chosen or shipped)."""

    tabel: str
    rijen: int
    leest: tuple[str, ...]


@dataclass(frozen=True)
class Bestand:
    """One delivered file: its rows as read, kept and rejected, and the frozen file that holds what was kept."""

    bestand: str
    extract: str
    leverancier: str
    sha256: str
    rijen_gelezen: int
    rijen_behouden: int
    rijen_geweigerd: int
    bevroren: str
    bevroren_sha256: str | None


@dataclass(frozen=True)
class Correctie:
    """One correction of a source of the figure. `raakt`: how many of the rows behind the figure it names; None where
    that cannot be told: a row that was taken out, or one named by file and line.
    """

    volgnummer: int
    extract: str
    waar: str
    actie: str
    kolom: str
    oud: str
    nieuw: str
    reden: str
    status: str
    rijen: int
    raakt: int | None


def way_of(con: "duckdb.DuckDBPyConnection", cijfer_id: str, model: str) -> tuple[Stap, ...]:
    """The tables from what was delivered to the register, each after what it reads; `model` is that of the figure."""
    models = {one.name: one for one in load_models()}
    needed: set[str] = set()
    to_do = [model]
    while to_do:
        name = to_do.pop()
        if name not in needed:
            needed.add(name)
            to_do += models[name].reads if name in models and name != _PRESENCE else ()
    sources = sorted(name for name in needed if name not in models)
    order = [*sources, *(name for name in models if name in needed)]
    gathered = tuple(read for read in models[_REGISTER].reads if not read.startswith(_PART) and _holds(models[read]))
    parts = _parts_with(con, cijfer_id, {read for name in (_REGISTER, *gathered) for read in models[name].reads})
    ends = [*parts, *(name for name in gathered if set(parts) & set(models[name].reads)), _REGISTER]
    order += [name for name in ends if name not in order]
    return tuple(Stap(name, row_count(con, name), models[name].reads if name in models else ()) for name in order)


def _holds(model: SqlFile) -> bool:
    """Whether the table gathers parts of the register."""
    return any(read.startswith(_PART) for read in model.reads)


def _parts_with(con: "duckdb.DuckDBPyConnection", cijfer_id: str, parts: Iterable[str]) -> list[str]:
    """Which tables of the register have the figure."""
    return [
        part
        for part in sorted(parts)
        if part.startswith(_PART)
        and con.execute(f"select 1 from {part} where cijfer_id = ? limit 1", [cijfer_id]).fetchall()
    ]


def files_of(con: "duckdb.DuckDBPyConnection", way: Iterable[Stap], manifest: dict[str, Any]) -> tuple[Bestand, ...]:
    """The delivered files of the extracts on the way, by name."""
    extracts = _extracts(way)
    rows = con.execute(
        """
        select bestand, extract, leverancier, sha256, rijen_gelezen, rijen_behouden, rijen_geweigerd
        from levering.herkomst
        order by bestand, extract
        """
    ).fetchall()
    frozen = {extract: f"{SOURCES}/{extract}.parquet" for extract in extracts}
    return tuple(
        Bestand(*(*row, frozen[row[1]], manifest["uitvoer"].get(frozen[row[1]], {}).get("sha256")))
        for row in rows
        if row[1] in extracts
    )


def earlier_files(con: "duckdb.DuckDBPyConnection", way: Iterable[Stap]) -> tuple[dict[str, Any], ...]:
    """The files of earlier editions that were read, when the figure rests on them."""
    if not any(step.tabel.startswith("eerder.") for step in way):
        return ()
    rows = con.execute("select periode, editie, bestand, sha256 from eerder.edities order by all").fetchall()
    return tuple(dict(zip(("periode", "editie", "bestand", "sha256"), row, strict=True)) for row in rows)


def reference_of(way: Iterable[Stap], manifest: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """The shipped public files on the way, each with the hash that the edition noted."""
    noted = {file["naam"]: file["sha256"] for file in manifest["referentie"]}
    tables = [step.tabel.split(".")[1] for step in way if step.tabel.startswith("referentie.")]
    names = [name for table in tables for name in files_behind(table)]
    return tuple({"bestand": name, "sha256": noted.get(name)} for name in names)


def corrections_of(
    con: "duckdb.DuckDBPyConnection", way: Iterable[Stap], columns: tuple[str, ...], rows: list[tuple[Any, ...]]
) -> tuple[Correctie, ...]:
    """The corrections of the extracts on the way, each with how many of the rows behind the figure it names."""
    extracts = _extracts(way)
    listed = con.execute(
        "select volgnummer, extract, waar, actie, kolom, oud, nieuw, reden, status, rijen from report.correcties "
        "order by volgnummer"
    ).fetchall()
    behind = {key: {row[columns.index(key)] for row in rows} for key in _KEYS if key in columns}
    return tuple(
        Correctie(*(*row, _touched(con, (row[1], row[2], row[3], row[4], row[6]), behind)))
        for row in listed
        if row[1] in extracts
    )


def _extracts(way: Iterable[Stap]) -> set[str]:
    """The extracts on the way; the list of who delivered is made of the files of the municipalities."""
    names = {step.tabel.split(".")[1] for step in way if step.tabel.startswith("levering.")}
    return names | ({"gemeenten_huisvesting"} if "gemeenten_levering" in names else set())


def _touched(
    con: "duckdb.DuckDBPyConnection",
    correctie: tuple[str, str, str, str, str],
    behind: dict[str, set[Any]],
) -> int | None:
    """How many rows behind the figure the correction names by a key of the row; None when it does not do that, and for
    a row that was taken out.
    """
    extract, waar, actie, kolom, nieuw = correctie
    named = json.loads(nieuw) if actie == "voeg_toe" else _pairs(waar)
    keys = {column: value for column, value in named.items() if column in _KEYS}
    if kolom in keys:
        keys[kolom] = nieuw
    if (
        actie == "verwijder"
        or not keys
        or (actie == "wijzig" and len(keys) < len(named))
        or not keys.keys() & behind.keys()
    ):
        return None
    kinds = dict(columns_of(con, f"levering.{extract}"))
    if not keys.keys() <= kinds.keys():
        return None
    shared = [key for key in _KEYS if key in behind and key in kinds]
    where = " and ".join(f"{column} = ?" for column in keys)
    query = f"select distinct {', '.join(shared)} from levering.{extract} where {where}"
    found = con.execute(query, list(keys.values())).fetchall()
    return sum(all(value in behind[key] for key, value in zip(shared, row, strict=True)) for row in found)


def _pairs(waar: str) -> dict[str, str]:
    """Column and value of `kolom = waarde; kolom = waarde`."""
    parts = (part.partition(" = ") for part in waar.split("; "))
    return {column: value for column, sep, value in parts if sep}
