-- severity: warn
-- tabel: staging.gemeenten
-- titel: Van elke gemeente is de arbeidsmarktregio bekend
-- what: municipalities without an arbeidsmarktregio in the year of the period.
-- why: the division into arbeidsmarktregio's ships for 2016 only; without it the table per region is left out.
select
    gemeentecode,
    gemeente
from staging.gemeenten
where regiocode is null
order by
    gemeentecode
