-- what: the curves of the waiting times by week and in whole percents, without the numbers of persons behind each day: a step of a curve
--   of days and tenths would tell how many persons it is.
-- definition: of waiting times with 500 persons or more: there a percent is five persons at least. The last day up to the week counts.
-- source: DESIGN, Disclosure
-- grain: one row per traject and week
with curven as (
    select
        curven.traject,
        ((curven.dag + 6) // 7 * 7)::integer as week,
        curven.dag,
        curven.wacht_nog_procent,
        curven.ondergrens_procent,
        curven.bovengrens_procent
    from report.tabel_overlevingscurven as curven
    inner join metrics.wachttijd as wachttijd
        on
            curven.traject = wachttijd.traject
            and wachttijd.groepsoort = 'totaal'
    where wachttijd.aantal >= 500
)

select
    traject,
    week as dag,
    null::bigint as wachtend,
    null::bigint as bereikt,
    null::bigint as gecensureerd,
    round(arg_max(wacht_nog_procent, dag))::decimal(18, 1) as wacht_nog_procent,
    round(arg_max(ondergrens_procent, dag))::decimal(18, 1) as ondergrens_procent,
    round(arg_max(bovengrens_procent, dag))::decimal(18, 1) as bovengrens_procent
from curven
group by
    traject,
    week
order by
    traject,
    week
