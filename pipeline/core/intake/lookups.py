"""How a delivered name becomes a code: by exact alias of the reporting year, never by likeness.

Belongs here: the registry of code lists that a contract may refer to (`relationships`), and the suggestions for names
that are not in them. Not here: the reference data itself (pipeline/core/reference.py).
"""

# Names in the SQL come from shipped contracts and are checked there; values are literals() or parameters.
# ruff: noqa: S608

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.core.intake.contracts import ContractFout
from pipeline.core.intake.findings import quoted
from pipeline.core.intake.rowstore import insert_rows
from pipeline.core.intake.sqltext import identifier, normalised
from pipeline.core.periods import Periode

if TYPE_CHECKING:
    import duckdb

Suggest = Callable[[str, int], Sequence[str]]
"""(name, year) -> names of that year that are close; only ever shown, never used."""

MAX_SUGGESTED = 200
"""For so many unknown names per column suggestions are looked up; a file with more has another problem."""


@dataclass(frozen=True)
class Lookup:
    """A code list. `sql` gives (alias, code) and may use $jaar and $begin; `noun` is what an unknown name is not."""

    sql: str
    noun: str
    remedy: str
    suggests: bool = False


LOOKUPS = {
    "gemeenten.gemeentecode": Lookup(
        sql="""
            select a.alias, a.gemeentecode as code
            from referentie.aliassen as a
            inner join referentie.gemeenten as g on g.gemeentecode = a.gemeentecode and g.jaar = $jaar
            where coalesce(a.geldig_van, $begin) <= $begin and (a.geldig_tot is null or a.geldig_tot > $begin)
        """,
        noun="gemeente van ${jaar}",
        remedy="Verbeter de naam in het bestand.",
        suggests=True,
    ),
    "provincies.provinciecode": Lookup(
        sql="select alias, provinciecode as code from referentie.provincie_aliassen",
        noun="provincie",
        remedy="Schrijf de naam als 'Drenthe' of 'Provincie Drenthe'.",
    ),
}


def lookup_of(reference: str) -> Lookup:
    """The code list that a contract calls `reference`; ContractFout when there is none."""
    if reference not in LOOKUPS:
        raise ContractFout(f"verwijzing {reference!r} is onbekend; bekend zijn {', '.join(sorted(LOOKUPS))}")
    return LOOKUPS[reference]


def make_lookup(con: "duckdb.DuckDBPyConnection", reference: str, periode: Periode, table: str) -> None:
    """Make the temporary table `table(alias, code, codes)`: per spelling its code and how many codes it could mean."""
    lookup = lookup_of(reference)
    values = {"jaar": periode.jaar, "begin": periode.begin}
    con.execute(
        f"""
        create or replace temp table {identifier(table)} as
        select {normalised("alias")} as alias, min(code) as code, count(distinct code) as codes
        from ({lookup.sql})
        group by 1
        """,
        {name: value for name, value in values.items() if f"${name}" in lookup.sql},
    )


def store_suggestions(
    con: "duckdb.DuckDBPyConnection", names: Sequence[str], periode: Periode, suggest: Suggest, table: str
) -> None:
    """Make the temporary table `table(naam, tekst)` with, per unknown name, the Dutch half-sentence that offers the
    close ones.
    """
    con.execute(f"create or replace temp table {identifier(table)} (naam varchar, tekst varchar)")
    known = [(name, offer) for name in names[:MAX_SUGGESTED] if (offer := _offer(suggest(name, periode.jaar)))]
    insert_rows(con, identifier(table), known)


def _offer(names: Sequence[str]) -> str:
    if not names:
        return ""
    *first, last = [quoted(name) for name in names]
    return f"bedoelde u {', '.join(first)} of {last}?" if first else f"bedoelde u {last}?"
