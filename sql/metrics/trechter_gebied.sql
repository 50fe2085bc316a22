-- what: the funnel of who has a koppeling, for every area by the municipality of the current koppeling.
-- definition: persons, and households with at least one member; a household over two municipalities counts in both, once in the area
--   above them. `huisvesting`: koppeling longer ago than the norm from koppeling to housing, and still in the opvang, with an aanbod
--   or not. The classes weken_1_4 to ernstig_vertraagd are those of the overdue koppelingen (te_lang_klasse).
-- source: DOMAIN, the funnel
-- grain: one row per gebied
with gebied_gemeente as (
    select *
    from metrics.gebied_gemeente
),

normen as (
    select *
    from staging.normen
),

personen as (
    select
        opvang.huishouden,
        opvang.gemeentecode,
        opvang.stand,
        case when opvang.stand = 'gekoppeld_langer_dan_norm' then te_lang_klasse(opvang.dagen_koppeling, normen.aanbod) end as te_lang,
        langer_dan_norm(opvang.dagen_koppeling, normen.huisvesting) as huisvesting
    from metrics.opvang_persoon as opvang
    cross join normen
    where opvang.gemeentecode is not null
),

per_gemeente as (
    select
        gemeentecode,
        huishouden,
        count(*) as gekoppeld,
        count(*) filter (where stand = 'gekoppeld_binnen_norm') as binnen_norm,
        count(*) filter (where stand = 'gekoppeld_langer_dan_norm') as langer_dan_norm,
        count(*) filter (where stand = 'met_aanbod') as met_aanbod,
        count(*) filter (where stand = 'met_huurcontract') as met_huurcontract,
        count(*) filter (where huisvesting) as huisvesting,
        count(*) filter (where te_lang = 'weken_1_4') as weken_1_4,
        count(*) filter (where te_lang = 'weken_5_13') as weken_5_13,
        count(*) filter (where te_lang = 'weken_14_26') as weken_14_26,
        count(*) filter (where te_lang = 'ernstig_vertraagd') as ernstig_vertraagd
    from personen
    group by
        gemeentecode,
        huishouden
),

per_huishouden as (
    select
        gebied_gemeente.gebied,
        per_gemeente.huishouden,
        sum(per_gemeente.gekoppeld) as gekoppeld,
        sum(per_gemeente.binnen_norm) as binnen_norm,
        sum(per_gemeente.langer_dan_norm) as langer_dan_norm,
        sum(per_gemeente.met_aanbod) as met_aanbod,
        sum(per_gemeente.met_huurcontract) as met_huurcontract,
        sum(per_gemeente.huisvesting) as huisvesting,
        sum(per_gemeente.weken_1_4) as weken_1_4,
        sum(per_gemeente.weken_5_13) as weken_5_13,
        sum(per_gemeente.weken_14_26) as weken_14_26,
        sum(per_gemeente.ernstig_vertraagd) as ernstig_vertraagd
    from gebied_gemeente
    left join per_gemeente
        on gebied_gemeente.gemeentecode = per_gemeente.gemeentecode
    group by
        gebied_gemeente.gebied,
        per_gemeente.huishouden
)

select
    gebied,
    coalesce(sum(gekoppeld), 0)::bigint as gekoppeld,
    coalesce(sum(binnen_norm), 0)::bigint as binnen_norm,
    coalesce(sum(langer_dan_norm), 0)::bigint as langer_dan_norm,
    coalesce(sum(met_aanbod), 0)::bigint as met_aanbod,
    coalesce(sum(met_huurcontract), 0)::bigint as met_huurcontract,
    coalesce(sum(huisvesting), 0)::bigint as huisvesting,
    coalesce(sum(weken_1_4), 0)::bigint as weken_1_4,
    coalesce(sum(weken_5_13), 0)::bigint as weken_5_13,
    coalesce(sum(weken_14_26), 0)::bigint as weken_14_26,
    coalesce(sum(ernstig_vertraagd), 0)::bigint as ernstig_vertraagd,
    count(*) filter (where gekoppeld > 0) as gekoppeld_huishoudens,
    count(*) filter (where binnen_norm > 0) as binnen_norm_huishoudens,
    count(*) filter (where langer_dan_norm > 0) as langer_dan_norm_huishoudens,
    count(*) filter (where met_aanbod > 0) as met_aanbod_huishoudens,
    count(*) filter (where met_huurcontract > 0) as met_huurcontract_huishoudens,
    count(*) filter (where huisvesting > 0) as huisvesting_huishoudens,
    count(*) filter (where weken_1_4 > 0) as weken_1_4_huishoudens,
    count(*) filter (where weken_5_13 > 0) as weken_5_13_huishoudens,
    count(*) filter (where weken_14_26 > 0) as weken_14_26_huishoudens,
    count(*) filter (where ernstig_vertraagd > 0) as ernstig_vertraagd_huishoudens
from per_huishouden
group by gebied
