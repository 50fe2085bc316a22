-- what: the figures on supervision: half-years behind of each municipality, and for areas how many municipalities have which number.
-- definition: what the provinces report is NULL (n.v.t.) when they supplied nothing.
-- grain: one row per cijfer_id and gebied
with gebied_gemeente as (
    select *
    from metrics.gebied_gemeente
),

toezicht as (
    select *
    from metrics.toezicht
),

aanwezig as (
    select toezicht as geleverd
    from staging.aanwezig
),

geteld as (
    select
        gebied_gemeente.gebied,
        count(*) filter (where toezicht.halfjaren_achter = 0) as niet_achter,
        count(*) filter (where toezicht.halfjaren_achter = 1) as achter_1,
        count(*) filter (where toezicht.halfjaren_achter = 2) as achter_2,
        count(*) filter (where toezicht.halfjaren_achter = 3) as achter_3,
        count(*) filter (where toezicht.halfjaren_achter >= 4) as achter_4_of_meer,
        count(*) filter (where toezicht.ondergrens) as ondergrens,
        count(*) filter (where toezicht.trede = 0) as trede_0,
        count(*) filter (where toezicht.trede = 1) as trede_1,
        count(*) filter (where toezicht.trede = 2) as trede_2,
        count(*) filter (where toezicht.trede = 3) as trede_3,
        count(*) filter (where toezicht.trede = 4) as trede_4,
        count(*) filter (where toezicht.trede = 5) as trede_5,
        count(*) filter (where toezicht.trede = 6) as trede_6,
        count(*) filter (where toezicht.trede is null) as trede_niet_gemeld,
        count(*) filter (where toezicht.halfjaren_achter > 0 and toezicht.verschoonbaar = 'ja') as verschoonbaar,
        count(*) filter (where toezicht.halfjaren_achter > 0 and toezicht.verschoonbaar = 'nee') as niet_verschoonbaar,
        count(*) filter (where toezicht.halfjaren_achter > 0 and toezicht.verschoonbaar is null) as oordeel_niet_gemeld
    from gebied_gemeente
    inner join toezicht
        on gebied_gemeente.gemeentecode = toezicht.gemeentecode
    group by gebied_gemeente.gebied
),

per_gebied as (
    select
        geteld.gebied,
        unnest(map_entries(map {
            'toezicht.niet_achter': geteld.niet_achter::decimal(18, 4),
            'toezicht.achter_1': geteld.achter_1,
            'toezicht.achter_2': geteld.achter_2,
            'toezicht.achter_3': geteld.achter_3,
            'toezicht.achter_4_of_meer': geteld.achter_4_of_meer,
            'toezicht.ondergrens': geteld.ondergrens,
            'toezicht.trede_0': case when aanwezig.geleverd then geteld.trede_0 end,
            'toezicht.trede_1': case when aanwezig.geleverd then geteld.trede_1 end,
            'toezicht.trede_2': case when aanwezig.geleverd then geteld.trede_2 end,
            'toezicht.trede_3': case when aanwezig.geleverd then geteld.trede_3 end,
            'toezicht.trede_4': case when aanwezig.geleverd then geteld.trede_4 end,
            'toezicht.trede_5': case when aanwezig.geleverd then geteld.trede_5 end,
            'toezicht.trede_6': case when aanwezig.geleverd then geteld.trede_6 end,
            'toezicht.trede_niet_gemeld': case when aanwezig.geleverd then geteld.trede_niet_gemeld end,
            'toezicht.verschoonbaar': case when aanwezig.geleverd then geteld.verschoonbaar end,
            'toezicht.niet_verschoonbaar': case when aanwezig.geleverd then geteld.niet_verschoonbaar end,
            'toezicht.oordeel_niet_gemeld': case when aanwezig.geleverd then geteld.oordeel_niet_gemeld end
        })) as cijfer
    from geteld
    cross join aanwezig
)

select
    cijfer.key as cijfer_id,
    gebied,
    cijfer.value as waarde
from per_gebied
union all
select
    'toezicht.halfjaren_achter' as cijfer_id,
    gemeentecode as gebied,
    halfjaren_achter::decimal(18, 4) as waarde
from toezicht
order by
    cijfer_id,
    gebied
