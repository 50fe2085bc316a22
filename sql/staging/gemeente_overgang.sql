-- what: what became of each abolished municipality, step by step up to the municipalities of the period's year.
-- definition: an event of before `tot` in `oude_code` counts for `nieuwe_code`. Where a municipality was divided there is one row per
--   part; `deel_code` is the part right after the division, by which a delivered person or share is matched.
-- source: RvIG table 33 and later public lists (referentie.herindelingen)
-- grain: one row per oude_code, and per part where it was divided
with recursive grens as (
    select make_date(jaar, 1, 1) as grens
    from invoer.parameters
),

stappen as (
    select
        herindelingen.datum,
        herindelingen.oude_code,
        herindelingen.nieuwe_code,
        herindelingen.soort = 'splitsing' as splitsing
    from referentie.herindelingen
    cross join grens
    where herindelingen.datum <= grens.grens
),

keten as (
    select
        stappen.oude_code,
        stappen.datum as tot,
        stappen.datum as bereikt,
        stappen.nieuwe_code,
        case when stappen.splitsing then stappen.nieuwe_code end as deel_code
    from stappen
    union all
    select
        keten.oude_code,
        keten.tot,
        stappen.datum as bereikt,
        stappen.nieuwe_code,
        coalesce(keten.deel_code, case when stappen.splitsing then stappen.nieuwe_code end) as deel_code
    from keten
    inner join stappen
        on
            keten.nieuwe_code = stappen.oude_code
            and keten.bereikt < stappen.datum
)

select
    oude_code,
    tot,
    nieuwe_code,
    deel_code
from keten
where not exists (
    select 1
    from stappen
    where
        stappen.oude_code = keten.nieuwe_code
        and stappen.datum > keten.bereikt
)
