-- what: median and quartiles of the waiting times with their 95 % bands, beside the plain average of those who reached it.
-- definition: a quantile is the first day on which the curve is at or below the share that still waits (0.75, 0.5, 0.25); its limits
--   are the first days on which the limits of the curve are. NULL: not reached. `dagen_halfjaar` over `bereikt_halfjaar` is the plain
--   average over who reached it in the half-year, whenever they started. Nobody is left out for being few: `aantal` tells. All of it
--   is NULL when the extract was not delivered.
-- grain: one row per traject, groepsoort and groep; totaal always
with trajecten as (
    select
        trajecten.traject,
        (aanwezig.personen or not trajecten.van_personen) and (aanwezig.koppelingen or not trajecten.van_koppelingen) as geleverd
    from (
        values
        ('vergunning_koppeling', true, true),
        ('koppeling_aanbod', false, true),
        ('koppeling_huisvesting', false, true),
        ('vergunning_huisvesting', true, false)
    ) as trajecten (traject, van_personen, van_koppelingen)
    cross join staging.aanwezig
),

tellingen as (
    select
        traject,
        groepsoort,
        groep,
        sum(aantal)::bigint as aantal,
        sum(bereikt)::bigint as bereikt,
        sum(bereikt_halfjaar)::bigint as bereikt_halfjaar,
        sum(dag * bereikt_halfjaar)::bigint as dagen_halfjaar
    from metrics.wachttijd_dag
    group by
        traject,
        groepsoort,
        groep
    union all
    select
        traject,
        'totaal' as groepsoort,
        'totaal' as groep,
        0 as aantal,
        0 as bereikt,
        0 as bereikt_halfjaar,
        0 as dagen_halfjaar
    from trajecten
),

groepen as (
    select
        traject,
        groepsoort,
        groep,
        sum(aantal)::bigint as aantal,
        sum(bereikt)::bigint as bereikt,
        sum(bereikt_halfjaar)::bigint as bereikt_halfjaar,
        sum(dagen_halfjaar)::bigint as dagen_halfjaar
    from tellingen
    group by
        traject,
        groepsoort,
        groep
),

kwantielen as (
    select
        traject,
        groepsoort,
        groep,
        min(dag) filter (where kwantiel_bereikt(overleving, 0.5)) as mediaan,
        min(dag) filter (where kwantiel_bereikt(ondergrens, 0.5)) as mediaan_ondergrens,
        min(dag) filter (where kwantiel_bereikt(bovengrens, 0.5)) as mediaan_bovengrens,
        min(dag) filter (where kwantiel_bereikt(overleving, 0.75)) as kwartiel_1,
        min(dag) filter (where kwantiel_bereikt(ondergrens, 0.75)) as kwartiel_1_ondergrens,
        min(dag) filter (where kwantiel_bereikt(bovengrens, 0.75)) as kwartiel_1_bovengrens,
        min(dag) filter (where kwantiel_bereikt(overleving, 0.25)) as kwartiel_3,
        min(dag) filter (where kwantiel_bereikt(ondergrens, 0.25)) as kwartiel_3_ondergrens,
        min(dag) filter (where kwantiel_bereikt(bovengrens, 0.25)) as kwartiel_3_bovengrens
    from metrics.wachttijd_curve
    group by
        traject,
        groepsoort,
        groep
)

select
    groepen.traject,
    groepen.groepsoort,
    groepen.groep,
    case when trajecten.geleverd then groepen.aantal end as aantal,
    case when trajecten.geleverd then groepen.bereikt end as bereikt,
    kwantielen.mediaan,
    kwantielen.mediaan_ondergrens,
    kwantielen.mediaan_bovengrens,
    kwantielen.kwartiel_1,
    kwantielen.kwartiel_1_ondergrens,
    kwantielen.kwartiel_1_bovengrens,
    kwantielen.kwartiel_3,
    kwantielen.kwartiel_3_ondergrens,
    kwantielen.kwartiel_3_bovengrens,
    case when trajecten.geleverd then groepen.bereikt_halfjaar end as bereikt_halfjaar,
    case when trajecten.geleverd then groepen.dagen_halfjaar end as dagen_halfjaar
from groepen
inner join trajecten
    on groepen.traject = trajecten.traject
left join kwantielen
    on
        groepen.traject = kwantielen.traject
        and groepen.groepsoort = kwantielen.groepsoort
        and groepen.groep = kwantielen.groep
