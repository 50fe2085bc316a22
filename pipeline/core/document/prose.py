"""Words for figures: number words, directions and the small choices that a sentence makes on a figure.

Belongs here: helpers by which a template says something true about a figure for any period. Not here: the sentences
themselves (the templates) and the writing of numbers (dutch.py).
"""

from decimal import Decimal
from typing import Protocol

from pipeline.core.document.dutch import MIN, format_cijfer, format_getal
from pipeline.core.errors import DocumentFout
from pipeline.core.figures import Cijfer

_TELWOORDEN = (
    "geen", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf",
)  # fmt: skip

# How the code of a municipality begins; every other area is a sum of municipalities.
_GEMEENTE = "GM"


class Cijferbron(Protocol):
    """Whatever answers for a figure by id and area: the register, or one made up in a test."""

    def cijfer(self, cijfer_id: str, gebied: str = "NL") -> Cijfer:
        """The figure; OnbekendCijfer when it does not exist."""


def telwoord(aantal: int) -> str:
    """Number word up to twelve (0 is 'geen'), digits above."""
    return _TELWOORDEN[aantal] if 0 <= aantal < len(_TELWOORDEN) else format_getal(aantal)


def zonder_teken(cijfer: Cijfer) -> str:
    """The figure without its sign, for a sentence that says the direction in words."""
    return format_cijfer(cijfer).removeprefix(MIN)


def heel(cijfer: Cijfer) -> str:
    """The figure without a decimal that says nothing: 75% for 75,0%; 66,7% stays. For thresholds."""
    return format_cijfer(cijfer).replace(",0%", "%")


class Woorden:
    """What a template may ask about a figure besides its value: direction, sign, known or not, singular or plural.

    Every method takes a cijfer_id and a gebied. Except `bekend` they raise DocumentFout for a figure without a value:
    a sentence about something unknown must not be made.
    """

    def __init__(self, register: Cijferbron) -> None:
        self._register = register

    def _waarde(self, cijfer_id: str, gebied: str) -> Decimal:
        waarde = self._register.cijfer(cijfer_id, gebied).waarde
        if waarde is None:
            raise DocumentFout(
                f"cijfer {cijfer_id!r} voor {gebied!r} is niet bekend; de zin die het gebruikt kan niet worden gemaakt"
            )
        return waarde

    def bekend(self, cijfer_id: str, gebied: str = "NL") -> bool:
        """Whether the figure has a value."""
        return self._register.cijfer(cijfer_id, gebied).waarde is not None

    def is_nul(self, cijfer_id: str, gebied: str = "NL") -> bool:
        """Whether the figure is zero."""
        return self._waarde(cijfer_id, gebied) == 0

    def is_een(self, cijfer_id: str, gebied: str = "NL") -> bool:
        """Whether the figure is one, for singular and plural."""
        return self._waarde(cijfer_id, gebied) == 1

    def positief(self, cijfer_id: str, gebied: str = "NL") -> bool:
        """Whether the figure is above zero."""
        return self._waarde(cijfer_id, gebied) > 0

    def negatief(self, cijfer_id: str, gebied: str = "NL") -> bool:
        """Whether the figure is below zero."""
        return self._waarde(cijfer_id, gebied) < 0

    def heel(self, cijfer_id: str, gebied: str = "NL") -> str:
        """The figure without a decimal that says nothing, see `heel`."""
        return heel(self._register.cijfer(cijfer_id, gebied))

    def meervoud(self, cijfer_id: str, enkel: str, meer: str, gebied: str = "NL") -> str:
        """The figure with its noun: 1 gemeente, 17 gemeenten."""
        noun = enkel if abs(self._waarde(cijfer_id, gebied)) == 1 else meer
        return f"{format_cijfer(self._register.cijfer(cijfer_id, gebied))} {noun}"

    def absoluut(self, cijfer_id: str, gebied: str = "NL") -> str:
        """The figure without its sign."""
        self._waarde(cijfer_id, gebied)
        return zonder_teken(self._register.cijfer(cijfer_id, gebied))

    def verandering(self, cijfer_id: str, gebied: str = "NL") -> str:
        """A change in words: toegenomen met 1.909, afgenomen met 12, gelijk gebleven."""
        waarde = self._waarde(cijfer_id, gebied)
        if waarde == 0:
            return "gelijk gebleven"
        return f"{'toegenomen' if waarde > 0 else 'afgenomen'} met {self.absoluut(cijfer_id, gebied)}"

    def vergeleken(self, verschil_id: str, gebied: str = "NL") -> str:
        """A difference in words, to be followed by a noun: 2 minder dan, 3 meer dan, evenveel als."""
        waarde = self._waarde(verschil_id, gebied)
        if waarde == 0:
            return "evenveel als"
        return f"{self.absoluut(verschil_id, gebied)} {'meer' if waarde > 0 else 'minder'} dan"

    def saldo(self, cijfer_id: str, gebied: str = "NL") -> str:
        """A saldo in words: een achterstand van 5.283, een voorsprong van 12, geen achterstand en geen voorsprong.

        Of an area with more municipalities than one it is net, and the words say so: per saldo een achterstand.
        """
        waarde = self._waarde(cijfer_id, gebied)
        netto = "" if gebied.startswith(_GEMEENTE) else "per saldo "
        if waarde == 0:
            return f"{netto}geen achterstand en geen voorsprong"
        return f"{netto}een {'achterstand' if waarde > 0 else 'voorsprong'} van {self.absoluut(cijfer_id, gebied)}"

    def bruto(self, achterstand_id: str, voorsprong_id: str, gebied: str = "NL") -> str:
        """What a net saldo hides: bruto 6.446 achter en 1.163 voor."""
        return f"bruto {self.absoluut(achterstand_id, gebied)} achter en {self.absoluut(voorsprong_id, gebied)} voor"
