-- what: the municipalities that delivered no list of whom they housed, in the order of the report.
-- definition: empty when no municipality delivered one: then there is nothing to compare.
-- grain: one row per gemeente
with gemeenten as (
    select
        gemeentecode,
        volgorde as gemeente_volgorde
    from report.gemeenten
),

gemeentelevering as (
    select *
    from staging.gemeentelevering
    where not geleverd
),

aanwezig as (
    select gemeenten as geleverd
    from staging.aanwezig
)

select
    gemeenten.gemeentecode,
    row_number() over (
        order by gemeenten.gemeente_volgorde
    ) as volgorde
from gemeenten
inner join gemeentelevering
    on gemeenten.gemeentecode = gemeentelevering.gemeentecode
inner join aanwezig
    on aanwezig.geleverd
order by
    volgorde
