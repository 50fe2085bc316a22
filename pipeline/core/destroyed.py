"""What the logbook says of destroyed sources: which files of an edition, when, by whom and why.

Belongs here: reading those lines, and the sentence about them. Not here: destroying (retention.py).
"""

from dataclasses import dataclass
from pathlib import Path

from pipeline.core.edition_store import noted_lines
from pipeline.core.periods import Periode

_KINDS = ("te_vernietigen", "vernietigd")


@dataclass(frozen=True)
class Vernietiging:
    """The destruction of sources of one edition; `namen` of the files within it. `wanneer` is a time in UTC."""

    namen: frozenset[str]
    wanneer: str
    wie: str
    reden: str

    def __str__(self) -> str:
        return f"vernietigd op {self.wanneer[:10]} door {self.wie}: {self.reden}"


def decided(output: Path, periode: Periode, nummer: int | None) -> dict[str, str]:
    """SHA-256 by name of the files of an edition (None: beside the editions) that were to be destroyed."""
    lines = noted_lines(output, periode, nummer)
    return {name: sha for line in lines for name, sha in line.get("te_vernietigen", {}).items()}


def finished(output: Path, periode: Periode, nummer: int | None) -> bool:
    """Whether the last decision to destroy was carried out to the end."""
    kinds = [kind for line in noted_lines(output, periode, nummer) for kind in _KINDS if kind in line]
    return not kinds or kinds[-1] == "vernietigd"


def destruction_of(edition: Path) -> Vernietiging | None:
    """What was destroyed, or was to be, of the edition in this folder; None when nothing, or it is no edition that has
    its place. EditieFout when the logbook cannot be read.
    """
    if len(edition.parents) < 3 or not edition.name.isdecimal():
        return None
    output, periode = edition.parents[2], Periode.named(edition.parents[1].name)
    if periode is None:
        return None
    nummer = int(edition.name)
    lines = [line for line in noted_lines(output, periode, nummer) if any(kind in line for kind in _KINDS)]
    if not lines:
        return None
    names = frozenset(decided(output, periode, nummer))
    return Vernietiging(names, *(str(lines[-1].get(key, "onbekend")) for key in ("wanneer", "wie", "reden")))
