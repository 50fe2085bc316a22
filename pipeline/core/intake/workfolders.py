"""Private temporary folders for a delivery that is unpacked or fetched, and clearing those that a crash left behind.

Belongs here: making, holding and removing such a folder. Not here: what comes into it (sources.py).

A process that is killed cannot clean up, and what it leaves holds persons. So each folder is locked by its process for
as long as that lives; the kernel frees the lock, and the next start removes what is nobody's any more.
"""

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "voortgang-levering-"
_BEGIN = "voortgang-begin-"
"""Before it is locked a folder is empty and has this name, so that no other process takes it for one left behind."""


@contextmanager
def work_folder(place: Path | None = None) -> Iterator[Path]:
    """A new folder (0700) below `place`, or below the temporary folder of the system, gone after the block; those that
    killed processes of this account left there go first. Raises OSError when it cannot be made.
    """
    base = Path(place or tempfile.gettempdir())
    _clear(base)
    # mkdtemp makes it 0700, and no other account can have made it before us.
    begin = Path(tempfile.mkdtemp(prefix=_BEGIN, dir=base))
    lock = os.open(begin, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        folder = begin.rename(base / f"{_PREFIX}{begin.name.removeprefix(_BEGIN)}")
        try:
            yield folder
        finally:
            shutil.rmtree(folder)
    finally:
        os.close(lock)


def _clear(base: Path) -> None:
    """Remove the folders that no living process holds. What is not ours, or cannot be removed, is left alone."""
    for path in sorted(base.glob(f"{_PREFIX}*")):
        with suppress(OSError):
            status = path.lstat()
            if stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid():
                _remove_unheld(path)


def _remove_unheld(path: Path) -> None:
    lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(path)
    finally:
        os.close(lock)
