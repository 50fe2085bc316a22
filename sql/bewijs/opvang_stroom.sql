-- what: het deel van ieder in stand en stroom van de opvang in het halfjaar; een correctie op een afmelding telt -1.
-- grain: één rij per persoon met een deel in het halfjaar
with parameters as (
    select begin
    from invoer.parameters
),

stroom as (
    select
        stroom_persoon.*,
        personen.huishouden,
        personen.aankomst,
        personen.opvangvorm,
        personen.nationaliteit
    from metrics.opvang_stroom_persoon as stroom_persoon
    inner join staging.personen as personen
        on stroom_persoon.sleutel = personen.sleutel
),

leden as (
    select
        huishouden,
        sum(begin) as begin
    from stroom
    group by huishouden
)

select
    stroom.sleutel,
    stroom.huishouden,
    stroom.categorie,
    stroom.nationaliteit,
    case
        when stroom.nationaliteit is null or lower(stroom.nationaliteit) = 'onbekend' then 'onbekend'
        else coalesce(nationaliteiten.klasse, 'overig')
    end as nationaliteitklasse,
    stroom.opvangvorm,
    huishoudklasse(leden.begin) as begin_huishoudgrootte,
    verblijfsklasse(datediff('day', stroom.aankomst, parameters.begin)) as begin_verblijf,
    stroom.begin,
    stroom.vergunningen,
    stroom.nareis,
    stroom.vergunningen + stroom.nareis as instroom,
    stroom.afgemeld,
    stroom.anders_vertrokken,
    stroom.eind,
    stroom.buiten_opvang
from stroom
cross join parameters
left join leden
    on stroom.huishouden = leden.huishouden
left join metrics.opvang_nationaliteit as nationaliteiten
    on stroom.nationaliteit = nationaliteiten.nationaliteit
