-- what: de vergunningen bij het COA naast die bij de IND, voor drie groepen; wie in meer groepen valt, staat er vaker.
-- grain: één rij per groep en persoon
with verschillen as (
    select *
    from metrics.vergunning_verschil
    where verschil <> 'alleen_ind'
),

bij_coa as (
    select
        personen.sleutel,
        personen.vergunning,
        personen.instroom is not null and personen.vertrek is null as in_opvang,
        coalesce(verschillen.verschil, 'gelijk') as uitkomst
    from staging.personen as personen
    left join verschillen
        on personen.sleutel = verschillen.sleutel
    where personen.vergunning is not null
),

groepen as (
    select
        'coa' as groep,
        sleutel,
        uitkomst
    from bij_coa
    union all
    select
        'opvang' as groep,
        sleutel,
        uitkomst
    from bij_coa
    where in_opvang
    union all
    select
        'geplaatst' as groep,
        sleutel,
        coalesce(bij_ind, 'bekend') as uitkomst
    from metrics.aansluiting_persoon
    where coa_gemeentecode is not null
)

select
    groep,
    sleutel,
    case uitkomst when 'bekend' then 'gelijk' when 'alleen_coa' then 'onbekend' else uitkomst end as uitkomst
from groepen
