-- what: the vergunninghouders in the opvang at the start of the peildatum, each with the current koppeling and one place in the funnel.
-- definition: in the opvang is who entered as a vergunninghouder and has not left, by the file of persons. The current koppeling is
--   the latest that did not end before the peildatum (two of one day: the highest koppeling_id); who has only ended ones has none.
--   `dagen_koppeling` and `dagen_vergunning` are counted to the peildatum, `dagen_opvang` since the first day in the opvang.
--   `huishoudgrootte` counts the members who are in the opvang.
-- source: DOMAIN, the funnel
-- grain: one row per person in the opvang
with parameters as (
    select peildatum
    from invoer.parameters
),

normen as (
    select aanbod
    from staging.normen
),

personen as (
    select *
    from staging.personen
    where
        instroom is not null
        and vertrek is null
),

huishoudens as (
    select
        huishouden,
        count(*) as leden
    from personen
    group by huishouden
),

lopende as materialized (
    select
        koppelingen.sleutel,
        koppelingen.koppeling_id,
        koppelingen.gemeentecode,
        koppelingen.koppeling,
        koppelingen.aanbod_geldig,
        koppelingen.huurcontract,
        koppelingen.koppelingsgrond,
        koppelingen.arbeidsmarktscreening,
        koppelingen.reden_vertraging
    from staging.koppelingen
    inner join personen
        on koppelingen.sleutel = personen.sleutel
    where koppelingen.einde is null
),

-- Few persons: only of those with several running koppelingen the latest must be found.
meermaals as (
    select sleutel
    from lopende
    group by sleutel
    having count(*) > 1
),

laatste as (
    select
        lopende.sleutel,
        count(*) as koppelingen,
        arg_max(
            {
                'koppeling_id': lopende.koppeling_id,
                'gemeentecode': lopende.gemeentecode,
                'koppeling': lopende.koppeling,
                'aanbod_geldig': lopende.aanbod_geldig,
                'huurcontract': lopende.huurcontract,
                'koppelingsgrond': lopende.koppelingsgrond,
                'arbeidsmarktscreening': lopende.arbeidsmarktscreening,
                'reden_vertraging': lopende.reden_vertraging
            },
            (lopende.koppeling, lopende.koppeling_id)
        ) as laatste
    from lopende
    inner join meermaals
        on lopende.sleutel = meermaals.sleutel
    group by lopende.sleutel
),

lopend as (
    select
        lopende.sleutel,
        1 as koppelingen,
        lopende.koppeling_id,
        lopende.gemeentecode,
        lopende.koppeling,
        lopende.aanbod_geldig,
        lopende.huurcontract,
        lopende.koppelingsgrond,
        lopende.arbeidsmarktscreening,
        lopende.reden_vertraging
    from lopende
    left join meermaals
        on lopende.sleutel = meermaals.sleutel
    where meermaals.sleutel is null
    union all
    select
        sleutel,
        koppelingen,
        laatste.koppeling_id as koppeling_id,
        laatste.gemeentecode as gemeentecode,
        laatste.koppeling as koppeling,
        laatste.aanbod_geldig as aanbod_geldig,
        laatste.huurcontract as huurcontract,
        laatste.koppelingsgrond as koppelingsgrond,
        laatste.arbeidsmarktscreening as arbeidsmarktscreening,
        laatste.reden_vertraging as reden_vertraging
    from laatste
)

select
    personen.sleutel,
    personen.huishouden,
    huishoudens.leden as huishoudgrootte,
    personen.categorie,
    personen.nationaliteit,
    personen.geboortejaar,
    personen.opvanggemeentecode,
    personen.opvangvorm,
    personen.vergunning,
    personen.aankomst,
    personen.instroom,
    lopend.koppeling_id,
    lopend.gemeentecode,
    lopend.koppeling,
    lopend.aanbod_geldig,
    lopend.huurcontract,
    trechterstand(
        datediff('day', lopend.koppeling, parameters.peildatum),
        lopend.aanbod_geldig,
        lopend.huurcontract,
        normen.aanbod
    ) as stand,
    datediff('day', lopend.koppeling, parameters.peildatum) as dagen_koppeling,
    datediff('day', personen.vergunning, parameters.peildatum) as dagen_vergunning,
    datediff('day', personen.aankomst, parameters.peildatum) as dagen_opvang,
    lopend.koppelingsgrond,
    lopend.arbeidsmarktscreening,
    lopend.reden_vertraging,
    coalesce(lopend.koppelingen, 0) as lopende_koppelingen
from personen
cross join parameters
cross join normen
inner join huishoudens
    on personen.huishouden = huishoudens.huishouden
left join lopend
    on personen.sleutel = lopend.sleutel
