-- severity: block
-- tabel: metrics.boekhouding
-- titel: Beide boekhoudingen komen per gemeente op hetzelfde eindsaldo uit
-- what: municipalities where open_ouder + open_eigen - voorsprong is not the eindsaldo.
-- why: the two books may differ in vintage only, never in total.
with boekhouding as (
    select *
    from metrics.boekhouding
),

taakstelling as (
    select *
    from metrics.taakstelling
)

select
    taakstelling.gemeentecode,
    taakstelling.eindsaldo,
    boekhouding.open_ouder,
    boekhouding.open_eigen,
    boekhouding.voorsprong
from taakstelling
left join boekhouding
    on taakstelling.gemeentecode = boekhouding.gemeentecode
where taakstelling.eindsaldo is distinct from boekhouding.open_ouder + boekhouding.open_eigen - boekhouding.voorsprong
order by
    taakstelling.gemeentecode
