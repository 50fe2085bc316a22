-- what: the book 'per halfjaar' as the published edition of the previous half-year left it, carried to the municipalities of the
--   period's year.
-- definition: what merged is added up per half-year. Of a divided municipality each part gets as many persons as its share of the
--   eindsaldo (staging.eerder_totaal): the persons, oldest half-year first, are dealt over evenly spaced seats of the parts, seat s
--   of t at (2s - 1) / 2t, ties by code. So each half-year keeps its number, each part its saldo, and each part a mix of half-years
--   near to that of the whole. A published book has posts or a voorsprong, never both; after a merger it can have both.
-- source: eerder.boekhouding_per_halfjaar; the dealing is a choice, the law has no rule for it
-- grain: one row per gemeente and halfjaar with something open, and one with halfjaar NULL for a voorsprong
with eerder as (
    select *
    from eerder.boekhouding_per_halfjaar
),

delen as (
    select
        oude_code,
        gemeentecode,
        deel_code,
        deel
    from staging.eerder_totaal
    where
        cijfer_id = 'eindsaldo'
        and deel_code is not null
),

eenduidig as (
    select *
    from staging.gemeente_overgang
    where deel_code is null
),

posten as (
    select
        gemeentecode as oude_code,
        halfjaar,
        volgorde,
        sum(open_personen) over (
            partition by gemeentecode
            order by
                volgorde
            rows unbounded preceding
        ) - open_personen as tot_hier,
        open_personen
    from eerder
    where halfjaar is not null
),

zetels as (
    select
        oude_code,
        gemeentecode,
        row_number() over (
            partition by oude_code
            order by
                deel(2 * zetel - 1, 2 * deel),
                gemeentecode,
                deel_code
        ) as rang
    from (
        select
            *,
            unnest(range(1, deel + 1)) as zetel
        from delen
    ) as per_zetel
),

overgedragen as (
    select
        coalesce(eenduidig.nieuwe_code, eerder.gemeentecode) as gemeentecode,
        eerder.halfjaar,
        eerder.volgorde,
        eerder.open_personen,
        eerder.voorsprong
    from eerder
    left join eenduidig
        on eerder.gemeentecode = eenduidig.oude_code
    where eerder.gemeentecode not in (select delen.oude_code from delen)
    union all
    select
        zetels.gemeentecode,
        posten.halfjaar,
        posten.volgorde,
        1 as open_personen,
        0 as voorsprong
    from posten
    inner join zetels
        on
            posten.oude_code = zetels.oude_code
            and zetels.rang > posten.tot_hier
            and zetels.rang <= posten.tot_hier + posten.open_personen
    union all
    select
        gemeentecode,
        null as halfjaar,
        null as volgorde,
        0 as open_personen,
        voorsprong(deel) as voorsprong
    from delen
    where deel < 0
)

select
    gemeentecode,
    halfjaar,
    volgorde,
    sum(open_personen)::bigint as open_personen,
    sum(voorsprong)::bigint as voorsprong
from overgedragen
group by
    gemeentecode,
    halfjaar,
    volgorde
