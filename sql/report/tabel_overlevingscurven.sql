-- what: the curves of the four waiting times as an open table: which percentage still waits after so many days.
-- definition: percentages with one decimal, rounded here.
-- grain: one row per traject and dag
with curven as (
    select *
    from metrics.wachttijd_curve
    where groepsoort = 'totaal'
)

select
    traject,
    dag,
    wachtend,
    bereikt,
    gecensureerd,
    kans_procent(overleving)::decimal(18, 1) as wacht_nog_procent,
    kans_procent(ondergrens)::decimal(18, 1) as ondergrens_procent,
    kans_procent(bovengrens)::decimal(18, 1) as bovengrens_procent
from curven
order by
    traject,
    dag
