-- what: realisatie per area per month, cumulative, and beside the schedule of the gecorrigeerde taakstelling.
-- definition: schedule after m months = gecorrigeerd * m / 6
-- grain: one row per gebied and maand (1 to 6)
with gebied_gemeente as (
    select *
    from metrics.gebied_gemeente
),

realisatie_maand as (
    select *
    from staging.realisatie_maand
),

taakstelling_gebied as (
    select
        gebied,
        gecorrigeerd
    from metrics.taakstelling_gebied
),

per_gebied as (
    select
        gebied_gemeente.gebied,
        realisatie_maand.maand,
        sum(realisatie_maand.realisatie)::bigint as realisatie
    from gebied_gemeente
    inner join realisatie_maand
        on gebied_gemeente.gemeentecode = realisatie_maand.gemeentecode
    group by
        gebied_gemeente.gebied,
        realisatie_maand.maand
)

select
    per_gebied.gebied,
    per_gebied.maand,
    per_gebied.realisatie,
    sum(per_gebied.realisatie) over (
        partition by per_gebied.gebied
        order by per_gebied.maand
    )::bigint as cumulatief,
    taakstelling_gebied.gecorrigeerd
from per_gebied
inner join taakstelling_gebied
    on per_gebied.gebied = taakstelling_gebied.gebied
