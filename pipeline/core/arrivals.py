"""Seeing a delivery arrive: what stands in its folder, since when nothing moved, and what its content is.

Belongs here: looking at one folder, and the small text in which a watcher keeps what it saw. Not here: what is started
then (orchestration/sensors.py). The clock is the caller's.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.core.errors import GebruiksFout
from pipeline.core.intake.delivery import Delivery, open_delivery
from pipeline.core.periods import Periode

RUSTIG = 60
"""Seconds without any change before a delivery is taken to be there: whoever copies it must have finished."""

_CHUNK = 1 << 20
# Sixteen hexadecimal digits tell the states of one folder apart; the cursor stays small.
_SHORT = 16


@dataclass(frozen=True)
class Waarneming:
    """What was seen of one folder. `schets`: names, sizes and times, short; `sinds`: the second since which it is so.

    `inhoud`: SHA-256 of the content that was last seen at rest, short ("" for none yet); `rustig`: it still stands so.
    """

    schets: str
    sinds: int
    inhoud: str = ""
    rustig: bool = False


def observe(folder: Path, before: Waarneming | None, now: int, rest: int = RUSTIG) -> Waarneming | None:
    """What is to be remembered of `folder`, seen at second `now` after `before`; None when there is no delivery in it,
    or when it cannot be read. Another `inhoud` than before: a delivery has arrived, or has changed.

    Times of files only say when to look again (a change of content moves at least the time that no program can set);
    whether it is another delivery is decided by the bytes. They are read when nothing moved for `rest` seconds, and
    count only when nothing moved while they were read.
    """
    sketch = _sketch(folder)
    if sketch is None:
        return None
    # A clock that was set back would else keep a delivery waiting until it has caught up.
    if before is None or before.schets != sketch or (now < before.sinds and not before.rustig):
        return Waarneming(sketch, now, "" if before is None else before.inhoud)
    if before.rustig or now - before.sinds < rest:
        return before
    content = content_hash(folder)
    after = _sketch(folder)
    if content is None or after is None:
        return None
    moved = Waarneming(after, now, before.inhoud)
    return moved if after != sketch else Waarneming(sketch, before.sinds, content, rustig=True)


def at_rest(folder: Path, now: int) -> Waarneming | None:
    """What stands in `folder`, taken as seen before; None as with `observe`."""
    sketch, content = _sketch(folder), content_hash(folder)
    return None if sketch is None or content is None else Waarneming(sketch, now, content, rustig=True)


def delivery_in(folder: Path) -> Delivery | None:
    """The delivery in `folder`; None when there is no file in it, or when a part of it cannot be read."""
    found = open_delivery(folder)
    usable = isinstance(found, Delivery) and not found.unreadable and found.entries
    return found if isinstance(found, Delivery) and usable else None


def content_hash(folder: Path) -> str | None:
    """Short SHA-256 of the delivery in `folder`: names and bytes of its files, nothing of when or by whom. None when it
    cannot be read.
    """
    delivery = delivery_in(folder)
    if delivery is None:
        return None
    total = hashlib.sha256()
    try:
        for entry in delivery.entries:
            if entry.path.is_file():
                total.update(f"{entry.name}\0{_sha256(entry.path)}\n".encode("utf-8", "surrogateescape"))
    except OSError:
        return None
    return total.hexdigest()[:_SHORT]


def _sketch(folder: Path) -> str | None:
    delivery = delivery_in(folder)
    if delivery is None:
        return None
    total = hashlib.sha256()
    try:
        for entry in delivery.entries:
            facts = entry.path.stat()
            if entry.path.is_file():
                line = f"{entry.name}\0{facts.st_ino} {facts.st_size} {facts.st_mtime_ns} {facts.st_ctime_ns}\n"
                total.update(line.encode("utf-8", "surrogateescape"))
    except OSError:
        # A file went away between listing and looking: somebody is at work.
        return None
    return total.hexdigest()[:_SHORT]


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def delivered_half_years(folder: Path) -> Iterable[tuple[Periode, Path]]:
    """The half-years with a folder that is named exactly after them, in order."""
    if not folder.is_dir():
        return ()
    found = []
    for place in folder.iterdir():
        periode = Periode.named(place.name)
        if periode is not None and place.is_dir():
            found.append((periode, place))
    return sorted(found)


def to_cursor(seen: Mapping[Periode, Waarneming], reminded: str) -> str:
    """What was seen, and what was last said to be missing, as a text of some sixty signs per half-year."""
    kept = {str(periode): [one.schets, one.sinds, one.inhoud, int(one.rustig)] for periode, one in sorted(seen.items())}
    return json.dumps({"gezien": kept, "herinnerd": reminded}, separators=(",", ":"))


def from_cursor(cursor: str | None) -> tuple[dict[Periode, Waarneming], str] | None:
    """The inverse of `to_cursor`; None for no cursor, or one that is none."""
    try:
        kept = json.loads(cursor or "")
        seen = {
            Periode.parse(name): Waarneming(str(sketch), int(since), str(content), rustig=bool(still))
            for name, (sketch, since, content, still) in kept["gezien"].items()
        }
        return seen, str(kept["herinnerd"])
    except (GebruiksFout, ValueError, KeyError, TypeError, AttributeError):
        return None
