-- what: a name for every code of a municipality that is or was one, to name it in a check.
-- definition: the name in the latest year on hand; of a municipality that was gone before the first of those, its name in the list
--   of herindelingen.
-- source: CBS, gemeentelijke indeling; referentie.herindelingen
-- grain: one row per gemeentecode
with namen as (
    select
        gemeentecode,
        gemeente,
        jaar
    from referentie.gemeenten
    union all
    select
        oude_code as gemeentecode,
        oude_naam as gemeente,
        0 as jaar
    from referentie.herindelingen
)

select
    gemeentecode,
    arg_max(gemeente, (jaar, gemeente)) as gemeente
from namen
where gemeente is not null
group by gemeentecode
