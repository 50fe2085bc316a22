"""Progress bars on a terminal.

Belongs here: drawing. Not here: what the steps are (core/progress.py). Imported only when there is a terminal.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from pipeline.core.progress import Melder


class Balken(Melder):
    """One bar per phase, each from the first step that is heard of it."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._bars: dict[str, TaskID] = {}

    def stap(self, fase: str, nummer: int, totaal: int, wat: str) -> None:
        """Set the bar of `fase`: the steps before this one are done."""
        if fase not in self._bars:
            for before in self._progress.tasks:
                self._progress.update(before.id, completed=before.total, wat="")
            self._bars[fase] = self._progress.add_task(fase, total=totaal, wat="")
        self._progress.update(self._bars[fase], completed=nummer - 1, total=totaal, wat=wat)


@contextmanager
def progress_bars(console: Console, title: str) -> Iterator[Melder]:
    """Bars below `title` as long as the work goes on; gone afterwards."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[wat]}"),
    )
    console.print(title)
    with Progress(*columns, console=console, transient=True) as progress:
        yield Balken(progress)
