"""Rejects in plain text, for whoever asks: the list of findings and the letters, decrypted where they are encrypted.

Belongs here: choosing the rejects and writing them to a folder. Not here: making them (editions.py).
"""

import os
from pathlib import Path

from pipeline.core.edition_store import edition_folder, edition_numbers
from pipeline.core.editions import REJECTS
from pipeline.core.errors import GebruiksFout
from pipeline.core.periods import Periode
from pipeline.core.storage_key import storage_key
from pipeline.core.vault import logical_name, opened


def export_rejects(output: Path, periode: Periode, nummer: int | None, target: Path) -> tuple[Path, tuple[Path, ...]]:
    """Write the rejects of edition `nummer` to the new or empty folder `target`, only for the eyes of who asks; where
    they came from, and the files by name.

    Without a number those of the refused delivery where there is one, else of the newest edition. GebruiksFout when
    there are none or `target` holds something; OpslagFout when they cannot be decrypted.
    """
    source = _chosen(output, periode, nummer)
    if not source.is_dir():
        raise GebruiksFout(f"{source} bestaat niet; van {periode} is er hier geen afkeur")
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(target.iterdir()):
        raise GebruiksFout(f"{target} is niet leeg; kies een nieuwe of lege map")
    written = []
    with opened() as kluis:
        for path in sorted(source.iterdir()):
            content = bytearray()
            kluis.content(path, content.extend)
            place = target / logical_name(path, source)
            with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
            written.append(place)
    return source, tuple(written)


def told(place: Path, periode: Periode) -> str:
    """The folder with rejects as a sentence names it: with the command to read them where they are encrypted."""
    if storage_key() is None:
        return str(place)
    return f"{place}, versleuteld (leesbaar met `voortgang afkeur {periode} MAP`)"


def _chosen(output: Path, periode: Periode, nummer: int | None) -> Path:
    refused = output / str(periode) / REJECTS
    numbers = edition_numbers(output, periode)
    if nummer is None and (refused.is_dir() or not numbers):
        return refused
    return edition_folder(output, periode, nummer or max(numbers)) / REJECTS
