-- what: the inhabitants with which the national number is distributed, on the municipalities of the period's year.
-- definition: the law takes 1 January of the year before; where that year is not on hand the nearest later year on hand, and
--   `peiljaar` says which. Old municipalities go to their successor, as staging.gemeente_overgang says; where one was split the
--   number of inhabitants of all parts is NULL (it is fixed by gedeputeerde staten and must be delivered).
-- source: Huisvestingswet 2014, art. 29 lid 1 onder b and c, art. 30
-- grain: one row per gemeente
with parameters as (
    select jaar
    from invoer.parameters
),

inwoners as (
    select *
    from referentie.inwoners
),

overgang as (
    select
        oude_code,
        nieuwe_code,
        tot
    from staging.gemeente_overgang
),

gemeenten as (
    select gemeentecode
    from staging.gemeenten
),

peiljaar as (
    select min(inwoners.jaar) as peiljaar
    from inwoners
    cross join parameters
    where inwoners.jaar >= parameters.jaar - 1
),

overgangen as (
    select
        overgang.oude_code,
        overgang.nieuwe_code,
        count(*) over (partition by overgang.oude_code) as delen
    from overgang
    cross join peiljaar
    where overgang.tot > make_date(peiljaar.peiljaar, 1, 1)
),

op_nieuwe_code as (
    select
        coalesce(overgangen.nieuwe_code, inwoners.gemeentecode) as gemeentecode,
        sum(inwoners.inwoners) as inwoners,
        bool_or(coalesce(overgangen.delen, 1) > 1) as splitsing
    from inwoners
    inner join peiljaar
        on inwoners.jaar = peiljaar.peiljaar
    left join overgangen
        on inwoners.gemeentecode = overgangen.oude_code
    group by coalesce(overgangen.nieuwe_code, inwoners.gemeentecode)
),

landelijk as (
    select sum(inwoners.inwoners)::bigint as inwoners_nederland
    from inwoners
    inner join peiljaar
        on inwoners.jaar = peiljaar.peiljaar
)

select
    gemeenten.gemeentecode,
    case when not op_nieuwe_code.splitsing then op_nieuwe_code.inwoners::bigint end as inwoners,
    landelijk.inwoners_nederland,
    peiljaar.peiljaar,
    parameters.jaar - 1 as wettelijk_peiljaar
from gemeenten
cross join peiljaar
cross join parameters
cross join landelijk
left join op_nieuwe_code
    on gemeenten.gemeentecode = op_nieuwe_code.gemeentecode
