"""Of every figure the rows that add up to it, or the formula over other figures: `sql/bewijs`.

Belongs here: reading those declarations, and adding up. Not here: any figure itself (sql/metrics, sql/report): what is
counted here is a second way to the same number, and tests hold the two against each other for every figure and area.

`sql/bewijs/<naam>.sql` is one select that lists rows: persons (`sleutel`), lines of the ledger, koppelingen,
municipalities. A line of `cijfers.csv` says for a figure, or a family of them by a pattern, which list (`rijen`), which
of its columns holds the municipality (`gebied`, empty for the country alone; the column `gebied` of a list says the
area itself, whose rows are not those of its municipalities), which rows (`waar`) and what is added up
(`telt`, SQL). A line of `formules.csv` gives a figure as SQL over others, named between brackets.
"""

# The SQL comes from the shipped files; values are parameters.
# ruff: noqa: S608

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.core.errors import VoortgangFout
from pipeline.core.house import house_path
from pipeline.core.sqlfiles import SqlFile, load_evidence
from pipeline.core.warehouse import create

if TYPE_CHECKING:
    import duckdb

SCHEMA = "bewijs"
LAND = "NL"
_GEBIED = "gebied"
_CIJFER = re.compile(r"\[([a-z0-9_]+\.[a-z0-9_]+)\]")
# What the list of a figure shows of a person in the place of the short key.
_PERSOON = "sleutel"


class BewijsFout(VoortgangFout):
    """A figure has no way back in `sql/bewijs`, or more than one."""


@dataclass(frozen=True)
class Rijen:
    """A figure as rows: the list, its column with the municipality ('' for none), which rows, what is added up."""

    lijst: str
    gebied: str
    waar: str
    telt: str


@dataclass(frozen=True)
class Formule:
    """A figure as SQL over other figures of the same area; `cijfers` are their ids in order."""

    tekst: str

    @property
    def cijfers(self) -> tuple[str, ...]:
        """The ids that the formula names, each once."""
        return tuple(dict.fromkeys(_CIJFER.findall(self.tekst)))


@dataclass(frozen=True)
class Telling:
    """What the rows of a figure add up to in one area, and how many rows they are."""

    waarde: Decimal | None
    rijen: int


def way_back(cijfer_id: str) -> Rijen | Formule:
    """How a figure is made of rows or of other figures; BewijsFout when `sql/bewijs` says nothing, or two things."""
    found: list[Rijen | Formule] = [
        *(
            Rijen(row["rijen"], row["gebied"], _filled(row["waar"], match), _filled(row["telt"], match))
            for row, match in _matching("cijfers.csv", cijfer_id)
        ),
        *(Formule(_filled(row["formule"], match)) for row, match in _matching("formules.csv", cijfer_id)),
    ]
    if len(found) != 1:
        raise BewijsFout(f"sql/bewijs kent van {cijfer_id} {len(found)} herleidingen; verwacht één")
    return found[0]


def _matching(name: str, cijfer_id: str) -> list[tuple[dict[str, str], re.Match[str]]]:
    found = ((row, re.fullmatch(row["cijfer"], cijfer_id)) for row in _declared(name))
    return [(row, match) for row, match in found if match]


@cache
def _declared(name: str) -> tuple[dict[str, str], ...]:
    with (house_path("sql") / SCHEMA / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _filled(text: str, match: re.Match[str]) -> str:
    """The text with `{group}` of the pattern filled in; the groups are words of ids, never anything delivered."""
    for name, value in match.groupdict().items():
        text = text.replace(f"{{{name}}}", value)
    return text


def lists() -> dict[str, SqlFile]:
    """The lists of rows by name."""
    return {file.name.split(".")[1]: file for file in load_evidence()}


def make_lists(con: "duckdb.DuckDBPyConnection", *names: str, stored: bool = False) -> None:
    """Make these lists in the schema `bewijs` of a warehouse, and the pseudonym of every short key.

    `stored`: as tables, for who reads them more than once.
    """
    con.execute(f"create schema if not exists {SCHEMA}")
    for name in names:
        create(con, f"{SCHEMA}.{name}", lists()[name].sql, view=not stored)
    tables = con.execute(
        "select table_name from information_schema.columns where table_schema = 'levering' and column_name = 'persoon' "
        "order by table_name"
    ).fetchall()
    persons = " union all ".join(f"select persoon from levering.{table}" for (table,) in tables)
    con.execute(
        f"""
        create or replace table {SCHEMA}.personen as
        select persoonsleutel(persoon) as sleutel, min(persoon) as persoon from ({persons})
        where persoon is not null group by all
        """
    )


def tally(con: "duckdb.DuckDBPyConnection", rijen: Rijen, gebied: str | None = None) -> dict[str, Telling]:
    """What the rows add up to per area; of one area alone when `gebied` is given. The list must have been made.

    An area without rows has the sum of nothing.
    """
    chosen = f"select * from {SCHEMA}.{rijen.lijst} where {rijen.waar or 'true'}"
    nothing = con.execute(f"select {rijen.telt} from ({chosen}) where false").fetchall()[0][0]
    if not rijen.gebied:
        waarde, number = con.execute(f"select {rijen.telt}, count(*) from ({chosen})").fetchall()[0]
        return {LAND: Telling(_decimal(waarde), number)}
    areas = con.execute(
        "select distinct gebied from metrics.gebied_gemeente where $gebied is null or gebied = $gebied",
        {"gebied": gebied},
    ).fetchall()
    own = rijen.gebied == _GEBIED
    found = con.execute(
        f"""
        select gebieden.gebied, {rijen.telt}, count(*)
        from {"(select distinct gebied from metrics.gebied_gemeente)" if own else "metrics.gebied_gemeente"} as gebieden
        inner join ({chosen}) as lijst
            on gebieden.{_GEBIED if own else "gemeentecode"} = lijst.{rijen.gebied}
        where $gebied is null or gebieden.gebied = $gebied
        group by gebieden.gebied
        """,
        {"gebied": gebied},
    ).fetchall()
    return {
        **{area: Telling(_decimal(nothing), 0) for (area,) in areas},
        **{area: Telling(_decimal(waarde), number) for area, waarde, number in found},
    }


def worked_out(
    con: "duckdb.DuckDBPyConnection", formule: Formule, gebied: str | None = None
) -> dict[str, Decimal | None]:
    """The outcome of a formula on the figures of `report.cijfers`, per area; of one alone when `gebied` is given.

    None where a figure that it needs has no value there.
    """
    names = {cijfer_id: f"c{number}" for number, cijfer_id in enumerate(formule.cijfers)}
    text = _CIJFER.sub(lambda match: f"{names[match[1]]}.waarde", formule.tekst)
    joins = "".join(
        f" left join report.cijfers as {name} on {name}.cijfer_id = '{cijfer_id}' and {name}.gebied = gebieden.gebied"
        for cijfer_id, name in names.items()
    )
    found = con.execute(
        f"""
        select gebieden.gebied, {text}
        from (select distinct gebied from metrics.gebied_gemeente) as gebieden
        {joins}
        where $gebied is null or gebieden.gebied = $gebied
        """,
        {"gebied": gebied},
    ).fetchall()
    return {area: _decimal(waarde) for area, waarde in found}


def rows_behind(
    con: "duckdb.DuckDBPyConnection", rijen: Rijen, gebied: str
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """The columns and all rows behind a figure, in a fixed order, a person by pseudonym. The list must be there."""
    columns = [name for name, *_ in con.execute(f"describe {SCHEMA}.{rijen.lijst}").fetchall()]
    place = f"lijst.{rijen.gebied} in (select gemeentecode from metrics.gebied_gemeente where gebied = $gebied)"
    if rijen.gebied == _GEBIED:
        place = f"lijst.{_GEBIED} = $gebied"
    persons = f"left join {SCHEMA}.personen on lijst.{_PERSOON} = personen.sleutel" if _PERSOON in columns else ""
    shown = "personen.persoon, " if persons else ""
    cursor = con.execute(
        f"""
        select {shown}lijst.* {"exclude (sleutel)" if persons else ""}
        from (select * from {SCHEMA}.{rijen.lijst} where {rijen.waar or "true"}) as lijst
        {persons}
        {f"where {place}" if rijen.gebied else ""}
        order by all
        """,
        {"gebied": gebied} if rijen.gebied else {},
    )
    names = tuple(column[0] for column in cursor.description or ())
    return names, cursor.fetchall()


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
