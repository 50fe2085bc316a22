-- severity: block
-- tabel: report.cijfers
-- titel: De som over de gemeenten is gelijk aan de som over de provincies en aan het land
-- what: for every additive figure the sum over municipalities, over provinces and the figure of the country must be equal.
--   A municipality without the number counts for nothing in an area that has it; where the country has none because a municipality has
--   none there is nothing to compare.
-- why: a municipality that falls out of a join, or is counted twice, shows here first.
with optelbaar as (
    select cijfer_id
    from report.definities
    where optelbaar
),

cijfers as (
    select
        cijfers.cijfer_id,
        cijfers.gebied,
        cijfers.waarde
    from report.cijfers
    inner join optelbaar
        on cijfers.cijfer_id = optelbaar.cijfer_id
),

sommen as (
    select
        cijfer_id,
        sum(waarde) filter (where gebied like 'GM%') as gemeenten,
        sum(waarde) filter (where gebied like 'PV%') as provincies,
        sum(waarde) filter (where gebied = 'NL') as land,
        count(*) filter (where gebied like 'GM%' and waarde is null) as onbekend
    from cijfers
    group by cijfer_id
)

select
    cijfer_id,
    gemeenten,
    provincies,
    land
from sommen
where
    (onbekend = 0 or land is not null)
    and (gemeenten is distinct from provincies or gemeenten is distinct from land)
order by
    cijfer_id
