"""Typesetting many pages at once: a pool of processes, each with the style sheet and the letter read once.

Belongs here: dividing the work over the cores and judging each page. Not here: what is on a page (sheet.py), setting
one document (pdf.py). Which process sets a page, and after which other pages, changes none of its bytes.
"""

import multiprocessing.util
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.core.document.pdf import Opmaak, berg_letter_op, lees_opmaak, zet_met_opmaak
from pipeline.core.document.sheet import Blad, style_sheet
from pipeline.core.document.validation import bezwaren, keur
from pipeline.core.errors import DocumentFout

MEESTE = 32
"""Most processes that are started, however many cores there are: each holds some 150 MB."""
# A process must read everything first; for fewer pages than this that costs more than it gives.
_MINST_PER_PROCES = 8
_PER_KEER = 4


@dataclass(frozen=True)
class Opdracht:
    """A page to set: its name for messages, its contents, what stands before the identifiers of its tags."""

    naam: str
    blad: Blad
    voorvoegsel: str


def kernen() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0))


def zet_bladen(opdrachten: Sequence[Opdracht], processen: int | None = None) -> Iterator[bytes]:
    """The PDF of each page, in the order given; `processen` at most (all cores when None).

    DocumentFout names the page that is longer than one page, breaks a rule of PDF/UA-1 or PDF/A-3a, or cannot be set.
    """
    aantal = min(processen or kernen(), MEESTE, max(1, len(opdrachten) // _MINST_PER_PROCES))
    if aantal == 1:
        yield from map(zet_blad, opdrachten)
        return
    # Not forked: DuckDB's threads are at work in this process, and a copy of their locks would never open.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(aantal, mp_context=context)
    try:
        yield from pool.map(zet_blad, opdrachten, chunksize=_PER_KEER)
    except BrokenProcessPool as error:
        raise DocumentFout(
            "een van de processen die bladen zetten is gestopt, misschien door te weinig geheugen; start opnieuw, en "
            "met minder processen als het weer gebeurt (--processen 1)"
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@cache
def _opmaak() -> Opmaak:
    """The style sheet and the letter, once per process."""
    opmaak = lees_opmaak(style_sheet())
    multiprocessing.util.Finalize(None, berg_letter_op, (opmaak.letter,), exitpriority=1)
    return opmaak


def zet_blad(opdracht: Opdracht) -> bytes:
    """One page, set and judged in this process."""
    with TemporaryDirectory(prefix="voortgang-blad-") as place:
        werk = Path(place)
        for naam, beeld in opdracht.blad.beelden.items():
            (werk / naam).write_text(beeld, encoding="utf-8")
        gezet = zet_met_opmaak(opdracht.blad.html, werk, _opmaak(), opdracht.voorvoegsel)
    if gezet.bladzijden != 1:
        raise DocumentFout(f"{opdracht.naam} past niet op één bladzijde, maar neemt er {gezet.bladzijden}")
    if fouten := bezwaren(keur(gezet.content)):
        raise DocumentFout(f"{opdracht.naam}: {'; '.join(fouten)}")
    return gezet.content


def opdrachten_van(bladen: Iterable[tuple[str, str, Blad]]) -> list[Opdracht]:
    """The pages to set, from their name, their mark among the others and their contents."""
    return [Opdracht(naam, blad, f"{kenmerk}-") for naam, kenmerk, blad in bladen]
