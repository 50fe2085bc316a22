"""A process that publishes edition 3 in a child of its own each time, which is killed (-9) at the moment asked for.

Started by test_killed.py. Each line read: `heel` or `kort` (with or without setting the documents anew), the moment (0
for none) and the output folder. Each answer: the signal as a negative number, or the number of moments and then 0.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

import docxtpl  # noqa: F401  (what a publication imports stands ready before the first child)
import page  # noqa: F401
import weasyprint  # noqa: F401

import pipeline.core.document.render  # noqa: F401
from pipeline.core.edition_store import edition_folder
from pipeline.core.periods import Periode
from pipeline.core.publication import publish_edition
from tests.runs import documents_of

PERIODE = Periode(2016, 1)
SOURCE = 3
ACCEPTED = {"taakstelling_aangekondigd": "de twee ontbrekende plaatsen zijn bekend"}


def publish(output: Path, nummer: int) -> None:
    publish_edition(output, PERIODE, nummer, reden="proef", wie="proef", aanvaard=ACCEPTED)


class Moments:
    """Counts what the program asks of the system (files opened, renamed, locked, made read-only, removed) and kills the
    process without mercy at the one that is meant; 0 for none.
    """

    def __init__(self, last: int) -> None:
        self.seen, self.last = 0, last

    def __call__(self, event: str, _: tuple[Any, ...]) -> None:
        if event == "open" or event.startswith(("os.", "shutil.", "fcntl.")):
            self.seen += 1
            if self.seen == self.last:
                os.kill(os.getpid(), signal.SIGKILL)


def publish_with_documents_of(output: Path, nummer: int) -> None:
    """Publish with the documents of the edition itself, which are not set anew: all else is as it is."""
    with documents_of(edition_folder(output, PERIODE, nummer)):
        publish(output, nummer)


def serve() -> None:
    print("klaar", flush=True)
    for line in sys.stdin:
        whole, last, output = line.rstrip().split(" ", 2)
        child = os.fork()
        if child == 0:
            moments = Moments(int(last))
            sys.addaudithook(moments)
            (publish if whole == "heel" else publish_with_documents_of)(Path(output), SOURCE)
            print(moments.seen, flush=True)
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        print(-os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status), flush=True)


if __name__ == "__main__":
    serve()
