-- what: name, unit and decimals of the key figures that are set beside those of another edition.
-- grain: one row per cijfer_id
with definities as (
    select *
    from report.definities_taakstelling
    union all
    select *
    from report.definities_opvang
    union all
    select *
    from report.definities_koppelingen
    union all
    select *
    from report.definities_wachttijd
)

select
    definities.cijfer_id,
    definities.naam,
    definities.eenheid,
    definities.decimalen
from definities
inner join report.verandering
    on definities.cijfer_id = verandering.cijfer_id
order by
    definities.cijfer_id
