-- what: stock and flow of the opvang in the half-year by characteristic (opvang_stroom has it by categorie).
-- definition: nationaliteit and opvangvorm stay with a person, so begin + vergunningen + nareis - afgemeld - anders_vertrokken = eind
--   in each class: nationalities in the classes of the peildatum (who has left too), the opvangvorm that of the last location, the only
--   one that is delivered; who never was in the opvang has none. huishoudgrootte (members who are in the opvang) and verblijf (days since
--   the first day there) change within a half-year, so these have begin and eind alone, each by the state of its own day.
-- source: DOMAIN, stock and flow
-- grain: one row per dimensie and klasse that occurs
with parameters as (
    select
        begin,
        peildatum
    from invoer.parameters
),

nationaliteiten as (
    select
        nationaliteit,
        klasse
    from metrics.opvang_nationaliteit
),

stroom as (
    select
        stroom_persoon.*,
        personen.huishouden,
        personen.aankomst,
        personen.opvangvorm,
        case
            when personen.nationaliteit is null or lower(personen.nationaliteit) = 'onbekend' then 'onbekend'
            else coalesce(nationaliteiten.klasse, 'overig')
        end as nationaliteit
    from metrics.opvang_stroom_persoon as stroom_persoon
    inner join staging.personen as personen
        on stroom_persoon.sleutel = personen.sleutel
    left join nationaliteiten
        on personen.nationaliteit = nationaliteiten.nationaliteit
),

leden as (
    select
        huishouden,
        sum(begin) as begin,
        sum(eind) as eind
    from stroom
    group by huishouden
),

standen as (
    select
        1 as begin,
        0 as eind,
        huishoudklasse(leden.begin) as huishoudgrootte,
        verblijfsklasse(datediff('day', stroom.aankomst, parameters.begin)) as verblijf
    from stroom
    cross join parameters
    inner join leden
        on stroom.huishouden = leden.huishouden
    where stroom.begin > 0
    union all
    select
        0 as begin,
        1 as eind,
        huishoudklasse(leden.eind) as huishoudgrootte,
        verblijfsklasse(datediff('day', stroom.aankomst, parameters.peildatum)) as verblijf
    from stroom
    cross join parameters
    inner join leden
        on stroom.huishouden = leden.huishouden
    where stroom.eind > 0
)

select
    'nationaliteit' as dimensie,
    nationaliteit as klasse,
    sum(begin)::bigint as begin,
    sum(vergunningen)::bigint as vergunningen,
    sum(nareis)::bigint as nareis,
    sum(afgemeld)::bigint as afgemeld,
    sum(anders_vertrokken)::bigint as anders_vertrokken,
    sum(eind)::bigint as eind,
    sum(buiten_opvang)::bigint as buiten_opvang
from stroom
group by nationaliteit
union all
select
    'opvangvorm' as dimensie,
    opvangvorm as klasse,
    sum(begin)::bigint as begin,
    sum(vergunningen)::bigint as vergunningen,
    sum(nareis)::bigint as nareis,
    sum(afgemeld)::bigint as afgemeld,
    sum(anders_vertrokken)::bigint as anders_vertrokken,
    sum(eind)::bigint as eind,
    null as buiten_opvang
from stroom
where opvangvorm is not null
group by opvangvorm
union all
select
    case when grouping(huishoudgrootte) = 0 then 'huishoudgrootte' else 'verblijf' end as dimensie,
    coalesce(huishoudgrootte, verblijf) as klasse,
    sum(begin)::bigint as begin,
    null as vergunningen,
    null as nareis,
    null as afgemeld,
    null as anders_vertrokken,
    sum(eind)::bigint as eind,
    null as buiten_opvang
from standen
group by grouping sets ((huishoudgrootte), (verblijf))
