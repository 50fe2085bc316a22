"""The rules of a contract, run on a landed table.

Belongs here: making the typed table, running every rule, and the account of rows kept and refused. Not here: the SQL of
a rule (compiler.py), landing (reader.py), what becomes of the findings (intake.py).
"""

# Names in the SQL come from shipped contracts and are checked there; values are literals() or parameters.
# ruff: noqa: S608

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.core.intake.columnsql import lookup_table, suggestion_table
from pipeline.core.intake.compiler import Clean, Compiler, Surroundings, refused_table
from pipeline.core.intake.contracts import CONTRACTS, Contract, load_contract
from pipeline.core.intake.findings import Ernst
from pipeline.core.intake.lookups import LOOKUPS, Suggest, lookup_of, make_lookup, store_suggestions
from pipeline.core.intake.parts import HEADS, PARTS, Part, store_parts
from pipeline.core.intake.queries import FINDINGS, TYPED, Query
from pipeline.core.intake.sqltext import identifier, literal
from pipeline.core.periods import Periode

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Judged:
    """The account of a judged table: rows (without control totals), of which kept and refused."""

    rows: int
    kept: int
    refused: int
    totals: int


def judge(
    con: "duckdb.DuckDBPyConnection",
    contract: Contract,
    parts: tuple[Part, ...],
    periode: Periode,
    landed: str,
    suggest: Suggest,
    *,
    unreadable: int,
    accepted: frozenset[str] = frozenset(),
    clean: Clean | None = None,
) -> Judged:
    """Type the rows of the landed table and write every finding to FINDINGS; `unreadable` lines were refused before
    landing. `accepted`: the extracts whose tables stand in `levering` already. `clean`: rows that need no judgement,
    counted as kept.
    """
    compiler = prepare_rules(con, contract, parts, periode, accepted, clean)
    con.execute(f"create or replace temp table {TYPED} as {compiler.typed(identifier(landed))}")
    for column in compiler.referring:
        names = con.execute(compiler.unknown_names(column)).fetchall()
        offered = suggest if lookup_of(column.reference or "").suggests else _no_suggestion
        store_suggestions(con, [name for (name,) in names], periode, offered, suggestion_table(column))
    untouched = 0 if clean is None else clean.rows
    rows = untouched + _count(con, f"select count(*) from {TYPED} where __soort = 'rij'")
    totals = _count(con, f"select count(*) from {TYPED} where __soort = 'totaal'")
    queries = tuple(compiler.queries(rows, totals, unreadable))
    silent = _silent(con, queries)
    # Stable: the late ones keep their order among themselves.
    for order, query in sorted(enumerate(queries), key=lambda item: item[1].late):
        if order not in silent:
            con.execute(_insert(query, order))
    refused = _count(
        con,
        f"select count(*) from (select distinct deel, regel from {FINDINGS} "
        f"where ernst = '{Ernst.GEWEIGERD}' and regel is not null)",
    )
    kept = untouched + _count(con, f"select count(*) from {kept_source()}")
    landed_rows = untouched + _count(con, f"select count(*) from {TYPED}")
    return Judged(rows=landed_rows - totals, kept=kept, refused=refused, totals=totals)


def prepare_rules(
    con: "duckdb.DuckDBPyConnection",
    contract: Contract,
    parts: tuple[Part, ...],
    periode: Periode,
    accepted: frozenset[str],
    clean: Clean | None = None,
) -> Compiler:
    """The compiler for these parts, with the temporary tables that its SQL reads."""
    store_parts(con, contract, parts)
    con.execute(
        f"""
        create or replace temp table {FINDINGS} ( deel integer, regel integer, volgorde integer, controle varchar,
        ernst varchar, kolom varchar, waarde varchar, reden varchar, herstel varchar )
        """
    )
    present = {
        column.name
        for part in parts
        for column, place in zip(contract.headed, part.header.positions, strict=True)
        if place is not None
    }
    stretches = {
        column.reference: make_lookup(con, column.reference, lookup_table(column))
        for column in contract.columns
        if column.reference in LOOKUPS and (column.from_file or column.name in present)
    }
    serials = {part.number: part.serials for part in parts}
    return Compiler(contract, present, Surroundings(periode, stretches, accepted, clean, serials))


def kept_source() -> str:
    """The accepted rows of the last judged table, with all columns of the typed table."""
    return f"""(
        select t.* from {TYPED} as t
        anti join (select deel, regel from {FINDINGS} where ernst = '{Ernst.GEWEIGERD}') as f
        on f.deel = t.deel and f.regel = t.regel
        where t.__soort = 'rij'
    )"""


def kept_rows(contract: Contract, clean: Clean | None = None, where: str = "true") -> str:
    """Query of the accepted rows of the last judged table: the columns that intake keeps, ordered by the key."""
    columns = ", ".join(identifier(column.name) for column in contract.kept)
    order = ", ".join(identifier(column.name) for column in contract.key) or "all"
    more = "" if clean is None else f" union all select {columns} from {clean.source}"
    return f"select {columns} from (select {columns} from {kept_source()}{more}) where {where} order by {order}"


def keep_refused(con: "duckdb.DuckDBPyConnection", contract: Contract) -> None:
    """Keep which values stand on refused rows of the last judged table, and where first, for the columns that other
    extracts refer to: a row that refers to one of them is refused for that, and says so.
    """
    for name in _referred(contract.name):
        place = "d.bestand || coalesce(', blad ' || d.blad, '') || ', regel ' || t.regel"
        con.execute(
            f"""
            create or replace temp table {refused_table(contract.name, name)} as
            select t.{identifier(name)} as waarde, arg_min({place}, (t.deel, t.regel)) as plaats
            from {TYPED} as t
            inner join {PARTS} as d on d.nummer = t.deel
            semi join (select deel, regel from {FINDINGS} where ernst = '{Ernst.GEWEIGERD}') as f
            on f.deel = t.deel and f.regel = t.regel
            where t.{identifier(name)} is not null
            group by waarde
            """
        )


def forget_refused(con: "duckdb.DuckDBPyConnection") -> None:
    """Remove what keep_refused kept."""
    for extract in CONTRACTS:
        for name in _referred(extract):
            con.execute(f"drop table if exists {refused_table(extract, name)}")


def _referred(extract: str) -> tuple[str, ...]:
    """The columns of `extract` that other extracts refer to."""
    references = {column.reference for name in CONTRACTS for column in load_contract(name).columns}
    return tuple(sorted(item.split(".")[1] for item in references if item and item.split(".")[0] == extract))


def drop_work_tables(con: "duckdb.DuckDBPyConnection", contract: Contract, landed: str) -> None:
    """Remove what judging left behind in memory."""
    tables = [landed, TYPED, FINDINGS, HEADS, PARTS]
    tables += [
        table(column) for column in contract.columns if column.reference for table in (lookup_table, suggestion_table)
    ]
    for table in tables:
        con.execute(f"drop table if exists {identifier(table)}")


def _no_suggestion(_name: str, _year: int) -> tuple[str, ...]:
    return ()


def _count(con: "duckdb.DuckDBPyConnection", query: str) -> int:
    return int(con.execute(query).fetchall()[0][0])


def _silent(con: "duckdb.DuckDBPyConnection", queries: tuple[Query, ...]) -> frozenset[int]:
    """The places of the queries that offend nowhere, found in one pass over the rows instead of one pass each."""
    places = [place for place, query in enumerate(queries) if query.source == TYPED and not query.late]
    counts = ", ".join(f"count(*) filter (where {queries[place].where})" for place in places)
    found = con.execute(f"select {counts} from {TYPED}").fetchall()[0]
    return frozenset(place for place, count in zip(places, found, strict=True) if not count)


def _insert(query: Query, order: int) -> str:
    return f"""
        insert into {FINDINGS} select {query.part}, {query.line}, {order}, {literal(query.name)},
        {literal(query.severity)}, {query.head}, {query.value}, {query.reason}, {query.remedy}
        from {query.source} where {query.where}
    """
