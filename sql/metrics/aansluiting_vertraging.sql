-- what: the administrative delay of every area: the median number of days between the municipality's day and the afmelding.
-- definition: the exact median over persons; of an even number the mean of the two in the middle, so half days exist. Found where the
--   running number of persons reaches half of all (the lower) and passes it (the upper one in the middle).
-- source: metrics.aansluiting_dagen
-- grain: one row per gebied with persons in both
with gebied_gemeente as (
    select *
    from metrics.gebied_gemeente
),

per_dag as (
    select
        gebied_gemeente.gebied,
        aansluiting_dagen.dagen,
        sum(aansluiting_dagen.personen)::bigint as personen
    from gebied_gemeente
    inner join metrics.aansluiting_dagen
        on gebied_gemeente.gemeentecode = aansluiting_dagen.gemeentecode
    group by
        gebied_gemeente.gebied,
        aansluiting_dagen.dagen
),

opgeteld as (
    select
        gebied,
        dagen,
        sum(personen) over (
            partition by gebied
            order by dagen
        ) as tot_en_met,
        sum(personen) over (partition by gebied) as totaal
    from per_dag
)

select
    gebied,
    max(totaal)::bigint as personen,
    (
        (
            min(dagen) filter (where 2 * tot_en_met >= totaal)
            + min(dagen) filter (where 2 * tot_en_met > totaal)
        ) * 0.5
    )::decimal(9, 1) as mediaan
from opgeteld
group by gebied
