-- severity: warn
-- tabel: metrics.opvang_persoon
-- titel: Wie volgens de koppeling is gehuisvest, is ook afgemeld
-- what: municipalities with koppelingen that ended in the half-year as gehuisvest of persons without any uncorrected afmelding, and how
--   many of such persons.
-- why: the waiting times count them as housed and the realisatie does not. Only when the COA delivered both. No person is named, since
--   warnings stand in the report.
with aanwezig as (
    select afmeldingen
    from staging.aanwezig
),

parameters as (
    select begin
    from invoer.parameters
),

koppelingen as (
    select
        koppelingen.sleutel,
        koppelingen.gemeentecode
    from staging.koppelingen
    cross join parameters
    where
        koppelingen.reden_einde = 'gehuisvest'
        and koppelingen.einde >= parameters.begin
),

afgemeld as (
    select sleutel
    from staging.afmeldingen
    where
        aantal > 0
        and not teruggedraaid
)

select
    koppelingen.gemeentecode,
    count(distinct koppelingen.sleutel) as personen
from koppelingen
inner join aanwezig
    on aanwezig.afmeldingen
where not exists (
    select 1
    from afgemeld
    where afgemeld.sleutel = koppelingen.sleutel
)
group by koppelingen.gemeentecode
order by
    gemeentecode
