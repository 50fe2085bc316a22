-- what: which municipalities make up each area: the country, its provinces, its arbeidsmarktregio's and each municipality itself.
-- grain: one row per gebied and gemeente
with gemeenten as (
    select *
    from staging.gemeenten
)

select
    'NL' as gebied,
    gemeentecode
from gemeenten
union all
select
    provinciecode as gebied,
    gemeentecode
from gemeenten
union all
select
    regiocode as gebied,
    gemeentecode
from gemeenten
where regiocode is not null
union all
select
    gemeentecode as gebied,
    gemeentecode
from gemeenten
