"""What must be said with a comparison: what the files cannot tell, and what was left out of it.

Belongs here: the sentences, each without a number, since they stand in the report as well. Not here: finding any of
this (walk.py, renumbered.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass

SLEUTEL = "sleutel"
"""The kind of finding that makes corrections and late rows one: nobody can be told from another."""


@dataclass(frozen=True)
class Bevinding:
    """One sentence. `zeker`: the split over corrections and late rows can be relied upon in spite of it."""

    soort: str
    zin: str
    zeker: bool = True


def other_key() -> Bevinding:
    """Not one person of the old edition is in the new one."""
    return Bevinding(
        SLEUTEL,
        "Geen enkele persoon van de eerdere editie komt in de nieuwe voor: de V-nummers zijn met een andere sleutel "
        "vervangen, of het zijn andere personen. Correcties en nagekomen zijn daarom niet uit elkaar te houden.",
        zeker=False,
    )


def lacking(extracts: Iterable[str]) -> Bevinding:
    """Extracts with rows in the old delivery and none in the new one."""
    return Bevinding(
        "ontbreekt",
        f"De levering van de eerdere editie had rijen in {listed(extracts)}, die van de nieuwe niet. Wat dat doet, "
        "staat onder correcties, maar er is niets verbeterd: er ontbreekt een bestand.",
        zeker=False,
    )


def added(extracts: Iterable[str]) -> Bevinding:
    """Extracts with rows in the new delivery and none in the old one."""
    return Bevinding(
        "erbij",
        f"De levering van de nieuwe editie heeft rijen in {listed(extracts)}, die van de eerdere niet. Wat dat doet, "
        "staat onder nagekomen.",
    )


def lacking_later(extracts: Iterable[str]) -> Bevinding:
    """The same as `lacking`, of two half-years."""
    return Bevinding(
        "ontbreekt",
        f"De levering van het oudste halfjaar had rijen in {listed(extracts)}, die van het nieuwste niet. Cijfers "
        "daaruit zijn nu n.v.t.; dat is geen verloop.",
        zeker=False,
    )


def renumbered(tables: Iterable[str], *, moves: bool) -> Bevinding:
    """Rows with another number; `moves`: the new numbers alone made other figures."""
    said = f"In {listed(tables)} hebben rijen een ander nummer dan in de eerdere editie (hernummerd). "
    if moves:
        return Bevinding(
            "hernummerd",
            f"{said}Bij gelijke dagen beslist het nummer, en daardoor zijn cijfers anders; dat staat onder correcties.",
            zeker=False,
        )
    return Bevinding("hernummerd", f"{said}Dat alleen verandert geen cijfer.")


def ambiguous(tables: Iterable[str]) -> Bevinding:
    """Rows of which nobody can tell whether they changed, or went and came."""
    return Bevinding(
        "dubbelzinnig",
        f"In {listed(tables)} is een rij weg en een andere nieuw die dezelfde kan zijn, onder een ander nummer. Of dat "
        "een correctie is, of dat de ene is vervallen en de andere nagekomen, is niet te zien.",
        zeker=False,
    )


def new_columns(columns: Iterable[str]) -> Bevinding:
    """Columns that the old delivery did not have (`table.column`)."""
    return Bevinding(
        "kolom_nieuw",
        f"Nieuw sinds de eerdere editie: {listed(columns)}. Rijen zijn vergeleken zonder wat niet in beide staat; wat "
        "het doet, staat onder definitie of code.",
    )


def gone_columns(columns: Iterable[str]) -> Bevinding:
    """Columns that the new delivery does not have any more (`table.column`)."""
    return Bevinding(
        "kolom_weg",
        f"Weg sinds de eerdere editie: {listed(columns)}. Rijen zijn vergeleken zonder wat niet in beide staat; wat "
        "het doet, staat onder definitie of code.",
    )


def listed(names: Iterable[str]) -> str:
    """a, b en c, by name."""
    *first, last = sorted(names)
    return f"{', '.join(first)} en {last}" if first else last
