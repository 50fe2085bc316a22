-- severity: block
-- tabel: metrics.taakstelling
-- titel: Elke gemeente van het jaar heeft een taakstelling en een saldo
-- what: municipalities of the year without a taakstelling, and rows for codes that are no municipality of that year.
-- why: an extract that misses a municipality, or still holds one that has merged.
with gemeenten as (
    select gemeentecode
    from staging.gemeenten
),

taakstelling as (
    select gemeentecode
    from staging.taakstelling
)

select
    coalesce(gemeenten.gemeentecode, taakstelling.gemeentecode) as gemeentecode,
    case when taakstelling.gemeentecode is null then 'ontbreekt' else 'onbekend in dit jaar' end as probleem
from gemeenten
full join taakstelling
    on gemeenten.gemeentecode = taakstelling.gemeentecode
where
    gemeenten.gemeentecode is null
    or taakstelling.gemeentecode is null
order by
    gemeentecode
