"""Words of magnitude, each with its bounds: bijna, ruim, ca., een kwart, iets hoger, aanzienlijk lager.

Belongs here: the choice of such a word for a value, and the test whether a word that somebody chose is true. Not here:
the register and the sentences (prose.py). The bounds are our own choice; they stand here as constants and in
`tekst/LEESMIJ.md`, and a property test holds every word to them. Nothing here is a figure: a round number is a
way of speaking about one.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pipeline.core.document.dutch import format_getal

BIJNA, RUIM, CIRCA, PRECIES = "bijna", "ruim", "ca.", ""
WOORDEN = (BIJNA, RUIM, CIRCA)

# A round number lies at most this part of itself away from the value.
AFSTAND = Fraction(1, 100)
# `bijna` and `ruim` also keep within this part of the step between two round numbers; further off it is `ca.`.
DEEL_VAN_STAP = Fraction(1, 4)
# Percentages: round ones are five apart; at most two points and at most a twenty-fifth of the round one away.
STAP_PROCENT = 5
PUNTEN = Fraction(2)
DEEL_VAN_PROCENT = Fraction(1, 25)
# Comparisons, as part of what is compared with: up to a twentieth is `iets`, from a fifth on `aanzienlijk`.
IETS = Fraction(1, 20)
AANZIENLIJK = Fraction(1, 5)

# Fractions by their percentage, and their names. Thirds are no round percentages and are compared exactly.
BREUKEN = (
    (Fraction(25), "een kwart"),
    (Fraction(100, 3), "een derde"),
    (Fraction(50), "de helft"),
    (Fraction(200, 3), "twee derde"),
    (Fraction(75), "drie kwart"),
)
# A percentage with one decimal stands for everything that rounds to it.
_HALVE_DECIMAAL = Fraction(1, 20)


@dataclass(frozen=True)
class Rond:
    """A round number near a value and the word that says on which side the value lies; `rond` is the text of it."""

    woord: str
    rond: str

    def __str__(self) -> str:
        return f"{self.woord} {self.rond}".strip()


def rond_getal(waarde: Decimal) -> int:
    """The round number by which `waarde` is spoken of: the coarsest of one, two or three digits within AFSTAND.

    14.957 -> 15.000, 6.050 -> 6.000, 14.432 -> 14.400. Below a hundred, and where nothing round is near enough, the
    value itself. `waarde` is a whole number of zero or more.
    """
    getal = int(waarde)
    stappen = [10**macht for macht in range(len(str(getal)) - 1, 0, -1)][:3] if getal >= 100 else []
    for stap in stappen:
        rond = _naaste(getal, stap)
        if abs(rond - getal) <= rond * AFSTAND:
            return rond
    return getal


def rond_aantal(waarde: Decimal) -> Rond:
    """A whole number of zero or more in round words: bijna 15.000, ruim 6.000, ca. 14.400, 87."""
    rond = rond_getal(waarde)
    verschil = rond - int(waarde)
    tekst = format_getal(rond)
    if verschil == 0:
        return Rond(PRECIES, tekst)
    if abs(verschil) > _stap(rond) * DEEL_VAN_STAP:
        return Rond(CIRCA, tekst)
    return Rond(BIJNA if verschil > 0 else RUIM, tekst)


def rond_procent(waarde: Decimal) -> Rond:
    """A percentage of zero or more in round words: ruim 80 procent, 50 procent; 77,4 procent where nothing is near."""
    exact = Fraction(waarde)
    rond = _naaste(exact, STAP_PROCENT)
    if rond == exact:
        return Rond(PRECIES, f"{format_getal(rond)} procent")
    if abs(rond - exact) <= min(PUNTEN, rond * DEEL_VAN_PROCENT):
        return Rond(BIJNA if rond > exact else RUIM, f"{format_getal(rond)} procent")
    return Rond(PRECIES, f"{procent_getal(waarde)} procent")


def rond_deel(waarde: Decimal) -> Rond:
    """A percentage as a fraction where one is near: bijna de helft, een derde; else as rond_procent."""
    exact = Fraction(waarde)
    afstand, breuk, naam = min((abs(breuk - exact), breuk, naam) for breuk, naam in BREUKEN)
    if afstand == 0 or (breuk.denominator > 1 and afstand < _HALVE_DECIMAAL):
        return Rond(PRECIES, naam)
    if afstand <= min(PUNTEN, breuk * DEEL_VAN_PROCENT):
        return Rond(BIJNA if breuk > exact else RUIM, naam)
    return rond_procent(waarde)


def met_woord(woord: str, gevonden: Rond) -> Rond | None:
    """The same round number with the word that somebody chose; None when that word would be untrue.

    `ca.` is true on both sides, and is left out where the number is exact; `bijna` and `ruim` are true only where the
    house chooses them itself.
    """
    if woord == CIRCA:
        return gevonden if gevonden.woord == PRECIES else Rond(CIRCA, gevonden.rond)
    return gevonden if woord == gevonden.woord else None


def vergelijking(waarde: Decimal, met: Decimal) -> str:
    """`waarde` beside `met`, both zero or more: gelijk aan, iets hoger dan, lager dan, aanzienlijk lager dan."""
    if waarde == met:
        return "gelijk aan"
    richting = "hoger dan" if waarde > met else "lager dan"
    if met == 0:
        return richting
    deel = abs(Fraction(waarde) - Fraction(met)) / Fraction(met)
    graad = "iets " if deel <= IETS else "aanzienlijk " if deel >= AANZIENLIJK else ""
    return graad + richting


def procent_getal(waarde: Decimal) -> str:
    """A percentage of the register without a decimal that says nothing: 80, 50,9."""
    return format_getal(waarde, 0 if waarde == waarde.to_integral_value() else 1)


def _naaste(waarde: int | Fraction, stap: int) -> int:
    """The multiple of `stap` nearest to `waarde`, the higher one halfway."""
    deel = Fraction(waarde) / stap
    return stap * ((2 * deel.numerator + deel.denominator) // (2 * deel.denominator))


def _stap(rond: int) -> int:
    """The distance between round numbers like this one: 1.000 for 15.000, 100 for 14.400."""
    stap = 1
    while rond % (stap * 10) == 0:
        stap *= 10
    return stap
