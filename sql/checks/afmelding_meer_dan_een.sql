-- severity: warn
-- tabel: metrics.aansluiting_gemeente
-- titel: Niemand heeft in het halfjaar meer dan één afmelding die niet is gecorrigeerd
-- what: municipalities with persons who were signed off more than once in the half-year, uncorrected, and how many of such persons.
-- why: the realisatie counts every afmelding and metrics.plaatsing every person once, so the realisatie on the municipality's own count
--   is too high by the afmeldingen that came too many. No person is named, since warnings stand in the report.
with parameters as (
    select begin
    from invoer.parameters
),

afmeldingen as (
    select
        afmeldingen.sleutel,
        afmeldingen.gemeentecode
    from staging.afmeldingen
    cross join parameters
    where
        afmeldingen.aantal > 0
        and not afmeldingen.teruggedraaid
        and afmeldingen.datum >= parameters.begin
),

vaker as (
    select sleutel
    from afmeldingen
    group by sleutel
    having count(*) > 1
)

select
    afmeldingen.gemeentecode,
    count(distinct afmeldingen.sleutel) as personen
from afmeldingen
inner join vaker
    on afmeldingen.sleutel = vaker.sleutel
group by afmeldingen.gemeentecode
order by
    gemeentecode
