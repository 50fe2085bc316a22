"""How a delivered name becomes a code: by exact alias of the reporting year, never by likeness.

Belongs here: the registry of code lists that a contract may refer to (`relationships`), and the suggestions for names
that are not in them. Not here: the reference data itself (pipeline/core/reference.py).
"""

# Names in the SQL come from shipped contracts and are checked there; values are literals() or parameters.
# ruff: noqa: S608

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pipeline.core.intake.contracts import ContractFout
from pipeline.core.intake.findings import quoted
from pipeline.core.intake.rowstore import Cell, insert_rows
from pipeline.core.intake.sqltext import identifier, literal, normalised
from pipeline.core.periods import Periode

if TYPE_CHECKING:
    import duckdb

Suggest = Callable[[str, int], Sequence[str]]
"""(name, year) -> names of that year that are close; only ever shown, never used."""

MAX_SUGGESTED = 200
"""For so many unknown names per column suggestions are looked up; a file with more has another problem."""


@dataclass(frozen=True)
class Lookup:
    """A code list. `sql` gives (alias, code, van, tot): the days from `van` up to `tot` on which the name holds, NULL
    for always. `noun` is what an unknown name is not.
    """

    sql: str
    noun: str
    remedy: str
    suggests: bool = False


# A gemeente that changes its name during a year is known by the old one, too, until the year is over.
_YEAR_END = "cast(date_trunc('year', a.geldig_tot - 1) + interval 1 year as date)"

LOOKUPS = {
    "gemeenten.gemeentecode": Lookup(
        sql=f"""
            select
                a.alias, a.gemeentecode as code,
                greatest(a.geldig_van, make_date(g.jaar, 1, 1)) as van,
                least({_YEAR_END}, nullif(make_date(g.jaar + 1, 1, 1), make_date(laatste.jaar + 1, 1, 1))) as tot
            from referentie.aliassen as a
            inner join referentie.gemeenten as g on g.gemeentecode = a.gemeentecode
            cross join (select max(jaar) as jaar from referentie.gemeenten) as laatste
            where greatest(a.geldig_van, make_date(g.jaar, 1, 1)) < coalesce({_YEAR_END}, date '9999-12-31')
            and coalesce(a.geldig_van, date '0001-01-01') < make_date(g.jaar + 1, 1, 1)
        """,
        noun="gemeente van ${jaar}",
        remedy="Verbeter de naam in het bestand.",
        suggests=True,
    ),
    "gemeentecodes.gemeentecode": Lookup(
        sql="""
            select distinct gemeentecode as alias, gemeentecode as code, null::date, null::date
            from referentie.gemeenten
        """,
        noun="code van een gemeente",
        remedy="Schrijf de code van het CBS, zoals GM0363.",
    ),
    "provincies.provinciecode": Lookup(
        sql="select alias, provinciecode as code, null::date, null::date from referentie.provincie_aliassen",
        noun="provincie",
        remedy="Schrijf de naam als 'Drenthe' of 'Provincie Drenthe'.",
    ),
}


def lookup_of(reference: str) -> Lookup:
    """The code list that a contract calls `reference`; ContractFout when there is none."""
    if reference not in LOOKUPS:
        raise ContractFout(f"verwijzing {reference!r} is onbekend; bekend zijn {', '.join(sorted(LOOKUPS))}")
    return LOOKUPS[reference]


def make_lookup(con: "duckdb.DuckDBPyConnection", reference: str, table: str) -> tuple[date, ...]:
    """Make the temporary table `table(alias, tijdvak, code, codes)`: per spelling and stretch of days its code and how
    many codes it could mean.

    Returns the days on which a stretch begins, ascending: stretch n is from the n-th of them up to the next, stretch 0
    before the first. Names are compared by equality of both, which is fast for millions of rows.
    """
    bounds = con.execute(
        f"""
        with lijst(alias, code, van, tot) as ({lookup_of(reference).sql})
        select distinct dag from (select van as dag from lijst union all select tot from lijst)
        where dag is not null order by dag
        """
    ).fetchall()
    days = tuple(day for (day,) in bounds)
    starts: list[list[Cell]] = [[number, str(day)] for number, day in enumerate(days, start=1)]
    con.execute("create or replace temp table intake_tijdvakken (tijdvak integer, van date)")
    # Before the first day on hand nothing is known, so the names of that day count there too.
    insert_rows(con, "intake_tijdvakken", [[0, "0001-01-01"], *starts])
    first = literal(str(days[0])) if days else "'0001-01-01'"
    con.execute(
        f"""
        create or replace temp table {identifier(table)} as
        with lijst(alias, code, van, tot) as ({lookup_of(reference).sql})
        select {normalised("l.alias")} as alias, t.tijdvak, min(l.code) as code, count(distinct l.code) as codes
        from lijst as l
        inner join intake_tijdvakken as t
            on greatest(t.van, date {first}) >= coalesce(l.van, date '0001-01-01')
            and greatest(t.van, date {first}) < coalesce(l.tot, date '9999-12-31')
        group by 1, 2
        """
    )
    con.execute("drop table intake_tijdvakken")
    return days


def stretch_sql(day: str, days: Sequence[date]) -> str:
    """The number of the stretch in which the day (SQL) lies."""
    return " + ".join(f"cast({day} >= date '{start}' as integer)" for start in days) or "0"


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
