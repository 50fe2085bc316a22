-- what: whether each municipality of the period's year delivered a list of whom it housed.
-- definition: a list of an abolished municipality is one of each municipality in which it went up.
-- source: levering.gemeenten_levering
-- grain: one row per gemeente of the period's year
with gemeenten as (
    select gemeentecode
    from staging.gemeenten
),

bestanden as (
    select gemeentecode
    from levering.gemeenten_levering
),

overgang as (
    select *
    from staging.gemeente_overgang
),

geleverd as (
    select gemeentecode
    from bestanden
    union distinct
    select overgang.nieuwe_code as gemeentecode
    from bestanden
    inner join overgang
        on bestanden.gemeentecode = overgang.oude_code
)

select
    gemeenten.gemeentecode,
    geleverd.gemeentecode is not null as geleverd
from gemeenten
left join geleverd
    on gemeenten.gemeentecode = geleverd.gemeentecode
