-- severity: warn
-- tabel: metrics.opvang_persoon
-- titel: Niemand die uit de opvang is vertrokken, heeft nog een lopende koppeling
-- what: municipalities with running koppelingen of persons who left the reception before the peildatum, and how many of such persons.
-- why: the funnel counts only who is in the opvang, so these koppelingen stand nowhere; the COA should end them, or the departure is
--   wrong. No person is named, since warnings stand in the report.
with koppelingen as (
    select
        sleutel,
        gemeentecode
    from staging.koppelingen
    where einde is null
),

vertrokken as (
    select sleutel
    from staging.personen
    where vertrek is not null
)

select
    koppelingen.gemeentecode,
    count(distinct koppelingen.sleutel) as personen
from koppelingen
inner join vertrokken
    on koppelingen.sleutel = vertrokken.sleutel
group by koppelingen.gemeentecode
order by
    gemeentecode
