-- what: the book 'per halfjaar' as an open table; the next period reads it back from the published edition.
-- definition: halfjaar is empty for the line of the voorsprong; volgorde orders the half-years, oldest first.
-- grain: one row per gemeente and halfjaar with something open or a voorsprong
with gemeenten as (
    select *
    from report.gemeenten
),

boekhouding_per_halfjaar as (
    select *
    from metrics.boekhouding_per_halfjaar
)

select
    gemeenten.gemeentecode,
    gemeenten.gemeente,
    boekhouding_per_halfjaar.halfjaar,
    boekhouding_per_halfjaar.volgorde,
    boekhouding_per_halfjaar.open_personen,
    boekhouding_per_halfjaar.voorsprong
from gemeenten
inner join boekhouding_per_halfjaar
    on gemeenten.gemeentecode = boekhouding_per_halfjaar.gemeentecode
order by
    gemeenten.volgorde,
    boekhouding_per_halfjaar.volgorde nulls last
