"""Only the account that runs the program reads what it makes, whatever the machine's own habit.

Belongs here: the modes of files and folders. Not here: making them. DuckDB, Dagster's SQLite files and the libraries
that set text make files of their own, so the mask of the process is what holds for all of them.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_OTHERS = 0o077
_FIXED_FILE, _FIXED_FOLDER = 0o400, 0o500


@contextmanager
def private() -> Iterator[None]:
    """Folders made within get mode 700 and files 600, also those that a library makes and those of a program that takes
    the place of this process.
    """
    before = os.umask(_OTHERS)
    try:
        yield
    finally:
        os.umask(before)


def fix(path: Path) -> None:
    """From here on its owner only reads it: a file 400, a folder 500."""
    path.chmod(_FIXED_FOLDER if path.is_dir() else _FIXED_FILE)
