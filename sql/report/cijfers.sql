-- what: the register: every number that can be printed, with its unit, definition and the model it comes from.
-- definition: waarde NULL prints as n.v.t.
-- grain: one row per cijfer_id and gebied
with waarden as (
    select
        cijfer_id,
        gebied,
        waarde
    from report.cijfers_taakstelling
    union all
    select
        cijfer_id,
        gebied,
        waarde
    from report.cijfers_boekhouding
    union all
    select
        cijfer_id,
        gebied,
        waarde
    from report.cijfers_verdeling
    union all
    select
        cijfer_id,
        gebied,
        waarde
    from report.cijfers_opvang
    union all
    select
        cijfer_id,
        gebied,
        waarde
    from report.cijfers_koppelingen
    union all
    select
        cijfer_id,
        gebied,
        waarde
    from report.cijfers_landelijk
    union all
    select
        cijfer_id,
        gebied,
        waarde
    from report.cijfers_vooruitblik
    union all
    select
        cijfer_id,
        gebied,
        waarde
    from report.cijfers_wachttijd
    union all
    select
        cijfer_id,
        gebied,
        waarde
    from report.cijfers_verandering
    union all
    select
        cijfer_id,
        gebied,
        waarde
    from report.cijfers_kansrijk
    union all
    select
        cijfer_id,
        gebied,
        waarde
    from report.cijfers_aansluiting
    union all
    select
        cijfer_id,
        gebied,
        waarde
    from report.cijfers_nareis
    union all
    select
        cijfer_id,
        gebied,
        waarde
    from report.cijfers_toezicht
),

definities as (
    select *
    from report.definities
)

select
    waarden.cijfer_id,
    waarden.gebied,
    waarden.waarde::decimal(18, 4) as waarde,
    definities.eenheid,
    definities.definitie,
    definities.model
from waarden
left join definities
    on waarden.cijfer_id = definities.cijfer_id
order by
    waarden.cijfer_id,
    waarden.gebied
