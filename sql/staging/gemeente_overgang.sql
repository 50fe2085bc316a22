-- what: what became of each abolished municipality, step by step up to the municipalities of the period's year.
-- definition: an event of before `tot` in `oude_code` counts for `nieuwe_code`. `tot` is the 1 January on which the old code is no
--   municipality any more: after a change within a year its old name is in use, and in the list of that year, until the year is
--   over. Where a municipality was divided there is one row per part; `deel_code` is the part right after the (last) division, by
--   which a delivered person is matched, and teller / noemer its delivered share, multiplied where one division followed another;
--   NULL when it was not delivered. Codes are never used again (tests/core/test_reference.py), so totals need no date.
-- source: RvIG table 33 and later public lists (referentie.herindelingen); levering.rijk_herindeling
-- grain: one row per oude_code, and per part where it was divided
with recursive grens as (
    select make_date(jaar, 1, 1) as grens
    from invoer.parameters
),

aandelen as (
    select *
    from levering.rijk_herindeling
),

stappen as (
    select
        herindelingen.datum,
        herindelingen.oude_code,
        herindelingen.nieuwe_code,
        case when herindelingen.soort = 'splitsing' then herindelingen.nieuwe_code end as deel_code,
        case when herindelingen.soort = 'splitsing' then aandelen.aandeel_teller else 1 end::hugeint as teller,
        case when herindelingen.soort = 'splitsing' then aandelen.aandeel_noemer else 1 end::hugeint as noemer
    from referentie.herindelingen
    cross join grens
    left join aandelen
        on
            herindelingen.datum = aandelen.datum
            and herindelingen.oude_code = aandelen.oude_code
            and herindelingen.nieuwe_code = aandelen.nieuwe_code
    where herindelingen.datum <= grens.grens
),

keten as (
    select
        oude_code,
        make_date(year(datum - 1) + 1, 1, 1) as tot,
        datum as bereikt,
        nieuwe_code,
        deel_code,
        teller,
        noemer
    from stappen
    union all
    select
        keten.oude_code,
        keten.tot,
        stappen.datum as bereikt,
        stappen.nieuwe_code,
        coalesce(stappen.deel_code, keten.deel_code) as deel_code,
        keten.teller * stappen.teller as teller,
        keten.noemer * stappen.noemer as noemer
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
    deel_code,
    teller,
    noemer
from keten
where not exists (
    select 1
    from stappen
    where
        stappen.oude_code = keten.nieuwe_code
        and stappen.datum > keten.bereikt
)
