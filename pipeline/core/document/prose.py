"""Words for figures: number words, directions and the small choices that a sentence makes on a figure.

Belongs here: helpers by which a template or a text says something true about a figure for any period. Not here: the
sentences themselves (`tekst/`), the bounds of words such as bijna (magnitudes.py), the writing of numbers (dutch.py).
"""

from datetime import date
from decimal import Decimal
from typing import Protocol

from pipeline.core.document import magnitudes
from pipeline.core.document.dutch import MIN, format_cijfer, format_datum, format_getal
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

    def bestaat(self, cijfer_id: str) -> bool:
        """Whether there is a figure of this id, in whatever area and with or without a value."""


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

    def verandering(self, verschil_id: str, procent_id: str | None = None, gebied: str = "NL") -> str:
        """A change in words: gestegen met 1.909 (8,3 procent), gedaald met 2,1 procentpunt, gelijk gebleven.

        `verschil_id` is the figure of the change; `procent_id` that of the change in percent, left out when unknown.
        """
        waarde = self._waarde(verschil_id, gebied)
        if waarde == 0:
            return "gelijk gebleven"
        punten = " procentpunt" if self._register.cijfer(verschil_id, gebied).eenheid == "procentpunt" else ""
        bij = ""
        if procent_id is not None and self.bekend(procent_id, gebied):
            deel = self._waarde(procent_id, gebied)
            if (deel > 0) != (waarde > 0):
                raise DocumentFout(
                    f"{verschil_id!r} en {procent_id!r} wijzen niet dezelfde kant op; zo is er niets op te schrijven"
                )
            bij = f" ({magnitudes.procent_getal(abs(deel))} procent)"
        richting = "gestegen" if waarde > 0 else "gedaald"
        return f"{richting} met {self.absoluut(verschil_id, gebied)}{punten}{bij}"

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

    def woord(self, cijfer_id: str, enkel: str, meer: str, gebied: str = "NL") -> str:
        """A count with its noun, in words up to twelve: geen gemeenten, één gemeente, twee gemeenten, 17 gemeenten."""
        aantal = self._heel_getal("woord", cijfer_id, gebied)
        return f"{telwoord(aantal)} {enkel if aantal == 1 else meer}"

    def vorm(self, cijfer_id: str, enkel: str, meer: str, gebied: str = "NL") -> str:
        """The words that go with one, or with any other number: ligt, liggen."""
        return enkel if self._waarde(cijfer_id, gebied) == 1 else meer

    def procent(self, cijfer_id: str, gebied: str = "NL") -> str:
        """A percentage in a sentence: 50,9 procent, 80 procent."""
        waarde = self._waarde(cijfer_id, gebied)
        if self._register.cijfer(cijfer_id, gebied).eenheid != "procent":
            raise DocumentFout(f"procent() gaat over een percentage; {cijfer_id} is dat niet")
        return f"{magnitudes.procent_getal(waarde)} procent"

    def deel(self, cijfer_id: str, gebied: str = "NL") -> str:
        """A percentage as a fraction where one is near: bijna de helft, ruim een derde, ruim 80 procent."""
        return str(magnitudes.rond_deel(self._percentage("deel", cijfer_id, gebied)))

    def ongeveer(self, cijfer_id: str, woord: str | None = None, gebied: str = "NL") -> str:
        """The figure in round words: bijna 15.000, ruim 6.000, ca. 14.400, ruim 80 procent.

        The house chooses a true word. A `woord` given here (bijna, ruim, ca.) that is not true raises DocumentFout.
        """
        if self._register.cijfer(cijfer_id, gebied).eenheid == "procent":
            gevonden = magnitudes.rond_procent(self._percentage("ongeveer", cijfer_id, gebied))
        else:
            gevonden = magnitudes.rond_aantal(Decimal(self._heel_getal("ongeveer", cijfer_id, gebied)))
        if woord is None:
            return str(gevonden)
        if woord not in magnitudes.WOORDEN:
            raise DocumentFout(f"ongeveer() kent {woord!r} niet; kies uit {', '.join(magnitudes.WOORDEN)}")
        gekozen = magnitudes.met_woord(woord, gevonden)
        if gekozen is None:
            raise DocumentFout(
                f"{woord!r} is niet waar: {cijfer_id} is {format_cijfer(self._register.cijfer(cijfer_id, gebied))}; "
                f"waar is {str(gevonden)!r}, schrijf ongeveer({cijfer_id!r})"
            )
        return str(gekozen)

    def circa(self, cijfer_id: str, gebied: str = "NL") -> str:
        """ca. 6.000; the number alone when it is exactly that."""
        return self.ongeveer(cijfer_id, magnitudes.CIRCA, gebied)

    def ruim(self, cijfer_id: str, gebied: str = "NL") -> str:
        """ruim 6.000; DocumentFout when the figure is not a little above a round number."""
        return self.ongeveer(cijfer_id, magnitudes.RUIM, gebied)

    def bijna(self, cijfer_id: str, gebied: str = "NL") -> str:
        """bijna 15.000; DocumentFout when the figure is not a little below a round number."""
        return self.ongeveer(cijfer_id, magnitudes.BIJNA, gebied)

    def minstens(self, aantal_id: str, ondergrens_id: str, gebied: str = "NL") -> str:
        """'ten minste' where all that `aantal_id` counts is a lower bound (`ondergrens_id` counts as many), else ''."""
        aantal = self._waarde(aantal_id, gebied)
        return "ten minste" if 0 < aantal == self._waarde(ondergrens_id, gebied) else ""

    def vergelijk(self, cijfer_id: str, met_id: str, gebied: str = "NL") -> str:
        """One figure beside another of the same unit: aanzienlijk lager dan, iets hoger dan, gelijk aan."""
        eenheden = {self._register.cijfer(een, gebied).eenheid for een in (cijfer_id, met_id)}
        waarden = self._waarde(cijfer_id, gebied), self._waarde(met_id, gebied)
        if len(eenheden) > 1 or min(waarden) < 0:
            raise DocumentFout(
                f"{cijfer_id!r} en {met_id!r} zijn niet te vergelijken: een andere eenheid, of een waarde onder nul"
            )
        return magnitudes.vergelijking(*waarden)

    def datum(self, dag: str) -> str:
        """A date that is written as 2016-09-29: 29 september 2016."""
        try:
            return format_datum(date.fromisoformat(dag))
        except ValueError:
            raise DocumentFout(f"{dag!r} is geen datum; schrijf haar als 2016-09-29") from None

    def _heel_getal(self, hulp: str, cijfer_id: str, gebied: str) -> int:
        waarde = self._waarde(cijfer_id, gebied)
        if waarde < 0 or waarde != waarde.to_integral_value():
            raise DocumentFout(
                f"{hulp}() gaat over een heel getal van nul of hoger; "
                f"{cijfer_id} is {format_cijfer(self._register.cijfer(cijfer_id, gebied))}"
            )
        return int(waarde)

    def _percentage(self, hulp: str, cijfer_id: str, gebied: str) -> Decimal:
        waarde = self._waarde(cijfer_id, gebied)
        if waarde < 0 or self._register.cijfer(cijfer_id, gebied).eenheid != "procent":
            raise DocumentFout(f"{hulp}() gaat over een percentage van nul of hoger; {cijfer_id} is dat niet")
        return waarde
