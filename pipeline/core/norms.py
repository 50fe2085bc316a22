"""The norms of the clocks: how many weeks something may take, and from which day that holds.

Belongs here: the shipped norms, those of the settings that replace them, and the table `invoer.normen`. Not here: which
norm counts on the peildatum (sql/staging/normen.sql), what is late (SQL).
"""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.errors import GebruiksFout
from pipeline.core.reference import read_verified

if TYPE_CHECKING:
    import duckdb

SHIPPED = "normen.csv"
# koppeling: from permit to koppeling; aanbod: from koppeling to aanbod; huisvesting: from koppeling to housing;
# vergunning: from permit to housing.
CLOCKS = ("koppeling", "aanbod", "huisvesting", "vergunning")
_OWN = "Instellingen van deze rapportage"
_MOST_WEEKS = 520


@dataclass(frozen=True, order=True)
class Norm:
    """`weken` weeks for `klok`, for every peildatum from `geldig_vanaf` until the next norm of that clock."""

    klok: str
    geldig_vanaf: date
    weken: int
    bron: str


def shipped_norms() -> tuple[Norm, ...]:
    """The norms of `pipeline/reference/normen.csv`, ordered by clock and date; ReferentieFout when it is damaged."""
    text = read_verified(SHIPPED).decode("utf-8")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return tuple(
        sorted(
            Norm(row["klok"], date.fromisoformat(row["geldig_vanaf"]), int(row["weken"]), row["bron"]) for row in rows
        )
    )


def norms_of_settings(listed: object, path: Path) -> tuple[Norm, ...]:
    """The `[[normen]]` of the settings file at `path`; GebruiksFout says what is wrong with which of them."""
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        raise GebruiksFout(f"configuratie {path}: schrijf normen als [[normen]] met klok, weken en geldig_vanaf")
    norms = tuple(sorted(_norm(entry, f"configuratie {path}, norm {number}") for number, entry in enumerate(listed, 1)))
    for one, other in pairwise(norms):
        if (one.klok, one.geldig_vanaf) == (other.klok, other.geldig_vanaf):
            raise GebruiksFout(
                f"configuratie {path}: de klok {one.klok} heeft twee normen vanaf {one.geldig_vanaf}; laat er een weg"
            )
    return norms


def _norm(entry: dict[str, object], where: str) -> Norm:
    known = {"klok", "weken", "geldig_vanaf", "bron"}
    if unknown := sorted(entry.keys() - known):
        raise GebruiksFout(f"{where}: onbekende instelling {unknown[0]!r}; bekend zijn klok, weken, geldig_vanaf, bron")
    klok, weken, start, bron = (entry.get(name) for name in ("klok", "weken", "geldig_vanaf", "bron"))
    if klok not in CLOCKS:
        raise GebruiksFout(f"{where}: onbekende klok {klok!r}; bekend zijn {', '.join(CLOCKS)}")
    if not isinstance(weken, int) or isinstance(weken, bool) or not 0 < weken <= _MOST_WEEKS:
        raise GebruiksFout(f"{where}: weken moet een geheel getal van 1 tot en met {_MOST_WEEKS} zijn, niet {weken!r}")
    if not isinstance(start, date) or isinstance(start, datetime):
        raise GebruiksFout(f"{where}: geldig_vanaf moet een datum zijn zoals 2016-07-01, niet {start!r}")
    if bron is not None and (not isinstance(bron, str) or not bron.strip()):
        raise GebruiksFout(f"{where}: bron moet tekst zijn, niet {bron!r}")
    return Norm(str(klok), start, weken, str(bron or _OWN))


def norms_for(own: tuple[Norm, ...], peildatum: date) -> tuple[Norm, ...]:
    """The norms of a run, ordered by clock and date: those of the settings for the clocks that they name, else the
    shipped ones.

    GebruiksFout when a clock has no norm that holds on `peildatum`.
    """
    replaced = {norm.klok for norm in own}
    norms = tuple(sorted([*own, *(norm for norm in shipped_norms() if norm.klok not in replaced)]))
    for klok in CLOCKS:
        if not any(norm.klok == klok and norm.geldig_vanaf <= peildatum for norm in norms):
            raise GebruiksFout(
                f"de klok {klok} heeft geen norm die op {peildatum} geldt; geef er bij [[normen]] in de configuratie "
                "een met een eerdere geldig_vanaf"
            )
    return norms


def store_norms(con: "duckdb.DuckDBPyConnection", norms: tuple[Norm, ...]) -> None:
    """Write `invoer.normen`: one row per clock and first day, in that order."""
    con.execute("create or replace table invoer.normen (klok varchar, weken integer, geldig_vanaf date, bron varchar)")
    for norm in norms:
        con.execute(
            "insert into invoer.normen values (?, ?, ?, ?)", [norm.klok, norm.weken, norm.geldig_vanaf, norm.bron]
        )


def norms_used(con: "duckdb.DuckDBPyConnection") -> tuple[Norm, ...]:
    """The rows of `invoer.normen`, ordered by clock and date."""
    rows = con.execute("select klok, geldig_vanaf, weken, bron from invoer.normen").fetchall()
    return tuple(sorted(Norm(*row) for row in rows))
