"""The openbaar edition: the same report with rounded breakdowns of persons, beside the exact edition it belongs to.

Belongs here: making it from the frozen sources of that edition, and again from the rounding that it holds. Not here:
rounding (disclosure/), what an edition consists of (editions.py), placing (edition_store.py).

The exact edition stays the one that the next half-year builds upon. This one has no sources, no rejects and no row of a
person; its rounding stands in `afronding.csv` and is never found anew.
"""

import csv
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.disclosure.public import (
    TABLE,
    Afronding,
    find_rounding,
    make_public,
    read_rounding,
    write_rounding,
)
from pipeline.core.disclosure.rounding import BASIS
from pipeline.core.edition_store import public_folder
from pipeline.core.editions import Besluit, Inhoud, write_figures
from pipeline.core.frozen import frozen_warehouse
from pipeline.core.manifest import MANIFEST, Code, code_identity, sha256_file
from pipeline.core.warehouse import refuse_blocked, run_checks

if TYPE_CHECKING:
    import duckdb

_REGISTER = "cijfers.csv"
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


def write_new(work: Path, output: Path, besluit: Besluit) -> Inhoud:
    """Make the openbaar edition beside the exact one in `work`, finding a rounding; what was written.

    AfrondFout when there is no rounding in which all sums add up, or a figure would be exact that may not be.
    """
    with frozen_warehouse(work, work.parent) as con:
        afronding = find_rounding(con, published_before(con, output))
        return write_public(con, public_folder(work), besluit, afronding, work / MANIFEST)


def write_public(
    con: "duckdb.DuckDBPyConnection",
    folder: Path,
    besluit: Besluit,
    afronding: Afronding,
    exact_manifest: Path,
    code: Code | None = None,
) -> Inhoud:
    """Write the openbaar edition with this rounding into the new `folder`; the warehouse is rounded by it.

    The checks are those of the exact figures. The same sources, code, decisions and rounding give the same bytes.
    """
    results = run_checks(con)
    refuse_blocked(results)
    make_public(con, afronding)
    folder.mkdir()
    write_rounding(afronding, folder / TABLE)
    says = {
        "afgerond_op": BASIS,
        "editie_manifest_sha256": sha256_file(exact_manifest),
        "vervallen": _dropped(afronding),
    }
    return write_figures(con, folder, besluit, results, code or code_identity(), says)


def _dropped(afronding: Afronding) -> list[str]:
    """What is left out, in the words of a reader."""
    found: dict[str, set[str]] = {}
    for (name, gebied), value in afronding.items():
        if value is None:
            found.setdefault(next(words for start, words in _WORDS if name.startswith(start)), set()).add(gebied[:2])
    return sorted(
        words if areas & {"NL", "PV"} else f"{words} per gemeente en arbeidsmarktregio"
        for words, areas in found.items()
    )


def write_again(
    con: "duckdb.DuckDBPyConnection",
    kept: Path,
    folder: Path,
    besluit: Besluit,
    exact_manifest: Path,
    code: Code | None = None,
) -> Inhoud:
    """The openbaar edition once more, with the rounding that `kept` holds; `code`: what it calls the code."""
    return write_public(con, folder, besluit, read_rounding(kept / TABLE), exact_manifest, code)


def published_before(con: "duckdb.DuckDBPyConnection", output: Path) -> Afronding:
    """What the openbaar editions of the earlier half-years that this run builds upon said, for the country.

    Nothing of a half-year without one: the exact figures of its internal edition are not for readers.
    """
    found: Afronding = {}
    editions = con.execute("select distinct periode, editie from eerder.edities order by all").fetchall()
    for periode, nummer in editions:
        register = public_folder(output / periode / "edities" / str(nummer)) / _REGISTER
        if not register.is_file():
            continue
        with register.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["gebied"] == "NL" and row["waarde"]:
                    found[f"eerder.{periode}.{row['cijfer_id']}", "NL"] = Decimal(row["waarde"])
    return found
