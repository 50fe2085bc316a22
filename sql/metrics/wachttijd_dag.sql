-- what: how many of each group waited how many days, and how many of them reached it then.
-- definition: `aantal` and `bereikt` are of the starts in the last four half-years up to the peildatum; `bereikt_halfjaar` are all who
--   reached it in the half-year itself, however long ago they started. Koppelingen of who never was in the opvang are left out: the
--   extract holds those persons only once they are housed, so that every one of their waits seems to end well.
--   Groups: totaal, cohort (half-year of the start), categorie, grootte (of the household), and for koppelingen grond, screening,
--   grond_screening and nabij (see metrics.wachttijd_cel).
-- grain: one row per traject, groepsoort, groep and dag
with cellen as (
    select
        traject,
        case when cohort is not null then halfjaar(cohort) end as cohort,
        coalesce(categorie, 'onbekend') as categorie,
        coalesce(huishoudklasse(grootte), 'onbekend') as grootte,
        grond,
        screening,
        nabij,
        dag,
        case when cohort is not null then aantal else 0 end as aantal,
        case when cohort is not null then bereikt else 0 end as bereikt,
        bereikt_halfjaar
    from metrics.wachttijd_cel
    where nabij is distinct from 'geen_opvang'
),

groepen as (
    select
        traject,
        case
            when grouping(cohort) = 0 then 'cohort'
            when grouping(categorie) = 0 then 'categorie'
            when grouping(grootte) = 0 then 'grootte'
            when grouping(grond) = 0 and grouping(screening) = 0 then 'grond_screening'
            when grouping(grond) = 0 then 'grond'
            when grouping(screening) = 0 then 'screening'
            when grouping(nabij) = 0 then 'nabij'
            else 'totaal'
        end as groepsoort,
        case
            when grouping(cohort) = 0 then cohort
            when grouping(categorie) = 0 then categorie
            when grouping(grootte) = 0 then grootte
            when grouping(grond) = 0 and grouping(screening) = 0 then grond || '_' || screening
            when grouping(grond) = 0 then grond
            when grouping(screening) = 0 then screening
            when grouping(nabij) = 0 then nabij
            else 'totaal'
        end as groep,
        dag,
        sum(aantal)::bigint as aantal,
        sum(bereikt)::bigint as bereikt,
        sum(bereikt_halfjaar)::bigint as bereikt_halfjaar
    from cellen
    group by grouping sets (
        (traject, dag),
        (traject, dag, cohort),
        (traject, dag, categorie),
        (traject, dag, grootte),
        (traject, dag, grond),
        (traject, dag, screening),
        (traject, dag, grond, screening),
        (traject, dag, nabij)
    )
)

select
    traject,
    groepsoort,
    groep,
    dag,
    aantal,
    bereikt,
    bereikt_halfjaar
from groepen
where
    groep is not null
    and aantal + bereikt_halfjaar > 0
