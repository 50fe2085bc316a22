"""Errors that a user reads: one Dutch sentence each, with what was found and what to do next.

Belongs here: the exception types that cross rooms. Not here: the wording for one special case, which lives where it is
raised. A traceback is for developers; everything that an analyst can cause or mend is one of these.
"""


class VoortgangFout(Exception):
    """Base of every error with a Dutch message for the analyst."""


class GebruiksFout(VoortgangFout):
    """The command was called wrongly (exit code 3): an unknown period, a folder that does not exist."""


class InvoerFout(VoortgangFout):
    """The delivery cannot be used (exit code 2). `regels` holds the readable lines, one per finding."""

    def __init__(self, boodschap: str, regels: tuple[str, ...] = ()) -> None:
        super().__init__(boodschap)
        self.regels = regels

    def __str__(self) -> str:
        return "\n".join((super().__str__(), *self.regels))


class ControleFout(VoortgangFout):
    """A blocking check found offending rows (exit code 2). `regels` holds one line per check and row, `titels` one per
    check, without any row.
    """

    def __init__(self, boodschap: str, regels: tuple[str, ...] = (), titels: tuple[str, ...] = ()) -> None:
        super().__init__(boodschap)
        self.regels = regels
        self.titels = titels

    def __str__(self) -> str:
        return "\n".join((super().__str__(), *self.regels))


class BezetFout(VoortgangFout):
    """Another run holds the period's warehouse and did not let go before the deadline (exit code 2)."""


class OnbekendCijfer(VoortgangFout):
    """A template or text asks for a figure that is not in the register."""


class DocumentFout(VoortgangFout):
    """The document cannot be made as it must be: a missing font, a warning of the typesetter, a missing library."""


class TekstFout(DocumentFout):
    """A text of the report is untrue or cannot be traced (exit code 2). `regels` holds one line per finding."""

    def __init__(self, boodschap: str, regels: tuple[str, ...] = ()) -> None:
        super().__init__(boodschap)
        self.regels = regels

    def __str__(self) -> str:
        return "\n".join((super().__str__(), *self.regels))


class ReferentieFout(VoortgangFout):
    """Shipped reference data is damaged: a checksum differs or a table misses rows."""
