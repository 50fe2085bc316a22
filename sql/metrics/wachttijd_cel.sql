-- what: how many persons or koppelingen waited how many days, for the four waiting times; all figures on them add up these rows.
-- definition: `dag` is the number of days between the start and what was waited for, or the day at which the wait stops being seen:
--   the end of the koppeling or the departure from the opvang for another reason, and else the peildatum. `bereikt` are those who
--   reached it on that day, the others are censored. `cohort` is the first day of the half-year of the start, for the last four
--   half-years up to the peildatum; older starts have none, since of them the extract holds only who was still there. They count
--   for the plain average of the half-year alone (`bereikt_halfjaar`: reached in the half-year itself).
--   Persons are those who were in the opvang with their permit. A household has as many members as there are persons with its mark,
--   3 stands for three or four, 5 for five and more. `nabij` says where a koppeling leads, seen from the last reception: `gemeente`,
--   `regio` (another gemeente in its arbeidsmarktregio), `elders`; `andere_gemeente` where the division into regions is not known,
--   `geen_opvang` for who never was there.
-- source: DOMAIN, waiting time
-- grain: one row per traject, cohort, categorie, grootte, grond, screening, nabij and dag; those three only where koppelingen wait
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

huishoudens as (
    select
        huishouden,
        case
            when count(*) <= 2 then count(*)
            when count(*) <= 4 then 3
            else 5
        end::tinyint as grootte
    from staging.personen
    group by huishouden
),

personen as (
    select
        personen.sleutel,
        personen.categorie,
        huishoudens.grootte,
        personen.vergunning,
        personen.aankomst,
        personen.vertrek,
        personen.vertrek_reden = 'gehuisvest' as gehuisvest,
        personen.opvanggemeentecode
    from staging.personen as personen
    left join huishoudens
        on personen.huishouden = huishoudens.huishouden
),

koppelingen as (
    select
        case
            when koppelingen.koppeling >= parameters.cohort_1 then parameters.cohort_1
            when koppelingen.koppeling >= parameters.cohort_2 then parameters.cohort_2
            when koppelingen.koppeling >= parameters.cohort_3 then parameters.cohort_3
            when koppelingen.koppeling >= parameters.cohort_4 then parameters.cohort_4
        end as cohort,
        koppelingen.koppeling as start,
        coalesce(koppelingen.einde, parameters.peildatum) as einde,
        koppelingen.aanbod_geldig as aanbod,
        case when koppelingen.reden_einde = 'gehuisvest' then koppelingen.einde end as huisvesting,
        personen.categorie,
        personen.grootte,
        koppelingen.koppelingsgrond as grond,
        koppelingen.arbeidsmarktscreening as screening,
        case
            when personen.aankomst is null then 'geen_opvang'
            when koppelingen.gemeentecode = personen.opvanggemeentecode then 'gemeente'
            when gemeenten.regiocode = opvang.regiocode then 'regio'
            when gemeenten.regiocode <> opvang.regiocode then 'elders'
            else 'andere_gemeente'
        end as nabij
    from staging.koppelingen as koppelingen
    cross join parameters
    left join personen
        on koppelingen.sleutel = personen.sleutel
    left join gemeenten
        on koppelingen.gemeentecode = gemeenten.gemeentecode
    left join gemeenten as opvang
        on personen.opvanggemeentecode = opvang.gemeentecode
),

eerste_koppeling as (
    select
        sleutel,
        min(koppeling) as koppeling
    from staging.koppelingen
    group by sleutel
),

opvang as (
    select
        case
            when personen.vergunning >= parameters.cohort_1 then parameters.cohort_1
            when personen.vergunning >= parameters.cohort_2 then parameters.cohort_2
            when personen.vergunning >= parameters.cohort_3 then parameters.cohort_3
            when personen.vergunning >= parameters.cohort_4 then parameters.cohort_4
        end as cohort,
        personen.vergunning as start,
        coalesce(personen.vertrek, parameters.peildatum) as einde,
        eerste_koppeling.koppeling,
        case when personen.gehuisvest then personen.vertrek end as huisvesting,
        personen.categorie,
        personen.grootte
    from personen
    cross join parameters
    left join eerste_koppeling
        on personen.sleutel = eerste_koppeling.sleutel
    where
        personen.vergunning is not null
        and personen.aankomst is not null
        and (personen.vertrek is null or personen.vertrek >= personen.vergunning)
),

-- Each koppeling and each person counts for two of the waiting times.
waarnemingen_koppelingen as (
    select
        trajecten.is_aanbod,
        koppelingen.cohort,
        koppelingen.categorie,
        koppelingen.grootte,
        koppelingen.grond,
        koppelingen.screening,
        koppelingen.nabij,
        koppelingen.start,
        koppelingen.einde,
        case when trajecten.is_aanbod then koppelingen.aanbod else koppelingen.huisvesting end as bereikt
    from koppelingen
    cross join (values (true), (false)) as trajecten (is_aanbod)
),

waarnemingen_personen as (
    select
        trajecten.is_koppeling,
        opvang.cohort,
        opvang.categorie,
        opvang.grootte,
        opvang.start,
        opvang.einde,
        case when trajecten.is_koppeling then opvang.koppeling else opvang.huisvesting end as bereikt
    from opvang
    cross join (values (true), (false)) as trajecten (is_koppeling)
),

cellen_koppelingen as (
    select
        waarnemingen.is_aanbod,
        waarnemingen.cohort,
        waarnemingen.categorie,
        waarnemingen.grootte,
        waarnemingen.grond,
        waarnemingen.screening,
        waarnemingen.nabij,
        least(waarnemingen.bereikt, waarnemingen.einde) - waarnemingen.start as dag,
        count(*) as aantal,
        count(*) filter (where waarnemingen.bereikt <= waarnemingen.einde) as bereikt,
        count(*) filter (
            where
                waarnemingen.bereikt <= waarnemingen.einde
                and waarnemingen.bereikt >= parameters.begin
        ) as bereikt_halfjaar
    from waarnemingen_koppelingen as waarnemingen
    cross join parameters
    group by all
),

cellen_personen as (
    select
        waarnemingen.is_koppeling,
        waarnemingen.cohort,
        waarnemingen.categorie,
        waarnemingen.grootte,
        least(waarnemingen.bereikt, waarnemingen.einde) - waarnemingen.start as dag,
        count(*) as aantal,
        count(*) filter (where waarnemingen.bereikt <= waarnemingen.einde) as bereikt,
        count(*) filter (
            where
                waarnemingen.bereikt <= waarnemingen.einde
                and waarnemingen.bereikt >= parameters.begin
        ) as bereikt_halfjaar
    from waarnemingen_personen as waarnemingen
    cross join parameters
    group by all
)

select
    case when is_aanbod then 'koppeling_aanbod' else 'koppeling_huisvesting' end as traject,
    cohort,
    categorie,
    grootte,
    grond,
    screening,
    nabij,
    dag,
    aantal,
    bereikt,
    bereikt_halfjaar
from cellen_koppelingen
union all
select
    case when is_koppeling then 'vergunning_koppeling' else 'vergunning_huisvesting' end as traject,
    cohort,
    categorie,
    grootte,
    null as grond,
    null as screening,
    null as nabij,
    dag,
    aantal,
    bereikt,
    bereikt_halfjaar
from cellen_personen
