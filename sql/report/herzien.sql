-- what: what the report lists of the differences with the published edition of this half-year: the key figures of the country that
--   differ, and the municipalities of which the eindsaldo differs, in the order of the report.
-- grain: one row per cijfer_id of the country, or per gemeente (cijfer_id is empty)
with herzieningen as (
    select *
    from report.herzieningen
),

gemeenten as (
    select *
    from report.gemeenten
),

definities as (
    select *
    from report.definities_kern
)

select
    herzieningen.cijfer_id,
    'NL' as gebied,
    definities.naam,
    row_number() over (
        order by herzieningen.cijfer_id
    ) as volgorde
from herzieningen
inner join definities
    on herzieningen.cijfer_id = definities.cijfer_id
where herzieningen.gebied = 'NL'
union all
select
    '' as cijfer_id,
    gemeenten.gemeentecode as gebied,
    gemeenten.gemeente as naam,
    1000 + gemeenten.volgorde as volgorde
from gemeenten
where gemeenten.gemeentecode in (
    select herzieningen.gebied
    from herzieningen
    where herzieningen.cijfer_id = 'saldo.eind'
)
order by
    volgorde
