"""Which rows and cells of a delivery are a correction and which came in late.

Belongs here: the tables of a delivery between the old and the new one. Not here: the order of the steps (walk.py).

A row is known by the key of its contract, under the number that it has now (renumbered.py). Gone, or another value
where there was one: a correction, and so is whatever a line of correcties.toml did that stands in one of the two
deliveries only. A new row, or a value where there was none: late. A new row that takes back an afmelding which the old
delivery had is a correction as well, and so is the new afmelding of the same person that comes in its place: that is
how the ledger of the COA corrects itself. As many new afmeldingen of a person are part of it as were taken back, the
earliest first.
"""

# Names of tables and columns come from shipped contracts; values are literals().
# ruff: noqa: S608

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.core.intake.columnsql import sql_type
from pipeline.core.intake.contracts import CONTRACTS, Column, load_contract
from pipeline.core.intake.sqltext import identifier, literal

if TYPE_CHECKING:
    import duckdb

HERINDELING = ("levering.rijk_herindeling", "levering.rijk_herindeling_personen")
_TAKES_BACK = {
    "coa_afmeldingen": """
        nieuw.corrigeert in (select afmelding_id from {old})
        or nieuw.afmelding_id in (
            with erbij as (
                select * from {new} as nu where nu.afmelding_id not in (select afmelding_id from {old})
            ),
            terug as (
                select persoon, count(*) as aantal
                from erbij
                where corrigeert in (select afmelding_id from {old})
                group by persoon
            )
            select erbij.afmelding_id
            from erbij
            inner join terug on erbij.persoon = terug.persoon
            where erbij.aantal > 0
            qualify row_number() over (partition by erbij.persoon order by erbij.datum, erbij.afmelding_id)
                <= terug.aantal
        )
    """
}
# Made by intake from the files themselves, beside the tables of the contracts.
_GENERATED = {"gemeenten_levering": ("gemeentecode",)}


@dataclass(frozen=True)
class Regel:
    """One line of correcties.toml as an edition keeps it; `kolom` and `nieuw` as in the file, None where there are
    none.
    """

    extract: str
    waar: str
    actie: str
    kolom: str | None
    nieuw: str | None


@dataclass(frozen=True)
class Rijen:
    """What differs in one table: rows with another value, rows that are gone, rows that were given a value where there
    was none, rows that are new, and rows that have another number (renumbered.py). `dubbelzinnig`: rows of which that
    is not certain. A row can be in the first, the third and the last two.
    """

    tabel: str
    gewijzigd: int
    vervallen: int
    aangevuld: int
    nieuw: int
    hernummerd: int = 0
    dubbelzinnig: int = 0


def other_lines(con: "duckdb.DuckDBPyConnection", old: str, new: str) -> tuple[Regel, ...]:
    """The lines of correcties.toml that one of the two tables has and the other has not."""
    columns = "extract, waar, actie, kolom, nieuw"
    rows = con.execute(
        f"""
        (select {columns} from {old} except all select {columns} from {new})
        union all
        (select {columns} from {new} except all select {columns} from {old})
        order by all
        """
    ).fetchall()
    return tuple(Regel(*row) for row in rows)


def corrected(table: str, old: str, new: str, lines: Iterable[Regel]) -> str:
    """SQL of the rows of `table` (`levering.x`) with the corrections alone: `old` and `new` are tables of its shape."""
    name = table.split(".")[1]
    keys, columns = _shape(name)
    own = [line for line in lines if line.extract == name]
    cells = ",\n".join(f"{_cell(column, own)} as {identifier(column)}" for column in columns)
    takes_back = [_TAKES_BACK[name].format(old=old, new=new)] if name in _TAKES_BACK else []
    by_file = [_added(name, line) for line in own if line.actie == "voeg_toe"]
    added = " or ".join(f"({part})" for part in (*takes_back, *by_file)) or "false"
    using = ", ".join(map(identifier, keys))
    kept = ", ".join(map(identifier, columns))
    return f"""
        select {cells}
        from {old} as oud
        inner join {new} as nieuw using ({using})
        union all
        select {kept}
        from {new} as nieuw
        anti join {old} as oud using ({using})
        where {added}
        order by all
    """


def count_rows(con: "duckdb.DuckDBPyConnection", table: str, old: str, new: str) -> Rijen:
    """How many rows of `table` are what."""
    keys, columns = _shape(table.split(".")[1])
    using = ", ".join(map(identifier, keys))
    others = [identifier(column) for column in columns if column not in keys]
    changed = " or ".join(f"(oud.{c} is not null and oud.{c} is distinct from nieuw.{c})" for c in others) or "false"
    filled = " or ".join(f"(oud.{c} is null and nieuw.{c} is not null)" for c in others) or "false"
    found = con.execute(
        f"""
        select
            (select count(*) from {old} as oud inner join {new} as nieuw using ({using}) where {changed}),
            (select count(*) from {old} as oud anti join {new} as nieuw using ({using})),
            (select count(*) from {old} as oud inner join {new} as nieuw using ({using}) where {filled}),
            (select count(*) from {new} as nieuw anti join {old} as oud using ({using}))
        """
    ).fetchall()[0]
    return Rijen(table, *found)


def has_shape(table: str) -> bool:
    """Whether the rows of the table can be told apart by a key."""
    schema, name = table.split(".")
    return schema == "levering" and (name in CONTRACTS or name in _GENERATED)


def _shape(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Key and columns of a table of the delivery."""
    if name in _GENERATED:
        return _GENERATED[name], ("gemeentecode", "rijen")
    contract = load_contract(name)
    return tuple(column.name for column in contract.key), tuple(column.name for column in contract.kept)


def _cell(column: str, lines: list[Regel]) -> str:
    """An empty cell stays empty, unless a line of correcties.toml filled it; any other is what it is now."""
    name = identifier(column)
    filled = [_filled(line, column) for line in lines if line.actie == "wijzig" and line.kolom == column]
    by_file = f" or {' or '.join(filled)}" if filled else ""
    return f"case when oud.{name} is not null{by_file} then nieuw.{name} end"


def _filled(line: Regel, column: str) -> str:
    """Whether the line can have filled this cell: in the row that it names, with its value, as far as the file writes
    these as the table does.
    """
    kept = {one.name: one for one in load_contract(line.extract).kept}
    named = dict(part.split(" = ", 1) for part in line.waar.split("; ") if " = " in part)
    told = {**named, column: line.nieuw or ""}
    return " and ".join(_same(kept[name], text) for name, text in told.items() if _told(kept, name)) or "true"


def _added(name: str, line: Regel) -> str:
    """Whether the line added this row: every value of it that is written in the file as the table has it."""
    contract = load_contract(name)
    values: dict[str, Any] = json.loads(line.nieuw or "{}")
    kept = {column.name: column for column in contract.kept}
    told = [kept[key] for key in values if _told(kept, key)]
    chosen = [column for column in told if column.key] or told
    return " and ".join(_same(column, str(values[column.name])) for column in chosen) or "false"


def _same(column: Column, text: str) -> str:
    value = f"try_cast({literal(text)} as {sql_type(column)})"
    return f"coalesce(nieuw.{identifier(column.name)} = {value}, {value} is null)"


def _told(columns: Mapping[str, Column], name: str) -> bool:
    """Whether file and table say the same there: V-numbers became pseudonyms, names codes and synonyms one word."""
    column = columns.get(name)
    return column is not None and not (column.pseudonym or column.reference or column.values)
