-- what: the municipalities with the largest taakstelling, for the factsheet: thirty, as the Platform's own sheets had.
-- definition: by the taakstelling of the half-year itself (netto), as published; ties by name, then gemeentecode.
-- grain: one row per gemeente
with taakstelling as (
    select
        taakstelling.gemeentecode,
        taakstelling.taakstelling,
        gemeenten.gemeente
    from metrics.taakstelling
    inner join staging.gemeenten
        on taakstelling.gemeentecode = gemeenten.gemeentecode
),

gerangschikt as (
    select
        gemeentecode,
        row_number() over (
            order by
                taakstelling desc,
                alfabetisch(gemeente),
                gemeentecode
        ) as volgorde
    from taakstelling
)

select
    gemeentecode,
    volgorde
from gerangschikt
where volgorde <= 30
order by
    volgorde
