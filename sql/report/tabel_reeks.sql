-- what: the trend over the published half-years on hand and this one, as an open table: key figures of the country, and
--   taakstelling, realisatie and eindsaldo of each municipality.
-- definition: a municipality has the boundaries of this half-year (grondslag 'omgerekend': merged, or divided by the delivered
--   shares; waarde is empty where these were not delivered). Figures of the country stand as published.
-- source: published editions, staging.eerder_totaal
-- grain: one row per cijfer_id, gebied and periode
with parameters as (
    select periode
    from invoer.parameters
),

gebieden as (
    select *
    from report.gebieden
),

kern as (
    select *
    from report.verandering
),

nu as (
    select *
    from report.cijfers_taakstelling
),

reeks as (
    select
        cijfers.cijfer_id,
        cijfers.gebied,
        cijfers.periode,
        cijfers.waarde,
        'gepubliceerd' as grondslag
    from eerder.cijfers
    inner join kern
        on
            cijfers.cijfer_id = kern.cijfer_id
            and cijfers.gebied = kern.gebied
    union all
    select
        kern.cijfer_id,
        kern.gebied,
        parameters.periode,
        kern.waarde,
        'dit halfjaar' as grondslag
    from kern
    cross join parameters
    union all
    select
        cijfer_id,
        gemeentecode as gebied,
        periode,
        case when count(*) = count(deel) then sum(deel) end as waarde,
        case when bool_or(oude_code <> gemeentecode) then 'omgerekend' else 'gepubliceerd' end as grondslag
    from staging.eerder_totaal
    where cijfer_id <> 'eindsaldo'
    group by
        cijfer_id,
        gemeentecode,
        periode
    union all
    select
        nu.cijfer_id,
        nu.gebied,
        parameters.periode,
        nu.waarde,
        'dit halfjaar' as grondslag
    from nu
    cross join parameters
    where
        nu.cijfer_id in ('taakstelling.netto', 'realisatie.totaal', 'saldo.eind')
        and nu.gebied like 'GM%'
)

select
    reeks.cijfer_id,
    reeks.gebied,
    gebieden.naam,
    reeks.periode,
    reeks.waarde::decimal(18, 1) as waarde,
    reeks.grondslag
from reeks
inner join gebieden
    on reeks.gebied = gebieden.gebied
order by
    reeks.cijfer_id,
    gebieden.volgorde,
    reeks.periode
