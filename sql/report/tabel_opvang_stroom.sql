-- what: stock and flow of the opvang by characteristic as an open table.
-- definition: begin + vergunningen + nareis - afgemeld - anders_vertrokken = eind. huishoudgrootte and verblijf change within a
--   half-year and have begin and eind alone; buiten_opvang has no opvangvorm. Empty there, and no rows where persons were not delivered.
-- grain: one row per dimensie and klasse
with stroom as (
    select
        'categorie' as dimensie,
        categorie as klasse,
        begin,
        vergunningen,
        nareis,
        afgemeld,
        anders_vertrokken,
        eind,
        buiten_opvang
    from metrics.opvang_stroom
    union all
    select
        dimensie,
        klasse,
        begin,
        vergunningen,
        nareis,
        afgemeld,
        anders_vertrokken,
        eind,
        buiten_opvang
    from metrics.opvang_stroom_uitsplitsing
),

klassen as (
    select *
    from report.opvang_klassen
    where
        dimensie in ('categorie', 'nationaliteit', 'opvangvorm', 'huishoudgrootte', 'verblijf')
        and naam is not null
)

select
    klassen.dimensie,
    klassen.klasse,
    klassen.naam,
    coalesce(stroom.begin, 0) as begin,
    case when klassen.dimensie in ('categorie', 'nationaliteit', 'opvangvorm') then coalesce(stroom.vergunningen, 0) end as vergunningen,
    case when klassen.dimensie in ('categorie', 'nationaliteit', 'opvangvorm') then coalesce(stroom.nareis, 0) end as nareis,
    case when klassen.dimensie in ('categorie', 'nationaliteit', 'opvangvorm') then coalesce(stroom.afgemeld, 0) end as afgemeld,
    case
        when klassen.dimensie in ('categorie', 'nationaliteit', 'opvangvorm') then coalesce(stroom.anders_vertrokken, 0)
    end as anders_vertrokken,
    coalesce(stroom.eind, 0) as eind,
    case when klassen.dimensie in ('categorie', 'nationaliteit') then coalesce(stroom.buiten_opvang, 0) end as buiten_opvang
from klassen
left join stroom
    on
        klassen.dimensie = stroom.dimensie
        and klassen.klasse = stroom.klasse
where exists (select 1 from staging.aanwezig where personen)
order by
    klassen.dimensie,
    klassen.volgorde
