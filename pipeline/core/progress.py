"""How far a run is, for whoever waits for it; never part of what it makes.

Belongs here: what can be told. Not here: drawing it (pipeline/terminal.py).
"""

INLEZEN, TABELLEN, DOCUMENT = "Inlezen", "Tabellen", "Document"


class Melder:
    """Hears of every step of a run, and says nothing."""

    def stap(self, fase: str, nummer: int, totaal: int, wat: str) -> None:
        """Step `nummer` (from 1) of the `totaal` in `fase` begins: `wat`. Phases follow each other."""


STIL = Melder()
