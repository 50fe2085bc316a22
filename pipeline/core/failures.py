"""What may be told outside the house of a run that failed: which check, which file, what to do. Never a person.

Belongs here: from an error to lines without any delivered value. Not here: sending them (notify.py).

A delivered value can stand in the reason of a finding, in the example rows of a check and in the text of a correction
that does not fit; none of those is told. File names are, masked.
"""

import re
from collections import Counter

from pipeline.core.errors import BezetFout, ControleFout, GebruiksFout, ReferentieFout, VoortgangFout
from pipeline.core.faults import machine_fault
from pipeline.core.intake.corrections import BESTAND, CorrectieFout
from pipeline.core.intake.findings import Ernst, LeveringGeweigerd
from pipeline.core.intake.pseudonyms import masked

MOST = 20
"""How many lines are told; the rest is counted."""

_PSEUDONYM = re.compile(r"[0-9a-f]{32,}")
_LONGEST = 300
_FAULTS = (Ernst.BLOKKADE, Ernst.GEWEIGERD)


def told(error: BaseException) -> tuple[str, ...]:
    """The lines that may leave the house about `error`."""
    if isinstance(error, LeveringGeweigerd):
        return _at_most(_findings(error))
    if isinstance(error, ControleFout):
        return _at_most(tuple(safe(title) for title in error.titels) or (safe(str(error.args[0])),))
    if isinstance(error, CorrectieFout):
        return (f"{BESTAND}: een correctie is niet toe te passen zoals zij er staat.",)
    if isinstance(error, VoortgangFout):
        return (safe(str(error.args[0]) if error.args else type(error).__name__),)
    fault = machine_fault(error)
    if fault is not None:
        return (safe(fault),)
    return (f"onverwachte fout ({type(error).__name__}); meld dit bij de beheerder.",)


TOLD_BY_NAME = frozenset(one.__name__ for one in (BezetFout, GebruiksFout, ReferentieFout)) | {"WarehouseFout"}
"""Errors of which the text alone is known elsewhere (of a run that could not begin), and holds nothing delivered."""


def _findings(error: LeveringGeweigerd) -> tuple[str, ...]:
    """One line per file and rule, with how often and what to do; the faults only."""
    faults = [one for one in error.bevindingen if one.ernst in _FAULTS]
    counts = Counter((one.bestand, one.controle) for one in faults)
    remedies = {(one.bestand, one.controle): one.herstel for one in reversed(faults)}
    return tuple(
        safe(f"{file}: {rule} ({count} keer). {remedies[file, rule]}".strip()) for (file, rule), count in counts.items()
    )


def _at_most(lines: tuple[str, ...]) -> tuple[str, ...]:
    rest = len(lines) - MOST
    return (*lines[:MOST], f"en nog {rest} bevindingen.") if rest > 0 else lines


def safe(text: str) -> str:
    """The first line of `text` with everything masked that can be a V-number or a pseudonym, not longer than a line."""
    line = masked(_PSEUDONYM.sub("…", text.partition("\n")[0]))
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
