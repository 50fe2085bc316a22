-- what: whether the IND and the COA know the same permit, for three groups of persons.
-- definition: `groep` is coa (everybody for whom the COA knows a permit), opvang (of whom still in the opvang) or geplaatst (placed in the
--   half-year). personen = gelijk + andere_datum + ingetrokken + onbekend; a withdrawal that both know is gelijk.
--   Empty when the COA or the IND did not deliver.
-- source: metrics.vergunning_verschil, metrics.aansluiting_persoon
-- grain: one row per groep
with aanwezig as (
    select personen and vergunningen as beide
    from staging.aanwezig
),

personen as (
    select
        count(*) as coa,
        count(*) filter (where instroom is not null and vertrek is null) as opvang
    from staging.personen
    where vergunning is not null
),

verschillen as (
    select *
    from metrics.vergunning_verschil
    where verschil <> 'alleen_ind'
),

groepen as (
    select
        'coa' as groep,
        count(*) filter (where verschil = 'andere_datum') as andere_datum,
        count(*) filter (where verschil = 'ingetrokken') as ingetrokken,
        count(*) filter (where verschil = 'alleen_coa') as onbekend
    from verschillen
    union all
    select
        'opvang' as groep,
        count(*) filter (where verschil = 'andere_datum') as andere_datum,
        count(*) filter (where verschil = 'ingetrokken') as ingetrokken,
        count(*) filter (where verschil = 'alleen_coa') as onbekend
    from verschillen
    where in_opvang
    union all
    select
        'geplaatst' as groep,
        count(*) filter (where bij_ind = 'andere_datum') as andere_datum,
        count(*) filter (where bij_ind = 'ingetrokken') as ingetrokken,
        count(*) filter (where bij_ind = 'onbekend') as onbekend
    from metrics.aansluiting_persoon
    where coa_gemeentecode is not null
),

omvang as (
    select
        'coa' as groep,
        coa as personen
    from personen
    union all
    select
        'opvang' as groep,
        opvang as personen
    from personen
    union all
    select
        'geplaatst' as groep,
        count(*) as personen
    from metrics.plaatsing
)

select
    omvang.groep,
    omvang.personen,
    omvang.personen - groepen.andere_datum - groepen.ingetrokken - groepen.onbekend as gelijk,
    groepen.andere_datum,
    groepen.ingetrokken,
    groepen.onbekend
from omvang
inner join groepen
    on omvang.groep = groepen.groep
inner join aanwezig
    on aanwezig.beide
