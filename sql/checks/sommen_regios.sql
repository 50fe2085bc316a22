-- severity: block
-- tabel: report.cijfers
-- titel: De som over de arbeidsmarktregio's is gelijk aan het land, als de indeling in regio's bekend is
-- what: for every additive figure the regions must sum to the country, unless no regional division is known for the year.
--   A region without the number counts for nothing in a country that has it; where the country has none because a region has none
--   there is nothing to compare.
-- why: a municipality without a region would silently miss from the table per region.
with optelbaar as (
    select cijfer_id
    from report.definities
    where optelbaar
),

sommen as (
    select
        cijfers.cijfer_id,
        sum(cijfers.waarde) filter (where cijfers.gebied like 'AR%') as regios,
        sum(cijfers.waarde) filter (where cijfers.gebied = 'NL') as land,
        count(*) filter (where cijfers.gebied like 'AR%') as aantal_regios,
        count(*) filter (where cijfers.gebied like 'AR%' and cijfers.waarde is null) as onbekend
    from report.cijfers
    inner join optelbaar
        on cijfers.cijfer_id = optelbaar.cijfer_id
    group by cijfers.cijfer_id
)

select
    cijfer_id,
    regios,
    land
from sommen
where
    aantal_regios > 0
    and (onbekend = 0 or land is not null)
    and regios is distinct from land
order by
    cijfer_id
