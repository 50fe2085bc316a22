-- what: the municipalities that housed nobody while they had a taakstelling, largest gecorrigeerde taakstelling first.
-- grain: one row per gemeente
with taakstelling as (
    select
        gemeentecode,
        gecorrigeerd
    from metrics.taakstelling
    where
        realisatie = 0
        and gecorrigeerd > 0
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
