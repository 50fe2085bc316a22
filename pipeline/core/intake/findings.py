"""What intake has to say about a delivery: one finding, one clear Dutch sentence.

Belongs here: the shape of a finding, its sentence, and the readable selection that an analyst sees. Not here: the rules
that make findings (rules.py, preflight.py, headers.py) nor the tables in which they are kept (intake.py).
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pipeline.core.errors import InvoerFout

PER_SOORT = 10
"""How many findings of one kind are written out before they are counted."""

LONGEST_VALUE = 60

GEVOLG = "gevolg van een geweigerde rij"
"""The rule that refuses a row because the row it refers to was refused: said once per file, with the number."""


class Ernst(StrEnum):
    """How bad a finding is; the values stand in `levering.afkeur.ernst`."""

    BLOKKADE = "blokkade"
    """The file or the delivery cannot be used."""
    GEWEIGERD = "geweigerd"
    """This row is refused; the contract says how many refused rows a file may have."""
    WAARSCHUWING = "waarschuwing"
    """Read, but somebody must look at it."""
    OPMERKING = "opmerking"
    """Read as it was meant; named so that nothing happens in silence."""


@dataclass(frozen=True)
class Bevinding:
    """One finding. `regel` is the physical line in the file (from 1), `kolom` the header as the file has it.

    `reden` holds the value found and what was expected, `herstel` what to do next; `controle` names the rule that
    spoke.
    """

    bestand: str
    reden: str
    herstel: str
    ernst: Ernst
    controle: str
    blad: str | None = None
    regel: int | None = None
    kolom: str | None = None
    waarde: str | None = None

    @property
    def zin(self) -> str:
        """The finding as one line: where, what, what was expected, what to do."""
        place = [self.bestand]
        if self.blad is not None:
            place.append(f"blad {quoted(self.blad)}")
        if self.regel is not None:
            place.append(f"regel {self.regel}")
        if self.kolom is not None:
            place.append(f"kolom {quoted(self.kolom)}")
        return f"{', '.join(place)}: {self.reden} {self.herstel}".strip()


class LeveringGeweigerd(InvoerFout):
    """InvoerFout of a delivery that was read but may not be used; `bevindingen` holds every finding, also those not
    written out. `gelezen`: its files were read, so that `levering.afkeur` holds the findings.
    """

    def __init__(self, boodschap: str, bevindingen: tuple[Bevinding, ...], *, gelezen: bool = False) -> None:
        super().__init__(boodschap, readable_lines(bevindingen))
        self.bevindingen = bevindingen
        self.gelezen = gelezen

    def with_list(self, folder: str) -> "LeveringGeweigerd":
        """The same refusal, naming the folder in which every finding and the letters stand."""
        named = LeveringGeweigerd(str(self.args[0]), self.bevindingen, gelezen=self.gelezen)
        named.regels = (*named.regels, f"Alle bevindingen, en een brief per leverancier, staan in {folder}.")
        return named


def readable_lines(findings: Iterable[Bevinding], per_kind: int = PER_SOORT) -> tuple[str, ...]:
    """The sentences of `findings` in their order, at most `per_kind` of one kind per file; the rest is counted in one
    line per kind. Rows refused for what they refer to are one line per file.
    """
    found = tuple(findings)
    total = Counter((finding.bestand, finding.controle) for finding in found)
    shown: Counter[tuple[str, str]] = Counter()
    lines: list[str] = []
    for finding in found:
        kind = (finding.bestand, finding.controle)
        shown[kind] += 1
        if finding.controle == GEVOLG and total[kind] > 1:
            lines += [_consequence(finding, total[kind])] if shown[kind] == 1 else []
        elif shown[kind] <= per_kind:
            lines.append(finding.zin)
    for (file, rule), count in total.items():
        hidden = count - per_kind
        if hidden > 0 and rule != GEVOLG:
            lines.append(f"{file}: en nog {hidden} keer '{rule}'; de afkeurlijst noemt ze alle {count}.")
    return tuple(lines)


def _consequence(first: Bevinding, count: int) -> str:
    return (
        f"{first.bestand}: {count} rijen zijn geweigerd omdat zij verwijzen naar een regel die zelf is geweigerd, de "
        f"eerste op regel {first.regel}: {first.reden} {first.herstel}"
    )


def shown_value(value: str) -> str:
    """`value` as a sentence can carry it: no invisible characters, not longer than a line can bear (sqltext.shown is
    its twin in SQL).
    """
    visible = "".join(_visible(sign) for sign in value)
    return visible if len(visible) <= LONGEST_VALUE else visible[: LONGEST_VALUE - 1] + "…"


def quoted(value: str) -> str:
    """`value` between quotes that it does not hold itself (sqltext.template is its twin in SQL)."""
    return f'"{value}"' if "'" in value else f"'{value}'"


def _visible(sign: str) -> str:
    if sign == "\n":
        return "⏎"
    return "\ufffd" if unicodedata.category(sign) in {"Cc", "Cf", "Zl", "Zp"} else sign
