-- what: realisatie per municipality per month as an open table.
-- grain: one row per gemeente and maand
with gemeenten as (
    select *
    from report.gemeenten
),

parameters as (
    select begin
    from invoer.parameters
),

realisatie_maand as (
    select *
    from staging.realisatie_maand
)

select
    gemeenten.gemeentecode,
    gemeenten.gemeente,
    strftime(parameters.begin + to_months(realisatie_maand.maand - 1), '%Y-%m') as maand,
    realisatie_maand.realisatie
from gemeenten
cross join parameters
inner join realisatie_maand
    on gemeenten.gemeentecode = realisatie_maand.gemeentecode
order by
    gemeenten.volgorde,
    realisatie_maand.maand
