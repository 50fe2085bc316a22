-- what: the published taakstelling beside the two controls as an open table.
-- grain: one row per gemeente
with gemeenten as (
    select *
    from report.gemeenten
),

verdeling as (
    select *
    from metrics.verdeling
)

select
    gemeenten.gemeentecode,
    gemeenten.gemeente,
    verdeling.gepubliceerd,
    verdeling.artikel_29,
    verdeling.adams,
    verdeling.verschil_artikel_29,
    verdeling.verschil_adams
from gemeenten
inner join verdeling
    on gemeenten.gemeentecode = verdeling.gemeentecode
order by
    gemeenten.volgorde
