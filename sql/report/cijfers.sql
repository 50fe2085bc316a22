-- what: the register: every number that can be printed, with its unit, definition and the model it comes from.
-- definition: waarde NULL prints as n.v.t.
-- grain: one row per cijfer_id and gebied
with waarden as (
    select *
    from report.waarden
    union all
    select *
    from report.cijfers_herziening
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
