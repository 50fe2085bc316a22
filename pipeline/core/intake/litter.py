"""What a deliverer's own computer leaves among the files: passed over in a folder and in a zip alike, and named.

Belongs here: which names those are, and what is said of them. Not here: files that no extract claims (delivery.py).
"""

from collections.abc import Iterable
from pathlib import PurePosixPath

from pipeline.core.intake.findings import Bevinding, Ernst, quoted, shown_value
from pipeline.core.intake.pseudonyms import masked

_FOLDER = "__macosx"
_FILES = frozenset({".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini"})
_OF_MACOS = "._"
_OF_EXCEL, _OF_LIBREOFFICE = "~$", (".~lock.", "#")


def is_litter(name: str) -> bool:
    """Whether `name`, a path inside a delivery with forward slashes, is no file of anybody's."""
    parts = PurePosixPath(name.casefold()).parts
    last = parts[-1] if parts else ""
    return _FOLDER in parts or _is_lock(name) or last in _FILES or last.startswith(_OF_MACOS)


def litter_findings(names: Iterable[str]) -> tuple[Bevinding, ...]:
    """One finding per name: a remark, but a warning where a program held the file itself open."""
    return tuple(_lock_finding(name) if _is_lock(name) else _finding(name) for name in names)


def _is_lock(name: str) -> bool:
    last = PurePosixPath(name).name
    start, end = _OF_LIBREOFFICE
    return last.startswith(_OF_EXCEL) or (last.startswith(start) and last.endswith(end))


def _finding(name: str) -> Bevinding:
    reason = "dit is een bestand van het systeem van de leverancier en is overgeslagen."
    return Bevinding(_shown(name), reason, "", Ernst.OPMERKING, "systeembestand overgeslagen")


def _lock_finding(name: str) -> Bevinding:
    start, end = _OF_LIBREOFFICE
    last = PurePosixPath(name).name.removeprefix(_OF_EXCEL).removeprefix(start).removesuffix(end)
    reason = f"dit is het slot van een spreadsheet die nog open stond ({quoted(_shown(last))}) en is overgeslagen."
    remedy = "Vraag de leverancier of alles was bewaard, en verwijder dit bestand."
    return Bevinding(_shown(name), reason, remedy, Ernst.WAARSCHUWING, "slot overgeslagen")


def _shown(name: str) -> str:
    return shown_value(masked(name))
