"""How the Dutch write numbers, dates and half-years.

Belongs here: pure formatting of one value into text. Not here: sentences (prose.py), arithmetic, or anything that
reads the register. A float is never accepted: figures are whole numbers or decimals, and rounding has been done once,
in `sql/report`.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from pipeline.core.errors import DocumentFout
from pipeline.core.periods import Periode

MIN = "\u2212"
NIET_VAN_TOEPASSING = "n.v.t."

MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
_RANGTELWOORD = {1: "eerste", 2: "tweede"}

# Decimals and suffix that belong to each unit of the register.
_EENHEDEN: dict[str, tuple[int, str]] = {
    "personen": (0, ""),
    "koppelingen": (0, ""),
    "dagen": (0, ""),
    "halfjaren": (0, ""),
    "weken": (1, ""),
    "huishoudens": (0, ""),
    "hele weken": (0, ""),
    "gemeenten": (0, ""),
    "inwoners": (0, ""),
    "jaar": (0, ""),
    "keer": (0, ""),
    "plaats": (0, ""),
    "personen per maand": (0, ""),
    "procent": (1, "%"),
    "procentpunt": (1, ""),
    "per 100.000 inwoners": (1, ""),
}


_VAST = "\u00a0"
_MAAND = re.compile(rf"(?<=\d) ({'|'.join(MAANDEN)})\b(?: (?=\d{{4}}\b))?")
# What counts: its number stays with it.
_TELBAAR = re.compile(
    r"(?<=\d) (?=(?:personen|persoon|vergunninghouders|gemeenten|huishoudens|koppelingen|weken|week|dagen|maanden|"
    r"procent|procentpunt|inwoners|halfjaren|rijen)\b)"
)
_NUMMER = re.compile(r"\b(noot|artikel|art\.|paragraaf|hoofdstuk|bijlage|ca\.) (?=\d)")
_TEKSTKNOOP = re.compile(r">[^<]*\d[^<]*(?=<)")


class HeeftWaarde(Protocol):
    """What a figure must carry to be printed: a value and its unit."""

    @property
    def waarde(self) -> Decimal | None:
        """Rounded as it is printed; None prints as n.v.t."""

    @property
    def eenheid(self) -> str:
        """Says how the value is written."""


def format_getal(waarde: Decimal | int, decimalen: int = 0, *, teken: bool = False, punten: bool = True) -> str:
    """`waarde` with points per thousand, a comma and a true minus: 1.015; 83,3; −8. With `teken` a plus above zero.

    Raises TypeError for a float or bool, DocumentFout when `waarde` carries more decimals than are printed: rounding
    is not done here, because then a printed total and its printed parts could differ from what was published.
    """
    if isinstance(waarde, bool) or not isinstance(waarde, Decimal | int):
        raise TypeError(f"een getal om af te drukken is een Decimal of int, niet {type(waarde).__name__}")
    exact = Decimal(waarde)
    if not exact.is_finite():
        raise DocumentFout(f"de waarde {waarde} is geen eindig getal en kan niet worden afgedrukt")
    printed = exact.quantize(Decimal(1).scaleb(-decimalen), rounding=ROUND_HALF_UP)
    if printed != exact:
        raise DocumentFout(
            f"de waarde {waarde} heeft meer dan {decimalen} decimalen; rond haar af in sql/report, niet bij het drukken"
        )
    digits = f"{abs(printed):,f}" if punten else f"{abs(printed):f}"
    text = digits.replace(",", "_").replace(".", ",").replace("_", ".")
    if printed < 0:
        return MIN + text
    return f"+{text}" if teken and printed > 0 else text


def format_cijfer(cijfer: HeeftWaarde, teken: bool = False) -> str:
    """A figure of the register in the form its unit asks for; `n.v.t.` when it has no value.

    Raises DocumentFout for a unit that has no form here.
    """
    try:
        decimalen, achtervoegsel = _EENHEDEN[cijfer.eenheid]
    except KeyError:
        raise DocumentFout(
            f"de eenheid {cijfer.eenheid!r} heeft geen schrijfwijze; voeg haar toe in dutch.py"
        ) from None
    if cijfer.waarde is None:
        return NIET_VAN_TOEPASSING
    return format_getal(cijfer.waarde, decimalen, teken=teken, punten=heeft_punten(cijfer.eenheid)) + achtervoegsel


def heeft_punten(eenheid: str) -> bool:
    """Whether thousands of this unit are set apart; those of a year are not."""
    return eenheid != "jaar"


def format_datum(dag: date) -> str:
    """1 juli 2016."""
    return f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}"


def format_datum_kort(dag: date) -> str:
    """1-7-2016, for table heads."""
    return f"{dag.day}-{dag.month}-{dag.year}"


def maandnaam(dag: date) -> str:
    """The month of `dag` in full: januari."""
    return MAANDEN[dag.month - 1]


def maandnaam_kort(dag: date) -> str:
    """The month of `dag` in three or four letters, for axes and table heads: jan, mrt, juni."""
    name = MAANDEN[dag.month - 1]
    return {"maart": "mrt", "mei": "mei", "juni": "juni", "juli": "juli", "september": "sept"}.get(name, name[:3])


def halfjaar(periode: Periode) -> str:
    """het eerste halfjaar van 2016."""
    return f"het {_RANGTELWOORD[periode.halfjaar]} halfjaar van {periode.jaar}"


def halfjaar_kop(periode: Periode) -> str:
    """Eerste halfjaar 2016, for titles."""
    return f"{_RANGTELWOORD[periode.halfjaar].capitalize()} halfjaar {periode.jaar}"


def opsomming(delen: Iterable[str], voegwoord: str = "en") -> str:
    """a, b en c."""
    items = list(delen)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {voegwoord} {items[-1]}"


def met_hoofdletter(tekst: str) -> str:
    """First letter as a capital; the rest stays as it is (IJ as one letter)."""
    if tekst[:2].lower() == "ij":
        return "IJ" + tekst[2:]
    return tekst[:1].upper() + tekst[1:]


def bijeen(tekst: str) -> str:
    """The text with no-break spaces within dates, between a number and what it counts, and before a number that names
    a note, an article or a chapter.
    """
    met_maand = _MAAND.sub(lambda m: f"{_VAST}{m[1]}{_VAST if m[0].endswith(' ') else ''}", tekst)
    return _NUMMER.sub(rf"\1{_VAST}", _TELBAAR.sub(_VAST, met_maand))


def bijeen_html(html: str) -> str:
    """The same for the body of a document, in its text alone: attributes and the facts in its head stay as they are."""
    kop, begin, romp = html.partition("<body>")
    return kop + begin + _TEKSTKNOOP.sub(lambda m: bijeen(m[0]), romp)
