-- what: the opvang of the country by each characteristic: persons, households, and those whose koppeling is overdue.
-- definition: dimensie is stand, categorie, huishoudgrootte, nationaliteit, opvangvorm, verblijf (days since the first day in the
--   opvang), opvangprovincie, and of the overdue koppelingen alone te_lang and reden_vertraging ('onbekend' is not given). A household
--   counts in every class of one of its members, so households do not add up over classes.
-- source: DOMAIN, the funnel
-- grain: one row per dimensie and klasse that occurs
with opvang as (
    select *
    from metrics.opvang_persoon
),

norm as (
    select aanbod
    from staging.normen
),

nationaliteiten as (
    select
        nationaliteit,
        klasse
    from metrics.opvang_nationaliteit
),

gemeenten as (
    select
        gemeentecode,
        provinciecode
    from staging.gemeenten
),

personen as (
    select
        opvang.huishouden,
        opvang.stand = 'gekoppeld_langer_dan_norm' as te_laat,
        opvang.stand,
        opvang.categorie,
        huishoudklasse(opvang.huishoudgrootte) as huishoudgrootte,
        coalesce(nationaliteiten.klasse, 'onbekend') as nationaliteit,
        opvang.opvangvorm,
        verblijfsklasse(opvang.dagen_opvang) as verblijf,
        coalesce(gemeenten.provinciecode, 'onbekend') as opvangprovincie,
        case when opvang.stand = 'gekoppeld_langer_dan_norm' then te_lang_klasse(opvang.dagen_koppeling, norm.aanbod) end as te_lang,
        case
            when opvang.stand = 'gekoppeld_langer_dan_norm' then coalesce(opvang.reden_vertraging, 'onbekend')
        end as reden_vertraging
    from opvang
    cross join norm
    left join nationaliteiten
        on opvang.nationaliteit = nationaliteiten.nationaliteit
    left join gemeenten
        on opvang.opvanggemeentecode = gemeenten.gemeentecode
),

geteld as (
    select
        case
            when grouping(stand) = 0 then 'stand'
            when grouping(categorie) = 0 then 'categorie'
            when grouping(huishoudgrootte) = 0 then 'huishoudgrootte'
            when grouping(nationaliteit) = 0 then 'nationaliteit'
            when grouping(opvangvorm) = 0 then 'opvangvorm'
            when grouping(verblijf) = 0 then 'verblijf'
            when grouping(opvangprovincie) = 0 then 'opvangprovincie'
            when grouping(te_lang) = 0 then 'te_lang'
            when grouping(reden_vertraging) = 0 then 'reden_vertraging'
        end as dimensie,
        coalesce(
            stand, categorie, huishoudgrootte, nationaliteit, opvangvorm, verblijf, opvangprovincie, te_lang, reden_vertraging
        ) as klasse,
        count(*) as personen,
        count(distinct huishouden) as huishoudens,
        count(*) filter (where te_laat) as langer_dan_norm,
        count(distinct huishouden) filter (where te_laat) as langer_dan_norm_huishoudens
    from personen
    group by
        grouping sets (
            (stand),
            (categorie),
            (huishoudgrootte),
            (nationaliteit),
            (opvangvorm),
            (verblijf),
            (opvangprovincie),
            (te_lang),
            (reden_vertraging)
        )
)

select
    dimensie,
    klasse,
    personen,
    huishoudens,
    langer_dan_norm,
    langer_dan_norm_huishoudens
from geteld
where klasse is not null
