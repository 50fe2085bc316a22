-- what: the second way to keep the books: what each municipality still has open, by the half-year from which it dates.
-- definition: a voorsprong counts first for the next half-year; placements then meet their own half-year's taakstelling; a surplus
--   goes to the oldest open half-year; a deficit at the start without history is one bucket 'vóór <first period on hand>'. What is
--   left over is the voorsprong at the end. The totals equal the book 'cumulatief', only the vintage differs. A municipality that
--   merged can begin with both open half-years and a voorsprong.
-- source: a choice after ABRvS 8-8-2018, ECLI:NL:RVS:2018:2647; earlier half-years from their published edition
-- grain: one row per gemeente and halfjaar with something open or a voorsprong (halfjaar is NULL for the voorsprong)
with parameters as (
    select
        periode,
        jaar * 10 + halfjaar as volgorde
    from invoer.parameters
),

boekhouding_begin as (
    select *
    from staging.boekhouding_begin
),

rekening as (
    select
        gemeentecode,
        saldo_begin,
        taakstelling,
        realisatie
    from metrics.taakstelling
),

begin_totaal as (
    select
        gemeentecode,
        sum(voorsprong)::bigint as voorsprong
    from boekhouding_begin
    group by gemeentecode
),

oude_posten as (
    select
        gemeentecode,
        halfjaar,
        volgorde,
        open_personen
    from boekhouding_begin
    where halfjaar is not null
    union all
    select
        rekening.gemeentecode,
        'vóór ' || parameters.periode as halfjaar,
        0 as volgorde,
        achterstand(rekening.saldo_begin) as open_personen
    from rekening
    cross join parameters
    left join begin_totaal
        on rekening.gemeentecode = begin_totaal.gemeentecode
    where begin_totaal.gemeentecode is null
),

voldaan as (
    select
        rekening.gemeentecode,
        rekening.taakstelling,
        coalesce(begin_totaal.voorsprong, voorsprong(rekening.saldo_begin)) + rekening.realisatie as voldaan
    from rekening
    left join begin_totaal
        on rekening.gemeentecode = begin_totaal.gemeentecode
),

eigen as (
    select
        gemeentecode,
        greatest(taakstelling - voldaan, 0) as eigen_open,
        greatest(voldaan - taakstelling, 0) as overschot
    from voldaan
),

oude_na_plaatsing as (
    select
        oude_posten.gemeentecode,
        oude_posten.halfjaar,
        oude_posten.volgorde,
        least(
            oude_posten.open_personen,
            greatest(
                sum(oude_posten.open_personen) over (
                    partition by oude_posten.gemeentecode
                    order by
                        oude_posten.volgorde,
                        oude_posten.halfjaar
                    rows unbounded preceding
                ) - eigen.overschot,
                0
            )
        )::bigint as open_personen
    from oude_posten
    inner join eigen
        on oude_posten.gemeentecode = eigen.gemeentecode
),

oud_totaal as (
    select
        gemeentecode,
        sum(open_personen)::bigint as open_personen
    from oude_posten
    group by gemeentecode
),

posten as (
    select
        gemeentecode,
        halfjaar,
        volgorde,
        open_personen,
        0 as voorsprong
    from oude_na_plaatsing
    union all
    select
        eigen.gemeentecode,
        parameters.periode as halfjaar,
        parameters.volgorde,
        eigen.eigen_open as open_personen,
        0 as voorsprong
    from eigen
    cross join parameters
    union all
    select
        eigen.gemeentecode,
        null as halfjaar,
        null as volgorde,
        0 as open_personen,
        greatest(eigen.overschot - coalesce(oud_totaal.open_personen, 0), 0) as voorsprong
    from eigen
    left join oud_totaal
        on eigen.gemeentecode = oud_totaal.gemeentecode
)

select
    gemeentecode,
    halfjaar,
    volgorde,
    open_personen,
    voorsprong
from posten
where
    open_personen <> 0
    or voorsprong <> 0
