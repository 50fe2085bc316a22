-- what: the Kaplan-Meier curves of the waiting times: which share still waits after so many days, with its 95 % band.
-- definition: survival is the product over the days of (1 - reached / waiting). Who stops being seen on a day (`gecensureerd`) still
--   waits on that day. The product is taken as a sum of logarithms in whole units, so that its bytes do not depend on an order or on
--   threads. Band: log-log, Greenwood.
-- source: Kaplan and Meier (1958); DOMAIN, waiting time
-- grain: one row per traject, groepsoort, groep and dag on which somebody reached it or stopped being seen
with dagen as (
    select
        traject,
        groepsoort,
        groep,
        dag,
        aantal,
        bereikt
    from metrics.wachttijd_dag
    where aantal > 0
),

wachtenden as (
    select
        *,
        sum(aantal) over (
            partition by traject, groepsoort, groep
            order by dag
            rows between current row and unbounded following
        )::bigint as wachtend
    from dagen
),

sommen as (
    select
        *,
        drijvende_komma(sum(log_blijvend(bereikt, wachtend)) over dagen_tot_nu) as som_log,
        drijvende_komma(sum(greenwood(bereikt, wachtend)) over dagen_tot_nu) as variantie
    from wachtenden
    window dagen_tot_nu as (
        partition by traject, groepsoort, groep
        order by dag
        rows between unbounded preceding and current row
    )
),

overlevenden as (
    select
        *,
        case when bereikt < wachtend then som_log end as log_overleving
    from sommen
)

select
    traject,
    groepsoort,
    groep,
    dag,
    wachtend,
    bereikt,
    aantal - bereikt as gecensureerd,
    coalesce(exp(log_overleving), 0) as overleving,
    loglog_grens(log_overleving, variantie, -1) as ondergrens,
    loglog_grens(log_overleving, variantie, 1) as bovengrens
from overlevenden
