-- what: what the COA supplied to each municipality in the half-year, beside what it had to house.
-- definition: gemaakt: koppelingen whose first day lies in the half-year. begin: persons with a koppeling of before it that had not ended
--   then. beschikbaar: persons with a koppeling to the municipality that ran on any day of the half-year (the day of the end is the
--   last that it runs). A person with koppelingen to two municipalities counts in both.
-- source: DOMAIN, what readers complain about
-- grain: one row per gemeente of the period's year
with parameters as (
    select begin
    from invoer.parameters
),

taakstelling as (
    select *
    from metrics.taakstelling
),

lopend as (
    select
        koppelingen.gemeentecode,
        koppelingen.sleutel,
        koppelingen.koppeling < parameters.begin as van_voor
    from staging.koppelingen
    cross join parameters
    where
        koppelingen.einde is null
        or koppelingen.einde >= parameters.begin
),

per_gemeente as (
    select
        gemeentecode,
        count(*) filter (where not van_voor) as gemaakt,
        count(distinct sleutel) filter (where van_voor) as begin,
        count(distinct sleutel) as beschikbaar
    from lopend
    group by gemeentecode
)

select
    taakstelling.gemeentecode,
    taakstelling.gecorrigeerd,
    taakstelling.realisatie,
    taakstelling.eindsaldo,
    coalesce(per_gemeente.gemaakt, 0) as gemaakt,
    coalesce(per_gemeente.begin, 0) as begin,
    coalesce(per_gemeente.beschikbaar, 0) as beschikbaar,
    leveringsoordeel(taakstelling.eindsaldo, coalesce(per_gemeente.beschikbaar, 0), taakstelling.gecorrigeerd) as oordeel
from taakstelling
left join per_gemeente
    on taakstelling.gemeentecode = per_gemeente.gemeentecode
