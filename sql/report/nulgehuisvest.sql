-- what: the municipalities that housed nobody on balance while they had a taakstelling, largest gecorrigeerde taakstelling first.
-- grain: one row per gemeente
with taakstelling as (
    select
        gemeentecode,
        gecorrigeerd
    from metrics.taakstelling
    where nulgehuisvest(realisatie, gecorrigeerd)
)

select
    gemeentecode,
    row_number() over (
        order by
            gecorrigeerd desc,
            gemeentecode
    ) as volgorde
from taakstelling
order by
    volgorde
