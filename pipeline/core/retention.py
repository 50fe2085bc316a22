"""Destroying the person-level sources of half-years whose term has passed; the figures stay.

Belongs here: which files those are, their destruction and its record in the logbook. Not here: what can still be proven
afterwards (verification.py), how long the term is (config.py).

Destroyed are the frozen sources and the rejects of every edition of the half-year, the rejects of a refused delivery,
the warehouse and its copies for readers. Documents, figures, open tables and manifest stay: later half-years build on
those. The decision is noted with the hash of every file before the first one goes, and the destruction after the last;
a killed call is finished by the next one.
"""

import fcntl
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.core.destroyed import decided, finished
from pipeline.core.edition_store import BUSY, edition_numbers, note, periods_in, remove, sole_maker, sync
from pipeline.core.editions import REJECTS
from pipeline.core.errors import BezetFout, GebruiksFout
from pipeline.core.frozen import SOURCES
from pipeline.core.manifest import sha256_file
from pipeline.core.periods import Periode
from pipeline.core.readers import FOLDER as COPIES
from pipeline.core.vault import logical_name
from pipeline.core.warehouse import WAREHOUSE


@dataclass(frozen=True)
class Opgeschoond:
    """Of one half-year the files that were, or on trial would be, destroyed, by their name within its folder."""

    periode: str
    bestanden: tuple[str, ...]


def clean_up(
    output: Path,
    *,
    termijn: int,
    vandaag: date,
    wie: str,
    reden: str = "",
    proef: bool = False,
    deadline: float = 60.0,
) -> tuple[Opgeschoond, ...]:
    """Destroy the person-level sources of every half-year that ended `termijn` half-years or longer before `vandaag`;
    per half-year what went, oldest first. With `proef` nothing is touched.

    `reden` stands in the record, after the term. GebruiksFout for a term below one half-year, BezetFout when a run
    holds a half-year.
    """
    if termijn < 1:
        raise GebruiksFout(f"een bewaartermijn van {termijn} halfjaren kan niet; kies er ten minste 1")
    done = []
    for periode in periods_in(output):
        passed = _passed(periode, termijn)
        if passed > vandaag or not _there(output, periode):
            continue
        if not proef:
            why = f"de bewaartermijn van {termijn} halfjaren is verstreken op {passed}"
            words = {"wie": wie, "reden": f"{why}; {reden.strip()}" if reden.strip() else why}
            with sole_maker(output, periode, deadline):
                done.append(Opgeschoond(str(periode), _destroy(output, periode, words)))
        else:
            found = [path.relative_to(output / str(periode)).as_posix() for path in _all_files(output, periode)]
            done.append(Opgeschoond(str(periode), tuple(found)))
    return tuple(done)


def _passed(periode: Periode, termijn: int) -> date:
    """The first day on which the sources of a half-year are too old."""
    for _ in range(termijn):
        periode = periode.volgende
    return periode.eind


def _there(output: Path, periode: Periode) -> bool:
    """Whether there is anything to destroy, or a destruction to finish."""
    return bool(_all_files(output, periode)) or any(
        decided(output, periode, nummer) and not finished(output, periode, nummer)
        for nummer in (None, *edition_numbers(output, periode))
    )


def _all_files(output: Path, periode: Periode) -> list[Path]:
    folders = [output / str(periode) / "edities" / str(nummer) for nummer in edition_numbers(output, periode)]
    return [*(path for folder in folders for path in _sources(folder)), *_beside(output / str(periode))]


def _sources(edition: Path) -> list[Path]:
    places = (edition / name for name in (SOURCES, REJECTS))
    return [path for place in places for path in sorted(place.rglob("*")) if not path.is_dir()]


def _beside(folder: Path) -> list[Path]:
    """What stands beside the editions of a half-year and holds persons."""
    return [
        *(path for name in (REJECTS, COPIES) for path in sorted((folder / name).rglob("*")) if not path.is_dir()),
        *(path for path in sorted(folder.glob(f"{WAREHOUSE}*")) if not path.is_dir()),
    ]


def _destroy(output: Path, periode: Periode, words: Mapping[str, str]) -> tuple[str, ...]:
    folder = output / str(periode)
    _refuse_in_use(folder / WAREHOUSE)
    gone = [path.relative_to(folder).as_posix() for path in _all_files(output, periode)]
    # What killed runs left behind, and what was spilled, holds persons and is nobody's.
    for left in (*folder.glob(f"{BUSY}*"), *folder.glob(f"edities/{BUSY}*"), *folder.glob(f"{WAREHOUSE}*.tmp")):
        remove(left)
    for nummer in edition_numbers(output, periode):
        edition = folder / "edities" / str(nummer)
        with _recorded(output, periode, nummer, edition, _sources(edition), words):
            _remove_from(edition)
    beside = _beside(folder)
    with _recorded(output, periode, None, folder, beside, words):
        for name in (REJECTS, COPIES):
            remove(folder / name)
        for path in beside:
            path.unlink(missing_ok=True)
    return tuple(gone)


@contextmanager
def _recorded(
    output: Path, periode: Periode, nummer: int | None, folder: Path, files: list[Path], words: Mapping[str, str]
) -> Iterator[None]:
    """The decision in the logbook before the block, the deed after it; nothing where there is nothing to destroy."""
    noted = {logical_name(path, folder): sha256_file(path) for path in files}
    if noted:
        note(output, periode, {"editie": nummer, "te_vernietigen": noted, **words})
    yield
    pending = {**decided(output, periode, nummer)}
    if pending and not finished(output, periode, nummer):
        note(output, periode, {"editie": nummer, "vernietigd": pending, **words})


def _remove_from(edition: Path) -> None:
    """Take the sources and rejects out of a read-only edition."""
    mode = stat.S_IMODE(edition.stat().st_mode)
    edition.chmod(mode | stat.S_IRWXU)
    try:
        for name in (SOURCES, REJECTS):
            remove(edition / name)
        sync(edition)
    finally:
        edition.chmod(mode)


def _refuse_in_use(warehouse: Path) -> None:
    if not warehouse.is_file():
        return
    with warehouse.open("rb+") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BezetFout(
                f"een ander programma heeft {warehouse} open; sluit dat, of wacht tot de run klaar is, en start opnieuw"
            ) from error
