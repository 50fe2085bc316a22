"""Whether `gepubliceerd.json` names the edition that was published: against the editions and against the logbook.

Belongs here: judging the mark. Not here: setting it (edition_store.py), reading the edition that it names (earlier.py).
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.core.edition_store import (
    PUBLISHED,
    EditieFout,
    edition_numbers,
    manifest_of,
    noted_publications,
)
from pipeline.core.manifest import MANIFEST, sha256_file
from pipeline.core.periods import Periode

_SHOWN = 16


@dataclass(frozen=True)
class Merk:
    """The mark of a half-year: the edition that it names (None: none, or not readable), and what is wrong with it.

    `onaf`: a publication was cut off before its edition was named; the mark itself is still a true one.
    """

    editie: int | None = None
    bezwaar: str = ""
    onaf: str = ""


def read_mark(output: Path, periode: Periode) -> Merk:
    """Judge the mark of a half-year. EditieFout when the logbook cannot be read.

    It is wrong when it is missing although the logbook tells of a publication, cannot be read, names an edition that is
    not there or was made as a concept, or notes another manifest than the edition has or than the logbook noted at its
    publication.
    """
    path = output / str(periode) / PUBLISHED
    published = noted_publications(output, periode)
    last = published[-1][0] if published else None
    if not path.is_file():
        return Merk(bezwaar=_without_mark(last))
    try:
        mark = json.loads(path.read_text(encoding="utf-8"))
        nummer, sha256 = mark["editie"], mark["manifest_sha256"]
    except (OSError, ValueError, KeyError, TypeError):
        return Merk(bezwaar="is niet te lezen als merk van de gepubliceerde editie; zet het terug uit een reservekopie")
    if not isinstance(nummer, int) or nummer not in edition_numbers(output, periode):
        return Merk(bezwaar=f"noemt editie {str(nummer)[:_SHOWN]}, maar die bestaat niet")
    folder = output / str(periode) / "edities" / str(nummer)
    if objection := _about_edition(folder, nummer, sha256, published):
        return Merk(nummer, objection)
    if published and (nummer, sha256) != published[-1]:
        return Merk(
            nummer,
            onaf=f"noemt editie {nummer}, maar volgens het logboek is daarna editie {last} gepubliceerd: dat is "
            "afgebroken, of het merk is teruggezet; publiceer opnieuw",
        )
    return Merk(nummer)


def _without_mark(last: int | None) -> str:
    if last is None:
        return ""
    return f"ontbreekt, maar volgens het logboek is editie {last} gepubliceerd; zet het terug of publiceer opnieuw"


def _about_edition(folder: Path, nummer: int, sha256: Any, published: tuple[tuple[int, str], ...]) -> str:
    """What is wrong with naming the edition in `folder`; '' for nothing."""
    try:
        manifest = manifest_of(folder)
    except EditieFout as error:
        return f"noemt editie {nummer}, maar {error}"
    if not manifest["besluit"]["gepubliceerd"]:
        return f"noemt editie {nummer}, maar dat is een concept; alleen een gepubliceerde editie kan gelden"
    found = sha256_file(folder / MANIFEST)
    if sha256 != found:
        return (
            f"noemt bij editie {nummer} een manifest met sha256 {str(sha256)[:_SHOWN]}; dat van de editie heeft "
            f"{found[:_SHOWN]}"
        )
    noted = [known for number, known in published if number == nummer]
    if not noted:
        return f"noemt editie {nummer}, maar het logboek kent geen publicatie daarvan"
    if sha256 not in noted:
        return f"noemt bij editie {nummer} een ander manifest dan het logboek bij de publicatie ({noted[-1][:_SHOWN]})"
    return ""
