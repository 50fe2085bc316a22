"""A register that remembers what was printed: every figure with its area, in the order of the document.

Belongs here: the record that templates and texts leave when they are rendered with it. Not here: what reads the
document back and holds it against the record (tests/document). A document rendered with it is the same to the byte.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from pipeline.core.document.prose import Cijferbron
from pipeline.core.figures import Cijfer


@dataclass(frozen=True)
class Gedrukt:
    """One text that a helper gave to a template or a text: by which helper, of which figures (id, area), the text."""

    hulp: str
    cijfers: tuple[tuple[str, str], ...]
    tekst: str


class Spoorbron:
    """Answers as the register that it stands before. `spoor`: what was printed; `gevraagd`: what was asked for beside
    that, by charts and by choices between sentences.
    """

    def __init__(self, register: Cijferbron) -> None:
        self._register = register
        self._nu: list[tuple[str, str]] | None = None
        self.spoor: list[Gedrukt] = []
        self.gevraagd: list[tuple[str, str]] = []

    def cijfer(self, cijfer_id: str, gebied: str = "NL") -> Cijfer:
        """The figure of the register."""
        (self.gevraagd if self._nu is None else self._nu).append((cijfer_id, gebied))
        return self._register.cijfer(cijfer_id, gebied)

    def bestaat(self, cijfer_id: str) -> bool:
        """Whether the register has a figure of this id."""
        return self._register.bestaat(cijfer_id)

    def volg(self, hulp: str, functie: Callable[..., object]) -> Callable[..., object]:
        """The helper `functie`, of which each text is remembered; what is no text is a choice, not a print."""

        @wraps(functie)
        def gevolgd(*args: object, **opties: object) -> object:
            self._nu = []
            try:
                uitkomst = functie(*args, **opties)
                if isinstance(uitkomst, str):
                    self.spoor.append(Gedrukt(hulp, tuple(self._nu), uitkomst))
            finally:
                self._nu = None
            return uitkomst

        return gevolgd
