-- what: de koppelingen met de dagen tot aanbod of huisvesting, of tot het wachten uit beeld raakte,
--   en waarheen zij vanuit de opvang leiden.
-- definition: as metrics.wachttijd_cel counts them, but one by one; gevolgd are the starts of the last four half-years.
-- grain: één rij per traject en koppeling
with parameters as (
    select
        begin,
        peildatum,
        halfjaar_terug(peildatum, 1) as cohort_1,
        halfjaar_terug(peildatum, 2) as cohort_2,
        halfjaar_terug(peildatum, 3) as cohort_3,
        halfjaar_terug(peildatum, 4) as cohort_4
    from invoer.parameters
),

gemeenten as (
    select
        gemeentecode,
        regiocode
    from staging.gemeenten
),

koppelingen as (
    select
        koppelingen.sleutel,
        koppelingen.koppeling_id,
        koppelingen.gemeentecode,
        personen.opvanggemeentecode,
        koppelingen.koppelingsgrond as grond,
        koppelingen.arbeidsmarktscreening as screening,
        case
            when personen.aankomst is null then 'geen_opvang'
            when koppelingen.gemeentecode = personen.opvanggemeentecode then 'gemeente'
            when gemeenten.regiocode = opvang.regiocode then 'regio'
            when gemeenten.regiocode <> opvang.regiocode then 'elders'
            else 'andere_gemeente'
        end as nabij,
        koppelingen.koppeling as start,
        coalesce(koppelingen.einde, parameters.peildatum) as einde,
        koppelingen.aanbod_geldig as aanbod,
        case when koppelingen.reden_einde = 'gehuisvest' then koppelingen.einde end as huisvesting,
        case
            when koppelingen.koppeling >= parameters.cohort_1 then parameters.cohort_1
            when koppelingen.koppeling >= parameters.cohort_2 then parameters.cohort_2
            when koppelingen.koppeling >= parameters.cohort_3 then parameters.cohort_3
            when koppelingen.koppeling >= parameters.cohort_4 then parameters.cohort_4
        end as cohort
    from staging.koppelingen as koppelingen
    cross join parameters
    left join staging.personen as personen
        on koppelingen.sleutel = personen.sleutel
    left join gemeenten
        on koppelingen.gemeentecode = gemeenten.gemeentecode
    left join gemeenten as opvang
        on personen.opvanggemeentecode = opvang.gemeentecode
),

waarnemingen as (
    select
        'koppeling_aanbod' as traject,
        *,
        aanbod as doel
    from koppelingen
    union all
    select
        'koppeling_huisvesting' as traject,
        *,
        huisvesting as doel
    from koppelingen
)

select
    waarnemingen.traject,
    waarnemingen.sleutel,
    waarnemingen.koppeling_id,
    waarnemingen.gemeentecode,
    waarnemingen.opvanggemeentecode,
    waarnemingen.grond,
    waarnemingen.screening,
    waarnemingen.nabij,
    waarnemingen.start,
    waarnemingen.doel,
    least(waarnemingen.doel, waarnemingen.einde) - waarnemingen.start as dag,
    waarnemingen.cohort is not null as gevolgd,
    coalesce(waarnemingen.cohort = parameters.begin, false) as in_halfjaar,
    coalesce(waarnemingen.doel <= waarnemingen.einde, false) as bereikt,
    coalesce(waarnemingen.doel <= waarnemingen.einde and waarnemingen.doel >= parameters.begin, false) as bereikt_in_halfjaar
from waarnemingen
cross join parameters
