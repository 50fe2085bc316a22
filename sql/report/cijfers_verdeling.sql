-- what: the figures of the two controls on the distribution, for every area.
-- definition: an area of which one municipality has no computed number has none either (n.v.t.), never a partial sum.
-- grain: one row per cijfer_id and gebied
with gebied_gemeente as (
    select *
    from metrics.gebied_gemeente
),

verdeling as (
    select *
    from metrics.verdeling
),

peiljaar as (
    select distinct peiljaar
    from staging.inwoners_verdeling
),

per_gebied as (
    select
        gebied_gemeente.gebied,
        case when count(*) = count(verdeling.artikel_29) then sum(verdeling.artikel_29) end as artikel_29,
        case when count(*) = count(verdeling.adams) then sum(verdeling.adams) end as adams,
        case when count(*) = count(verdeling.artikel_29) then sum(verdeling.verschil_artikel_29) end as verschil_artikel_29,
        case when count(*) = count(verdeling.adams) then sum(verdeling.verschil_adams) end as verschil_adams,
        case when count(verdeling.artikel_29) > 0
            then count(*) filter (where verdeling.verschil_artikel_29 = 0)
        end as artikel_29_gelijk,
        case when count(verdeling.adams) > 0
            then count(*) filter (where verdeling.verschil_adams = 0)
        end as adams_gelijk
    from gebied_gemeente
    inner join verdeling
        on gebied_gemeente.gemeentecode = verdeling.gemeentecode
    group by gebied_gemeente.gebied
),

cijfers as (
    select
        gebied,
        unnest(map_entries(map {
            'controle.artikel_29': artikel_29::decimal(18, 4),
            'controle.adams': adams,
            'controle.artikel_29_verschil': verschil_artikel_29,
            'controle.adams_verschil': verschil_adams,
            'controle.artikel_29_gelijk': artikel_29_gelijk,
            'controle.adams_gelijk': adams_gelijk
        })) as cijfer
    from per_gebied
)

select
    cijfer.key as cijfer_id,
    gebied,
    cijfer.value as waarde
from cijfers
union all
select
    'inwoners.peiljaar' as cijfer_id,
    'NL' as gebied,
    peiljaar::decimal(18, 4) as waarde
from peiljaar
order by
    cijfer_id,
    gebied
