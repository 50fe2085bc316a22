-- what: the municipalities that delivered no list of whom they housed, by name.
-- definition: empty when no municipality delivered one: then there is nothing to compare.
-- grain: one row per gemeente
with gemeenten as (
    select
        gemeentecode,
        gemeente
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
        order by
            alfabetisch(gemeenten.gemeente),
            gemeenten.gemeentecode
    ) as volgorde
from gemeenten
inner join gemeentelevering
    on gemeenten.gemeentecode = gemeentelevering.gemeentecode
inner join aanwezig
    on aanwezig.geleverd
order by
    volgorde
