-- what: the opvang as a whole, and who waits longer than the norms that count from the permit.
-- definition: vergunning: permit longer ago than the norm from permit to housing. zonder_koppeling: permit longer ago than the norm from
--   permit to koppeling, and no current koppeling. A household counts when one member at least does.
-- source: DOMAIN, normtijd: two clocks, two figures
-- grain: one row
with opvang as (
    select *
    from metrics.opvang_persoon
),

normen as (
    select *
    from staging.normen
),

standen as (
    select
        opvang.huishouden,
        langer_dan_norm(opvang.dagen_vergunning, normen.vergunning) as vergunning_te_lang,
        opvang.stand = 'zonder_koppeling' and langer_dan_norm(opvang.dagen_vergunning, normen.koppeling) as zonder_te_lang
    from opvang
    cross join normen
)

select
    count(*) as personen,
    count(distinct huishouden) as huishoudens,
    count(*) filter (where vergunning_te_lang) as vergunning_langer_dan_norm,
    count(distinct huishouden) filter (where vergunning_te_lang) as vergunning_langer_dan_norm_huishoudens,
    count(*) filter (where zonder_te_lang) as zonder_koppeling_langer_dan_norm,
    count(distinct huishouden) filter (where zonder_te_lang) as zonder_koppeling_langer_dan_norm_huishoudens
from standen
