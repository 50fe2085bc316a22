-- what: the account of the country, the provinces and the arbeidsmarktregio's as an open table.
-- grain: one row per gebied above the gemeente
with gebieden as (
    select *
    from report.gebieden
    where soort <> 'gemeente'
),

taakstelling_gebied as (
    select *
    from metrics.taakstelling_gebied
)

select
    gebieden.gebied,
    gebieden.soort,
    gebieden.naam,
    taakstelling_gebied.inwoners,
    taakstelling_gebied.saldo_begin,
    taakstelling_gebied.taakstelling,
    taakstelling_gebied.gecorrigeerd,
    taakstelling_gebied.realisatie,
    realisatie_percentage(taakstelling_gebied.realisatie, taakstelling_gebied.gecorrigeerd)::decimal(18, 1) as percentage,
    taakstelling_gebied.achterstand,
    taakstelling_gebied.voorsprong,
    taakstelling_gebied.eindsaldo,
    taakstelling_gebied.gemeenten,
    taakstelling_gebied.achter,
    taakstelling_gebied.exact,
    taakstelling_gebied.voor
from gebieden
inner join taakstelling_gebied
    on gebieden.gebied = taakstelling_gebied.gebied
order by
    gebieden.volgorde
