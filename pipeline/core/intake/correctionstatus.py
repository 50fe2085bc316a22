"""What the status of a correction means: whether it is applied, and what is said of it.

Belongs here: the statuses and the findings about them. Not here: the form of a correction (correctionform.py), applying
it (corrections.py).

`toegezegd`: the deliverer agrees and will mend the source; applied. `gemeld`: the deliverer has not answered yet;
applied, with a warning, for the figures stand on our word alone. `hersteld_in_bron`: the source should be right, so
nothing is applied, and a source that still holds the error is refused.
"""

from collections.abc import Iterable

from pipeline.core.intake.findings import Bevinding, Ernst

GEMELD, TOEGEZEGD, HERSTELD = "gemeld", "toegezegd", "hersteld_in_bron"
STATUSSEN = (GEMELD, TOEGEZEGD, HERSTELD)


def status_findings(file: str, corrections: Iterable[tuple[int, str, str]]) -> tuple[Bevinding, ...]:
    """A finding for each of (number, status, extract) that must not pass in silence, in the order of their numbers."""
    return tuple(
        finding
        for number, status, extract in sorted(set(corrections))
        if (finding := _finding(file, number, status, extract)) is not None
    )


def _finding(file: str, number: int, status: str, extract: str) -> Bevinding | None:
    if status == GEMELD:
        reason = f"correctie {number} op {extract} is toegepast, maar de leverancier heeft haar nog niet bevestigd."
        remedy = "Vraag om een antwoord en verander de status, of verwijder de correctie."
        return Bevinding(file, reason, remedy, Ernst.WAARSCHUWING, "correctie niet bevestigd")
    if status == HERSTELD:
        reason = f"correctie {number} op {extract} is niet toegepast: de bron is hersteld."
        return Bevinding(file, reason, "Zij kan weg.", Ernst.OPMERKING, "correctie hersteld in de bron")
    return None
