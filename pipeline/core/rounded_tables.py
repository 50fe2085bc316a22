"""The figures of an edition as they may leave the house: register and open tables with rounded breakdowns of persons.

Belongs here: the folder with these files. Not here: rounding (disclosure/), the tables and their description
(editions.py, opendata.py). The edition itself is exact and is not changed.
"""

from dataclasses import dataclass
from pathlib import Path

from pipeline.core.disclosure.public import TABLE, Afronding, find_rounding, make_public, write_rounding
from pipeline.core.edition_store import BUSY, edition_folder, remove
from pipeline.core.editions import export_tables
from pipeline.core.errors import GebruiksFout
from pipeline.core.frozen import frozen_warehouse
from pipeline.core.opendata import write_open_data
from pipeline.core.periods import Periode

_README = "LEESMIJ.md"
# How the names of cells begin, and what they count.
_WORDS = (
    ("trechter.", "gekoppelde vergunninghouders en huishoudens"),
    ("koppelingen.", "wat het COA koppelde"),
    ("opvang.", "vergunninghouders in de opvang"),
    ("stroom.", "stand en stroom van de opvang"),
    ("aansluiting.", "de vergelijking van COA en gemeenten"),
    ("kansrijk.", "kansrijk koppelen"),
    ("wachttijd.", "aantallen bij de doorlooptijden"),
    ("", "andere uitsplitsingen van personen"),
)


@dataclass(frozen=True)
class Afgeronde:
    """What was written: the folder, the number of cells, and what was left out since no rounding exists with it."""

    map: str
    cellen: int
    weggelaten: tuple[str, ...]


def write_rounded(output: Path, periode: Periode, nummer: int, target: Path) -> Afgeronde:
    """Write the rounded register and open tables of an edition into the new folder `target`, whole or not at all.

    The same edition and code give the same bytes. GebruiksFout when the edition does not exist or `target` does;
    AfrondFout when no rounding keeps all sums, or a figure would be exact that may not be.
    """
    folder = edition_folder(output, periode, nummer)
    if target.exists():
        raise GebruiksFout(f"{target} bestaat al; noem een nieuwe map")
    work = target.with_name(f"{BUSY}{target.name}")
    remove(work)
    work.mkdir(parents=True)
    try:
        with frozen_warehouse(folder, work) as con:
            afronding = find_rounding(con, {})
            make_public(con, afronding)
            export_tables(con, work)
            cursor = con.execute("select peildatum, briefdatum from invoer.parameters")
            peildatum, briefdatum = cursor.fetchall()[0]
            titel = f"Huisvesting vergunninghouders {periode}, aantallen personen afgerond op vijftallen"
            write_open_data(con, work, titel, peildatum, briefdatum, nummer)
        write_rounding(afronding, work / TABLE)
        dropped = _dropped(afronding)
        (work / _README).write_text(_readme(titel, nummer, dropped), encoding="utf-8")
        work.rename(target)
    finally:
        remove(work)
    return Afgeronde(str(target), len(afronding), dropped)


def _dropped(afronding: Afronding) -> tuple[str, ...]:
    """What is left out, in the words of a reader."""
    found: dict[str, set[str]] = {}
    for (name, gebied), value in afronding.items():
        if value is None:
            found.setdefault(next(words for start, words in _WORDS if name.startswith(start)), set()).add(gebied[:2])
    return tuple(
        sorted(
            words if areas & {"NL", "PV"} else f"{words} per gemeente en arbeidsmarktregio"
            for words, areas in found.items()
        )
    )


def _readme(titel: str, nummer: int, dropped: tuple[str, ...]) -> str:
    lines = [
        f"# {titel}",
        "",
        f"Uit editie {nummer}. Taakstelling, realisatie en saldo zijn exact. Elk ander aantal personen of",
        "huishoudens is het vijftal eronder of erboven, zo dat alle sommen kloppen; het verschilt hoogstens vier van",
        "de telling. Percentages volgen uit de afgeronde aantallen. Medianen en gemiddelden staan er vanaf tien",
        "personen. Onder de provincie is de realisatie niet uitgesplitst, want haar totaal is exact bekend.",
        *(("", f"Weggelaten, omdat er geen afronding mee bestaat: {', '.join(dropped)}.") if dropped else ()),
        "",
        f"`{TABLE}` bevat elk afgerond aantal.",
    ]
    return "\n".join(lines) + "\n"
