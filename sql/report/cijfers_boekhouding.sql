-- what: the figures of the book 'per halfjaar', for every area.
-- grain: one row per cijfer_id and gebied
with gebied_gemeente as (
    select *
    from metrics.gebied_gemeente
),

boekhouding as (
    select *
    from metrics.boekhouding
),

per_gebied as (
    select
        gebied_gemeente.gebied,
        sum(boekhouding.open_ouder) as open_ouder,
        sum(boekhouding.open_eigen) as open_eigen,
        sum(boekhouding.voorsprong) as voorsprong
    from gebied_gemeente
    inner join boekhouding
        on gebied_gemeente.gemeentecode = boekhouding.gemeentecode
    group by gebied_gemeente.gebied
),

cijfers as (
    select
        gebied,
        unnest(map_entries(map {
            'boekhouding.open_ouder': open_ouder::decimal(18, 4),
            'boekhouding.open_eigen': open_eigen,
            'boekhouding.voorsprong': voorsprong
        })) as cijfer
    from per_gebied
)

select
    cijfer.key as cijfer_id,
    gebied,
    cijfer.value as waarde
from cijfers
order by
    cijfer_id,
    gebied
