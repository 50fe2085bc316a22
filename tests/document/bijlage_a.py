"""Reads bijlage A back from the text of the PDF, as a reader copies it: every number of every row, to the digit.

Belongs here: which column is which figure, and the order of the rows. Not here: how numbers are formatted; they are
read back as numbers.
"""

import re
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path

REKENING = (
    "taakstelling.saldo_begin",
    "taakstelling.netto",
    "taakstelling.gecorrigeerd",
    *(f"realisatie.maand_{maand}" for maand in range(1, 7)),
    "realisatie.totaal",
    "realisatie.percentage",
    "saldo.eind",
)
BOEKEN = (
    "boekhouding.open_ouder",
    "boekhouding.open_eigen",
    "boekhouding.voorsprong",
    "realisatie.per_100k",
    "controle.artikel_29_verschil",
    "controle.adams_verschil",
)
# Between these and the last column when persons were delivered. The stand comes between the first list and the second.
PERSONEN = (
    "opvang.opgevangen",
    "koppelingen.totaal",
    "koppelingen.langer_dan_norm",
    "koppelingen.beschikbaar",
    "aansluiting.verschil",
)
# Of a municipality alone.
HALFJAREN = ("toezicht.halfjaren_achter",)
_KOP = "Cijfers per gemeente"
_GETAL = r"(?:[−+]?\d{1,3}(?:\.\d{3})*(?:,\d)?%?|n\.v\.t\.)"
_RIJ = re.compile(
    rf"\s*(?P<naam>\S.*?)\s+(?P<rekening>{_GETAL}(?:\s+{_GETAL}){{11}})(?:\s+(?P<stand>achter|exact|voor))?"
    rf"(?P<rest>(?:\s+{_GETAL}){{6,12}})\s*"
)

Cijfer = Callable[[str, str], Decimal | None]


@dataclass(frozen=True)
class Gebied:
    """A row of the appendix: code and name; the province and the stand of a municipality, else empty."""

    code: str
    naam: str
    provincie: str = ""
    stand: str = ""


@dataclass(frozen=True)
class Rij:
    """A row as printed: the name up to the end of its first line, the numbers (None for n.v.t.), the stand."""

    naam: str
    getallen: tuple[Decimal | None, ...]
    stand: str


def lees(pdf: Path) -> list[Rij]:
    """All rows with numbers of the pages of bijlage A, in the order in which they stand there."""
    opdracht = ["pdftotext", "-layout", str(pdf), "-"]
    tekst = subprocess.run(opdracht, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    bladen = (blad.strip("\n").splitlines() for blad in tekst.split("\f"))
    # The running head; on an openbaar page its mark stands on the line before.
    van_bijlage = (blad for blad in bladen if any(regel.rstrip().endswith(_KOP) for regel in blad[:2]))
    regels = [regel for blad in van_bijlage for regel in blad]
    gevonden = (_RIJ.fullmatch(regel) for regel in regels)
    return [
        Rij(match["naam"], tuple(map(_getal, (match["rekening"] + match["rest"]).split())), match["stand"] or "")
        for match in gevonden
        if match
    ]


def _getal(tekst: str) -> Decimal | None:
    if tekst == "n.v.t.":
        return None
    return Decimal(tekst.rstrip("%").lstrip("+").replace("−", "-").replace(".", "").replace(",", "."))


def verwacht(
    gemeenten: Sequence[Gebied], provincies: Sequence[Gebied], cijfer: Cijfer, personen: bool = False
) -> list[Rij]:
    """What must stand there: a table per province with its sum, and one of all provinces with the country."""
    land = Gebied("NL", "Nederland")
    per_provincie = {naam: tuple(groep) for naam, groep in groupby(gemeenten, key=lambda g: g.provincie)}
    assert list(per_provincie) == [provincie.naam for provincie in provincies]

    def rijen(gebieden: Iterable[Gebied], kolommen: Sequence[str]) -> Iterator[Rij]:
        for gebied in gebieden:
            yield Rij(gebied.naam, tuple(cijfer(kolom, gebied.code) for kolom in kolommen), gebied.stand)

    kolommen = REKENING + BOEKEN + (PERSONEN if personen else ())
    uit: list[Rij] = []
    for provincie in provincies:
        uit += rijen(per_provincie[provincie.naam], kolommen + HALFJAREN)
        uit += rijen((provincie,), kolommen)
    uit += rijen((*provincies, land), kolommen)
    return uit


def verschillen(gelezen: Sequence[Rij], gewenst: Sequence[Rij]) -> list[tuple[Rij | None, Rij | None]]:
    """Rows that are not as they must be; a long name may go on below its own line."""
    paren = [
        (een, ander)
        for een, ander in zip(gelezen, gewenst, strict=False)
        if (een.getallen, een.stand) != (ander.getallen, ander.stand) or not ander.naam.startswith(een.naam)
    ]
    kort = min(len(gelezen), len(gewenst))
    return [*paren, *((rij, None) for rij in gelezen[kort:]), *((None, rij) for rij in gewenst[kort:])]
