-- what: the municipalities whose saldo moved most during the half-year, ten in each direction.
-- definition: change = eindsaldo - saldo_begin; achteruit above 0, vooruit below 0; ties by gemeentecode.
-- grain: one row per richting and rang
with taakstelling as (
    select
        gemeentecode,
        eindsaldo - saldo_begin as verandering
    from metrics.taakstelling
),

gerangschikt as (
    select
        gemeentecode,
        verandering,
        case when verandering > 0 then 'achteruit' else 'vooruit' end as richting,
        row_number() over (
            partition by verandering > 0
            order by
                abs(verandering) desc,
                gemeentecode
        ) as rang
    from taakstelling
    where verandering <> 0
)

select
    richting,
    rang,
    gemeentecode,
    verandering
from gerangschikt
where rang <= 10
