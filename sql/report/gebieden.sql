-- what: the areas of the report with their names and order.
-- grain: one row per gebied
with gemeenten as (
    select *
    from staging.gemeenten
),

gebieden as (
    select
        'NL' as gebied,
        'land' as soort,
        'Nederland' as naam,
        null as provinciecode,
        null as regiocode,
        1 as soort_volgorde
    union all
    select distinct
        provinciecode as gebied,
        'provincie' as soort,
        provincie as naam,
        provinciecode,
        null as regiocode,
        2 as soort_volgorde
    from gemeenten
    union all
    select distinct
        regiocode as gebied,
        'arbeidsmarktregio' as soort,
        regio as naam,
        null as provinciecode,
        regiocode,
        3 as soort_volgorde
    from gemeenten
    where regiocode is not null
    union all
    select
        gemeentecode as gebied,
        'gemeente' as soort,
        gemeente as naam,
        provinciecode,
        regiocode,
        4 as soort_volgorde
    from gemeenten
)

select
    gebied,
    soort,
    naam,
    provinciecode,
    regiocode,
    row_number() over (
        order by
            soort_volgorde,
            alfabetisch(naam),
            gebied
    ) as volgorde
from gebieden
order by
    volgorde
