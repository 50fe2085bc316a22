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

per_huishouden as (
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

per_gemeente as (
    select
        gemeentecode,
        sum(gekoppeld) as gekoppeld,
        sum(binnen_norm) as binnen_norm,
        sum(langer_dan_norm) as langer_dan_norm,
        sum(met_aanbod) as met_aanbod,
        sum(met_huurcontract) as met_huurcontract,
        sum(huisvesting) as huisvesting,
        sum(weken_1_4) as weken_1_4,
        sum(weken_5_13) as weken_5_13,
        sum(weken_14_26) as weken_14_26,
        sum(ernstig_vertraagd) as ernstig_vertraagd,
        count(*) as gekoppeld_huishoudens,
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
    group by gemeentecode
),

verdeeld as (
    select huishouden
    from per_huishouden
    group by huishouden
    having count(*) > 1
),

-- How often a household over several municipalities of one area was counted too often there.
dubbel_per_huishouden as (
    select
        gebied_gemeente.gebied,
        per_huishouden.huishouden,
        greatest(count(*) filter (where per_huishouden.gekoppeld > 0) - 1, 0) as gekoppeld,
        greatest(count(*) filter (where per_huishouden.binnen_norm > 0) - 1, 0) as binnen_norm,
        greatest(count(*) filter (where per_huishouden.langer_dan_norm > 0) - 1, 0) as langer_dan_norm,
        greatest(count(*) filter (where per_huishouden.met_aanbod > 0) - 1, 0) as met_aanbod,
        greatest(count(*) filter (where per_huishouden.met_huurcontract > 0) - 1, 0) as met_huurcontract,
        greatest(count(*) filter (where per_huishouden.huisvesting > 0) - 1, 0) as huisvesting,
        greatest(count(*) filter (where per_huishouden.weken_1_4 > 0) - 1, 0) as weken_1_4,
        greatest(count(*) filter (where per_huishouden.weken_5_13 > 0) - 1, 0) as weken_5_13,
        greatest(count(*) filter (where per_huishouden.weken_14_26 > 0) - 1, 0) as weken_14_26,
        greatest(count(*) filter (where per_huishouden.ernstig_vertraagd > 0) - 1, 0) as ernstig_vertraagd
    from per_huishouden
    inner join verdeeld
        on per_huishouden.huishouden = verdeeld.huishouden
    inner join gebied_gemeente
        on per_huishouden.gemeentecode = gebied_gemeente.gemeentecode
    group by
        gebied_gemeente.gebied,
        per_huishouden.huishouden
),

dubbel as (
    select
        gebied,
        sum(gekoppeld) as gekoppeld,
        sum(binnen_norm) as binnen_norm,
        sum(langer_dan_norm) as langer_dan_norm,
        sum(met_aanbod) as met_aanbod,
        sum(met_huurcontract) as met_huurcontract,
        sum(huisvesting) as huisvesting,
        sum(weken_1_4) as weken_1_4,
        sum(weken_5_13) as weken_5_13,
        sum(weken_14_26) as weken_14_26,
        sum(ernstig_vertraagd) as ernstig_vertraagd
    from dubbel_per_huishouden
    group by gebied
),

som as (
    select
        gebied_gemeente.gebied,
        coalesce(sum(per_gemeente.gekoppeld), 0)::bigint as gekoppeld,
        coalesce(sum(per_gemeente.binnen_norm), 0)::bigint as binnen_norm,
        coalesce(sum(per_gemeente.langer_dan_norm), 0)::bigint as langer_dan_norm,
        coalesce(sum(per_gemeente.met_aanbod), 0)::bigint as met_aanbod,
        coalesce(sum(per_gemeente.met_huurcontract), 0)::bigint as met_huurcontract,
        coalesce(sum(per_gemeente.huisvesting), 0)::bigint as huisvesting,
        coalesce(sum(per_gemeente.weken_1_4), 0)::bigint as weken_1_4,
        coalesce(sum(per_gemeente.weken_5_13), 0)::bigint as weken_5_13,
        coalesce(sum(per_gemeente.weken_14_26), 0)::bigint as weken_14_26,
        coalesce(sum(per_gemeente.ernstig_vertraagd), 0)::bigint as ernstig_vertraagd,
        coalesce(sum(per_gemeente.gekoppeld_huishoudens), 0)::bigint as gekoppeld_huishoudens,
        coalesce(sum(per_gemeente.binnen_norm_huishoudens), 0)::bigint as binnen_norm_huishoudens,
        coalesce(sum(per_gemeente.langer_dan_norm_huishoudens), 0)::bigint as langer_dan_norm_huishoudens,
        coalesce(sum(per_gemeente.met_aanbod_huishoudens), 0)::bigint as met_aanbod_huishoudens,
        coalesce(sum(per_gemeente.met_huurcontract_huishoudens), 0)::bigint as met_huurcontract_huishoudens,
        coalesce(sum(per_gemeente.huisvesting_huishoudens), 0)::bigint as huisvesting_huishoudens,
        coalesce(sum(per_gemeente.weken_1_4_huishoudens), 0)::bigint as weken_1_4_huishoudens,
        coalesce(sum(per_gemeente.weken_5_13_huishoudens), 0)::bigint as weken_5_13_huishoudens,
        coalesce(sum(per_gemeente.weken_14_26_huishoudens), 0)::bigint as weken_14_26_huishoudens,
        coalesce(sum(per_gemeente.ernstig_vertraagd_huishoudens), 0)::bigint as ernstig_vertraagd_huishoudens
    from gebied_gemeente
    left join per_gemeente
        on gebied_gemeente.gemeentecode = per_gemeente.gemeentecode
    group by gebied_gemeente.gebied
)

select
    som.gebied,
    som.gekoppeld,
    som.binnen_norm,
    som.langer_dan_norm,
    som.met_aanbod,
    som.met_huurcontract,
    som.huisvesting,
    som.weken_1_4,
    som.weken_5_13,
    som.weken_14_26,
    som.ernstig_vertraagd,
    som.gekoppeld_huishoudens - coalesce(dubbel.gekoppeld, 0)::bigint as gekoppeld_huishoudens,
    som.binnen_norm_huishoudens - coalesce(dubbel.binnen_norm, 0)::bigint as binnen_norm_huishoudens,
    som.langer_dan_norm_huishoudens - coalesce(dubbel.langer_dan_norm, 0)::bigint as langer_dan_norm_huishoudens,
    som.met_aanbod_huishoudens - coalesce(dubbel.met_aanbod, 0)::bigint as met_aanbod_huishoudens,
    som.met_huurcontract_huishoudens - coalesce(dubbel.met_huurcontract, 0)::bigint as met_huurcontract_huishoudens,
    som.huisvesting_huishoudens - coalesce(dubbel.huisvesting, 0)::bigint as huisvesting_huishoudens,
    som.weken_1_4_huishoudens - coalesce(dubbel.weken_1_4, 0)::bigint as weken_1_4_huishoudens,
    som.weken_5_13_huishoudens - coalesce(dubbel.weken_5_13, 0)::bigint as weken_5_13_huishoudens,
    som.weken_14_26_huishoudens - coalesce(dubbel.weken_14_26, 0)::bigint as weken_14_26_huishoudens,
    som.ernstig_vertraagd_huishoudens - coalesce(dubbel.ernstig_vertraagd, 0)::bigint as ernstig_vertraagd_huishoudens
from som
left join dubbel
    on som.gebied = dubbel.gebied
