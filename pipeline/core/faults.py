"""When it is the machine and not the delivery: a full disk, a folder that may not be written, a file that was cut off.

Belongs here: recognising such a fault in an error of Python, SQLite, DuckDB or the driver of PostgreSQL, and saying
what to do. Not here: what an analyst can mend in a delivery (findings.py).
"""

import errno
from collections.abc import Iterator

_FULL = "de schijf is vol"
_TOO_LARGE = "een bestand mag hier niet zo groot worden (quotum of ulimit)"
_READ_ONLY = "hier kan alleen worden gelezen"
_NO_ACCESS = "de toegang is geweigerd"
_UNREADABLE = "de schijf geeft een fout"
_FULL_OR_UNREADABLE = "de schijf is vol of geeft een fout"
_CUT_OFF = "een databasebestand is beschadigd of afgebroken"
_GONE = "de database met de runs (PostgreSQL) is niet te bereiken"

_REMEDIES = {
    _FULL: "maak ruimte en start opnieuw",
    _TOO_LARGE: "verruim dat en start opnieuw",
    _READ_ONLY: "kies met --output een andere map, of maak deze schrijfbaar",
    _NO_ACCESS: "zorg dat u hier mag lezen en schrijven, of kies een andere map",
    _UNREADABLE: "laat de beheerder de schijf nakijken en kies tot dan een andere map",
    _FULL_OR_UNREADABLE: "maak ruimte en start opnieuw; helpt dat niet, laat de beheerder de schijf dan nakijken",
    _CUT_OFF: "verwijder warehouse.duckdb van dit halfjaar en start opnieuw; het wordt opnieuw gemaakt",
    _GONE: "laat de beheerder haar starten, kijk of VOORTGANG_POSTGRES klopt, en begin opnieuw",
}

_BY_NUMBER = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _TOO_LARGE,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _NO_ACCESS,
    errno.EPERM: _NO_ACCESS,
    errno.EIO: _UNREADABLE,
}

# As SQLite and DuckDB word it; only texts of their own errors are looked at.
_BY_TEXT = (
    ("No space left", _FULL),
    ("disk is full", _FULL),
    ("File too large", _TOO_LARGE),
    ("Read-only file system", _READ_ONLY),
    ("readonly database", _READ_ONLY),
    ("Permission denied", _NO_ACCESS),
    ("unable to open database file", _NO_ACCESS),
    ("disk I/O error", _FULL_OR_UNREADABLE),
    ("Could not read enough bytes", _CUT_OFF),
    ("checksum", _CUT_OFF),
)
_DATABASES = ("sqlite3", "duckdb", "_duckdb")
_SERVER = "psycopg2"


def machine_fault(error: BaseException) -> str | None:
    """What is wrong with the machine and what to do, as one Dutch line; None when `error` is something else."""
    for one in _chain(error):
        what = _what(one)
        if what is not None:
            place = f" ({one.filename})" if isinstance(one, OSError) and one.filename else ""
            return f"{what}{place}; {_REMEDIES[what]}"
    return None


def _what(error: BaseException) -> str | None:
    if isinstance(error, OSError):
        return _BY_NUMBER.get(error.errno or 0)
    module = type(error).__module__.partition(".")[0]
    if module == _SERVER and type(error).__name__ in {"OperationalError", "InterfaceError"}:
        return _GONE
    if module not in _DATABASES:
        return None
    return next((what for sign, what in _BY_TEXT if sign in str(error)), None)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it came from, the first first."""
    seen = set[int]()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
