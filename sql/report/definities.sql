-- what: what every figure of the register means: name, unit, decimals, definition, source, on what law or choice it rests, its model.
-- definition: `optelbaar` says that the figure of the country is the sum over its municipalities and over its provinces.
--   `{maand}` in an id stands for the months 1 to 6 of the period.
-- grain: one row per cijfer_id
with maanden as (
    select unnest([1, 2, 3, 4, 5, 6]) as maand
),

sjablonen as (
    select *
    from report.definities_taakstelling
    union all
    select *
    from report.definities_vooruitblik
    union all
    select *
    from report.definities_verandering
    union all
    select *
    from report.definities_wachttijd
    union all
    select *
    from report.definities_kansrijk
    union all
    select *
    from report.definities_opvang
    union all
    select *
    from report.definities_koppelingen
    union all
    select *
    from report.definities_aansluiting
    union all
    select *
    from report.definities_nareis
    union all
    select *
    from report.definities_toezicht
    union all
    select *
    from report.definities_nagekomen
    union all
    select *
    from report.definities_herziening
)

select
    sjablonen.cijfer_id,
    sjablonen.naam,
    sjablonen.eenheid,
    sjablonen.decimalen,
    sjablonen.optelbaar,
    sjablonen.definitie,
    sjablonen.bron,
    grondslag(sjablonen.cijfer_id) as grondslag,
    sjablonen.model
from sjablonen
where not contains(sjablonen.cijfer_id, '{maand}')
union all
select
    replace(sjablonen.cijfer_id, '{maand}', maanden.maand::varchar) as cijfer_id,
    replace(sjablonen.naam, '{maand}', maanden.maand::varchar) as naam,
    sjablonen.eenheid,
    sjablonen.decimalen,
    sjablonen.optelbaar,
    replace(sjablonen.definitie, '{maand}', maanden.maand::varchar) as definitie,
    sjablonen.bron,
    grondslag(sjablonen.cijfer_id) as grondslag,
    sjablonen.model
from sjablonen
cross join maanden
where contains(sjablonen.cijfer_id, '{maand}')
order by
    cijfer_id
