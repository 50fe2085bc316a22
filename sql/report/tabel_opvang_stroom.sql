-- what: stock and flow of the opvang per category as an open table.
-- definition: begin + vergunningen + nareis - afgemeld - anders_vertrokken = eind. No rows where persons were not delivered.
-- grain: one row per categorie
with stroom as (
    select *
    from metrics.opvang_stroom
),

klassen as (
    select *
    from report.opvang_klassen
    where dimensie = 'categorie'
)

select
    stroom.categorie,
    stroom.begin,
    stroom.vergunningen,
    stroom.nareis,
    stroom.afgemeld,
    stroom.anders_vertrokken,
    stroom.eind,
    stroom.buiten_opvang
from stroom
inner join klassen
    on stroom.categorie = klassen.klasse
where exists (select 1 from staging.aanwezig where personen)
order by
    klassen.volgorde
