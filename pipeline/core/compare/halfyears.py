"""Two half-years beside each other: what the borders of municipalities did, and what happened besides.

Belongs here: figures of the old half-year on the municipalities of the new one. Not here: causes within a half-year
(walk.py).

A next half-year is no revision, so of the causes only herindeling has a meaning: what the old figure would have been on
the municipalities of the new half-year, less what it was. What is left of the difference is the course of things. It
can be told of figures that add up over municipalities. Of the others (a percentage, a median) it is 0 where no border
changed, and unknown elsewhere.
"""

# Names of tables are fixed; values are parameters or literals().
# ruff: noqa: S608

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.compare.walk import read_figures
from pipeline.core.frozen import frozen_files
from pipeline.core.intake.contracts import CONTRACTS
from pipeline.core.intake.sqltext import file_literal
from pipeline.core.sqlfiles import models_for
from pipeline.core.vault import rows_of
from pipeline.core.warehouse import build_stale

if TYPE_CHECKING:
    import duckdb

# staging.eerder_totaal carries published figures of municipalities over borders; here all that add up.
_CARRY = "staging.eerder_totaal"


def compare(con: "duckdb.DuckDBPyConnection", old: Path, new: Path, old_period: str) -> None:
    """Fill `halfjaar.verschillen` (cijfer_id, gebied, oud, nieuw, verschil, herindeling, verloop, oorzaken) with the
    figures that differ; `halfjaar.oud` and `halfjaar.nieuw` hold all of them.

    `con` holds the frozen inputs of the new edition. A municipality that was not there yet, or is there no more, counts
    for 0 in what adds up.
    """
    con.execute("create schema halfjaar")
    read_figures(con, "halfjaar.oud", old / "cijfers.csv")
    read_figures(con, "halfjaar.nieuw", new / "cijfers.csv")
    con.execute(
        f"""
        create table halfjaar.optelbaar as
        select cijfer_id
        from read_csv(
            {file_literal(new / "tabellen" / "definities.csv")}, header = true, all_varchar = true, delim = ',',
            quote = '"', escape = '"'
        )
        where optelbaar = 'true'
        """
    )
    con.execute("delete from eerder.eindsaldo")
    con.execute("delete from eerder.cijfers")
    con.execute(
        """
        insert into eerder.cijfers (periode, cijfer_id, gebied, waarde)
        select $periode, cijfer_id, gebied, waarde
        from halfjaar.oud
        where gebied like 'GM%' and cijfer_id in (select cijfer_id from halfjaar.optelbaar)
        """,
        {"periode": old_period},
    )
    build_stale(con, models_for(_CARRY, "metrics.gebied_gemeente"))
    con.execute(_CARRIED)
    con.execute(_BESIDE)


def lacking_extracts(con: "duckdb.DuckDBPyConnection", old: Path) -> tuple[str, ...]:
    """Extracts with rows in the sources of the old half-year and none in those that `con` holds."""
    there = {name for (name,) in con.execute(_DELIVERED).fetchall()}
    then = frozen_files(old)
    return tuple(
        name
        for name in CONTRACTS
        if f"levering.{name}" in then
        and _filled(con, rows_of(then[f"levering.{name}"]))
        and not (name in there and _filled(con, f"levering.{name}"))
    )


_DELIVERED = "select table_name from information_schema.tables where table_schema = 'levering'"


def _filled(con: "duckdb.DuckDBPyConnection", rows: str) -> bool:
    return bool(con.execute(f"select 1 from {rows} limit 1").fetchall())


# Per figure and area of the new half-year: the old figure on the new borders, and the areas that a border touched.
_CARRIED = """
create table halfjaar.omgerekend as
with per_gemeente as (
    select cijfer_id, gemeentecode, case when count(*) = count(deel) then sum(deel) end as waarde
    from staging.eerder_totaal
    group by cijfer_id, gemeentecode
)
select per_gemeente.cijfer_id, gebied_gemeente.gebied,
    case when count(*) = count(per_gemeente.waarde) then sum(per_gemeente.waarde) end::decimal(18, 4) as waarde
from per_gemeente
inner join metrics.gebied_gemeente on per_gemeente.gemeentecode = gebied_gemeente.gemeentecode
where gebied_gemeente.gebied <> 'NL'
group by per_gemeente.cijfer_id, gebied_gemeente.gebied;

create table halfjaar.geraakt as
with gemeenten as (
    select oude_code as gebied from staging.eerder_totaal where oude_code <> gemeentecode
    union
    select gemeentecode from staging.eerder_totaal where oude_code <> gemeentecode
)
select gebied from gemeenten
union
select gebied_gemeente.gebied
from metrics.gebied_gemeente
inner join gemeenten on gebied_gemeente.gemeentecode = gemeenten.gebied
where gebied_gemeente.gebied <> 'NL'
"""

_BESIDE = """
create table halfjaar.verschillen as
with beide as (
    select
        coalesce(oud.cijfer_id, nieuw.cijfer_id) as cijfer_id,
        coalesce(oud.gebied, nieuw.gebied) as gebied,
        oud.waarde as oud,
        nieuw.waarde as nieuw,
        oud.cijfer_id is not null as was_er,
        nieuw.cijfer_id is not null as is_er,
        optelbaar.cijfer_id is not null as optelbaar,
        geraakt.gebied is not null as geraakt,
        omgerekend.waarde as omgerekend
    from halfjaar.oud
    full join halfjaar.nieuw on oud.cijfer_id = nieuw.cijfer_id and oud.gebied = nieuw.gebied
    left join halfjaar.optelbaar on optelbaar.cijfer_id = coalesce(oud.cijfer_id, nieuw.cijfer_id)
    left join halfjaar.geraakt on geraakt.gebied = coalesce(oud.gebied, nieuw.gebied)
    left join halfjaar.omgerekend
        on omgerekend.cijfer_id = coalesce(oud.cijfer_id, nieuw.cijfer_id)
        and omgerekend.gebied = coalesce(oud.gebied, nieuw.gebied)
),
gelijknamig as (
    select *,
        case when was_er then oud when optelbaar and geraakt then 0 end as van,
        case when is_er then nieuw when optelbaar and geraakt then 0 end as naar
    from beide
),
verdeeld as (
    select *,
        naar - van as verschil,
        case
            when van is null or naar is null then null
            when not geraakt then 0
            when optelbaar and is_er then omgerekend - van
            when optelbaar then -van
        end as herindeling
    from gelijknamig
)
select cijfer_id, gebied, oud, nieuw, verschil, herindeling, verschil - herindeling as verloop,
    concat_ws(
        ', ',
        case when herindeling <> 0 or (herindeling is null and geraakt) then 'herindeling' end,
        case when verschil - herindeling <> 0 or herindeling is null then 'verloop' end
    ) as oorzaken
from verdeeld
where oud is distinct from nieuw
order by cijfer_id, gebied
"""
