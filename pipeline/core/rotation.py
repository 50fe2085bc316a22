"""A new storage key for everything that is there: every person-level file is encrypted again, one at a time.

Belongs here: which files those are, and replacing each in one step. Not here: keys (storage_key.py), how a file is
encrypted (vault.py). What is plain, of before there was a key, is encrypted for the first time.

Killed halfway, every file is whole and readable by one of the two keys; the same call again does the rest. Manifests
stay as they are: they hold the hash of the content, which is compared before the old file goes.
"""

# Names are fixed; values are parameters or literals().
# ruff: noqa: S608

import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.core.edition_store import BUSY, edition_numbers, note, periods_in, remove, sole_maker, sync
from pipeline.core.editions import REJECTS
from pipeline.core.errors import BezetFout
from pipeline.core.frozen import SOURCES
from pipeline.core.intake.sqltext import literal
from pipeline.core.periods import Periode
from pipeline.core.readers import FOLDER as COPIES
from pipeline.core.storage_key import OpslagFout, Opslagsleutel
from pipeline.core.vault import (
    WRAPPED,
    Kluis,
    attach,
    is_encrypted,
    load_crypto,
    opened,
    parquet_options,
    register,
    rows_of,
)
from pipeline.core.warehouse import WAREHOUSE

_WORK = f"{BUSY}sleutel"
_OLD, _NEW = "oud", "nieuw"
_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


@dataclass(frozen=True)
class Vernieuwd:
    """How many files were encrypted with the new key, and how many had it already."""

    bestanden: int
    al_klaar: int


def renew_key(
    output: Path,
    old: Opslagsleutel | None,
    new: Opslagsleutel,
    *,
    wie: str,
    deadline: float = 60.0,
) -> Vernieuwd:
    """Encrypt every person-level file below `output` with `new`; `old` is the key of now, None when there is none yet.

    BezetFout when a run holds a half-year; OpslagFout names a file that neither key reads, before anything of its
    half-year is changed.
    """
    done = ready = 0
    with opened(new) as kluis, opened(old or new) as was:
        keys = _Keys(kluis, was, old, new)
        register(kluis.con, old or new, _OLD)
        register(kluis.con, new, _NEW)
        for periode in periods_in(output):
            with sole_maker(output, periode, deadline):
                changed, had = _renew_period(output / str(periode), keys)
            done, ready = done + changed, ready + had
            if changed:
                note(output, periode, {"editie": None, "opslagsleutel": "vernieuwd", "bestanden": changed, "wie": wie})
    return Vernieuwd(done, ready)


@dataclass(frozen=True)
class _Keys:
    """Both keys, and what reads with each; `kluis` knows both by name."""

    kluis: Kluis
    was: Kluis
    old: Opslagsleutel | None
    new: Opslagsleutel

    def name_of(self, path: Path) -> str | None:
        """Under which name the connection knows the key of a file; None when it is plain. OpslagFout when neither is
        it.
        """
        if not is_encrypted(path):
            return None
        for name in (_NEW, _OLD):
            try:
                self.kluis.con.execute(f"select 1 from {rows_of(path, name)} limit 0")
            except duckdb.Error:
                continue
            return name
        raise OpslagFout(
            f"{path} is met een derde sleutel versleuteld, of beschadigd; geef de sleutel van toen als "
            "opslagsleutel, of zet het bestand terug uit een reservekopie, en start opnieuw"
        )


def _renew_period(folder: Path, keys: _Keys) -> tuple[int, int]:
    work = folder / _WORK
    files = [(path, keys.name_of(path)) for path in person_files(folder)]
    databases = [path for path in (folder / WAREHOUSE, *sorted(folder.glob(f"{COPIES}/*.duckdb"))) if path.is_file()]
    stale = [path for path in databases if not _opens(path, keys.new)]
    todo = [(path, name) for path, name in files if name != _NEW]
    # What a killed run left behind holds persons too, under whatever key.
    for left in (*folder.glob(f"{BUSY}*"), *folder.glob(f"edities/{BUSY}*")):
        remove(left)
    if todo or stale:
        work.mkdir(mode=0o700)
        try:
            for path, name in todo:
                _renew_file(path, name, work, keys)
            for path in stale:
                _renew_database(path, work, keys)
        finally:
            shutil.rmtree(work)
    done = len(todo) + len(stale)
    return done, len(files) + len(databases) - done


def person_files(folder: Path) -> Iterator[Path]:
    """The person-level files of a half-year beside its warehouse: frozen sources and rejects, by name."""
    numbers = edition_numbers(folder.parent, Periode.parse(folder.name))
    editions = [folder / "edities" / str(number) for number in numbers]
    for place in (*(edition / name for edition in editions for name in (SOURCES, REJECTS)), folder / REJECTS):
        yield from (path for path in sorted(place.rglob("*")) if path.is_file())


def _renew_file(path: Path, name: str | None, work: Path, keys: _Keys) -> None:
    """Write a file anew beside the editions, see that its content is the same, and rename it into the place."""
    con = keys.kluis.con
    if path.suffix == ".parquet":
        target, place = work / path.name, path
        source = rows_of(path, name) if name else rows_of(path)
        options = parquet_options(encrypted=True, name=_NEW)
        con.execute(f"copy (select * from {source}) to {literal(str(target))} ({options})")
    else:
        place = path if name else path.with_name(path.name + WRAPPED)
        content = bytearray()
        keys.was.content(path, content.extend)
        target = keys.kluis.wrap(work / place.name.removesuffix(WRAPPED), bytes(content))
    if keys.kluis.facts(target) != keys.was.facts(path):
        raise OpslagFout(
            f"{path} is met een andere DuckDB geschreven: opnieuw versleuteld zou het niet meer bij het manifest "
            "passen, dus het is gebleven wat het was; vernieuw de sleutel met het programma van toen"
        )
    _put(target, place, path)


def _put(target: Path, place: Path, old: Path) -> None:
    """Rename `target` to `place`; `old`, where that has another name, goes. The folder is as fixed afterwards as it
    was.
    """
    target.chmod(stat.S_IMODE(old.stat().st_mode))
    sync(target)
    mode = stat.S_IMODE(place.parent.stat().st_mode)
    # An edition is fixed, also when a killed call left its folder open.
    fixed = mode & ~_WRITE if not old.stat().st_mode & stat.S_IWUSR else mode
    place.parent.chmod(mode | stat.S_IRWXU)
    try:
        target.replace(place)
        if old != place:
            old.unlink()
        sync(place.parent)
    finally:
        place.parent.chmod(fixed)


def _opens(path: Path, key: Opslagsleutel) -> bool:
    """Whether the database is encrypted with `key`; BezetFout when another process holds it."""
    with duckdb.connect() as con:
        load_crypto(con)
        return _attached(con, path, _NEW, key)


def _attached(con: duckdb.DuckDBPyConnection, path: Path, name: str, key: Opslagsleutel | None) -> bool:
    """Attach with `key` (None: a plain one), and whether that worked; BezetFout when another process holds it."""
    try:
        attach(con, path, name, key)
    except duckdb.Error as error:
        if "Could not set lock" in str(error):
            raise BezetFout(f"een ander programma heeft {path} open; sluit dat en start opnieuw") from error
        return False
    return True


def _renew_database(path: Path, work: Path, keys: _Keys) -> None:
    """The whole database into a new file. What is in its log of changes goes along; the log goes with the old file."""
    target = work / path.name
    with duckdb.connect() as con:
        load_crypto(con)
        if not any(_attached(con, path, _OLD, key) for key in (keys.old, None)):
            raise OpslagFout(
                f"{path} is met geen van beide sleutels te openen, of beschadigd; verwijder het (het wordt opnieuw "
                "gemaakt bij het volgende rapport) en start opnieuw"
            )
        con.execute(f"checkpoint {_OLD}")
        attach(con, target, _NEW, keys.new)
        con.execute(f"copy from database {_OLD} to {_NEW}")
        con.execute(f"checkpoint {_NEW}")
        con.execute(f"detach {_NEW}")
        con.execute(f"detach {_OLD}")
    target.chmod(stat.S_IMODE(path.stat().st_mode))
    sync(target)
    target.replace(path)
    sync(path.parent)
