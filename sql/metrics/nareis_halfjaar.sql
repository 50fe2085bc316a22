-- what: nareis by half-year: granted, arrived, and still expected on a day in it.
-- definition: expected counts in the half-year of the expected day, which may lie before the peildatum (the day has passed); halfjaar is
--   NULL for who is expected without a day.
-- source: staging.nareis
-- grain: one row per halfjaar with relatives
with gebeurtenissen as (
    select
        halfjaar(toegelaten) as halfjaar,
        1 as toegelaten,
        0 as aangekomen,
        0 as verwacht
    from staging.nareis
    union all
    select
        halfjaar(aankomst) as halfjaar,
        0 as toegelaten,
        1 as aangekomen,
        0 as verwacht
    from staging.nareis
    where stand = 'aangekomen'
    union all
    select
        halfjaar(verwacht) as halfjaar,
        0 as toegelaten,
        0 as aangekomen,
        1 as verwacht
    from staging.nareis
    where stand = 'verwacht'
)

select
    halfjaar,
    sum(toegelaten)::bigint as toegelaten,
    sum(aangekomen)::bigint as aangekomen,
    sum(verwacht)::bigint as verwacht
from gebeurtenissen
group by halfjaar
