-- severity: block
-- tabel: metrics.opvang_stroom_uitsplitsing
-- titel: Stand en stroom van de opvang tellen voor elk kenmerk op tot het geheel
-- what: characteristics of which stock or flow is not that of the whole, and classes of which the stock at the end is not that of the
--   breakdown of the peildatum (opvang_uitsplitsing).
-- why: a person without a class misses from the table; two tables of one report would give two numbers for one stock.
with geheel as (
    select
        coalesce(sum(begin), 0) as begin,
        coalesce(sum(vergunningen + nareis), 0) as instroom,
        coalesce(sum(afgemeld + anders_vertrokken), 0) as uitstroom,
        coalesce(sum(eind), 0) as eind,
        coalesce(sum(buiten_opvang), 0) as buiten_opvang
    from metrics.opvang_stroom
),

dimensies as (
    select unnest(['nationaliteit', 'opvangvorm', 'huishoudgrootte', 'verblijf']) as dimensie
),

sommen as (
    select
        dimensies.dimensie,
        coalesce(sum(uitsplitsing.begin), 0) as begin,
        coalesce(sum(uitsplitsing.vergunningen + uitsplitsing.nareis), 0) as instroom,
        coalesce(sum(uitsplitsing.afgemeld + uitsplitsing.anders_vertrokken), 0) as uitstroom,
        coalesce(sum(uitsplitsing.eind), 0) as eind,
        coalesce(sum(uitsplitsing.buiten_opvang), 0) as buiten_opvang
    from dimensies
    left join metrics.opvang_stroom_uitsplitsing as uitsplitsing
        on dimensies.dimensie = uitsplitsing.dimensie
    group by dimensies.dimensie
),

vergeleken as (
    select
        sommen.dimensie,
        unnest([
            {'wat': 'begin', 'som': sommen.begin, 'geheel': geheel.begin},
            {'wat': 'eind', 'som': sommen.eind, 'geheel': geheel.eind},
            {'wat': 'instroom', 'som': sommen.instroom, 'geheel': geheel.instroom},
            {'wat': 'uitstroom', 'som': sommen.uitstroom, 'geheel': geheel.uitstroom},
            {'wat': 'buiten de opvang', 'som': sommen.buiten_opvang, 'geheel': geheel.buiten_opvang}
        ]) as vergelijking
    from sommen
    cross join geheel
),

standen as (
    select
        coalesce(stroom.dimensie, stand.dimensie) as dimensie,
        coalesce(stroom.klasse, stand.klasse) as klasse,
        coalesce(stroom.eind, 0) as eind,
        coalesce(stand.personen, 0) as personen
    from metrics.opvang_stroom_uitsplitsing as stroom
    full outer join metrics.opvang_uitsplitsing as stand
        on
            stroom.dimensie = stand.dimensie
            and stroom.klasse = stand.klasse
    where coalesce(stroom.dimensie, stand.dimensie) in (select dimensies.dimensie from dimensies)
)

select
    dimensie,
    vergelijking.wat as wat,
    vergelijking.som as som,
    vergelijking.geheel as geheel
from vergeleken
where
    vergelijking.som <> vergelijking.geheel
    and not (dimensie in ('huishoudgrootte', 'verblijf') and vergelijking.wat not in ('begin', 'eind'))
    and not (dimensie = 'opvangvorm' and vergelijking.wat = 'buiten de opvang')
union all
select
    dimensie,
    'eind van ' || klasse as wat,
    eind as som,
    personen as geheel
from standen
where eind <> personen
order by
    dimensie,
    wat
