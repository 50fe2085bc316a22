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

lopend as (
    select
        koppelingen.sleutel,
        count(*) as koppelingen,
        arg_max(
            {
                'koppeling_id': koppelingen.koppeling_id,
                'gemeentecode': koppelingen.gemeentecode,
                'koppeling': koppelingen.koppeling,
                'aanbod_geldig': koppelingen.aanbod_geldig,
                'huurcontract': koppelingen.huurcontract,
                'koppelingsgrond': koppelingen.koppelingsgrond,
                'arbeidsmarktscreening': koppelingen.arbeidsmarktscreening,
                'reden_vertraging': koppelingen.reden_vertraging
            },
            (koppelingen.koppeling, koppelingen.koppeling_id)
        ) as laatste
    from staging.koppelingen
    inner join personen
        on koppelingen.sleutel = personen.sleutel
    where koppelingen.einde is null
    group by koppelingen.sleutel
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
    lopend.laatste.koppeling_id as koppeling_id,
    lopend.laatste.gemeentecode as gemeentecode,
    lopend.laatste.koppeling as koppeling,
    lopend.laatste.aanbod_geldig as aanbod_geldig,
    lopend.laatste.huurcontract as huurcontract,
    trechterstand(
        datediff('day', lopend.laatste.koppeling, parameters.peildatum),
        lopend.laatste.aanbod_geldig,
        lopend.laatste.huurcontract,
        normen.aanbod
    ) as stand,
    datediff('day', lopend.laatste.koppeling, parameters.peildatum) as dagen_koppeling,
    datediff('day', personen.vergunning, parameters.peildatum) as dagen_vergunning,
    datediff('day', personen.aankomst, parameters.peildatum) as dagen_opvang,
    lopend.laatste.koppelingsgrond as koppelingsgrond,
    lopend.laatste.arbeidsmarktscreening as arbeidsmarktscreening,
    lopend.laatste.reden_vertraging as reden_vertraging,
    coalesce(lopend.koppelingen, 0) as lopende_koppelingen
from personen
cross join parameters
cross join normen
inner join huishoudens
    on personen.huishouden = huishoudens.huishouden
left join lopend
    on personen.sleutel = lopend.sleutel
