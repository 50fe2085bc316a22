-- what: the book 'per halfjaar' in one line per municipality: open from earlier half-years, open from this one, voorsprong.
-- definition: open_ouder + open_eigen - voorsprong = eindsaldo of the book 'cumulatief'
-- source: metrics.boekhouding_per_halfjaar
-- grain: one row per gemeente
with parameters as (
    select periode
    from invoer.parameters
),

gemeenten as (
    select gemeentecode
    from metrics.taakstelling
),

posten as (
    select *
    from metrics.boekhouding_per_halfjaar
)

select
    gemeenten.gemeentecode,
    coalesce(sum(posten.open_personen) filter (where posten.halfjaar <> parameters.periode), 0)::bigint as open_ouder,
    coalesce(sum(posten.open_personen) filter (where posten.halfjaar = parameters.periode), 0)::bigint as open_eigen,
    coalesce(sum(posten.voorsprong), 0)::bigint as voorsprong
from gemeenten
cross join parameters
left join posten
    on gemeenten.gemeentecode = posten.gemeentecode
group by gemeenten.gemeentecode
