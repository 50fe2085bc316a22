-- what: the second way to keep the books: what each municipality still has open, by the half-year from which it dates.
-- definition: a voorsprong counts first for the next half-year; placements then meet their own half-year's taakstelling; a surplus
--   goes to the oldest open half-year; a deficit at the start without history is one bucket 'vóór <first period on hand>'. What is
--   left over is the voorsprong at the end. The totals equal the book 'cumulatief', only the vintage differs.
-- source: a choice after ABRvS 8-8-2018, ECLI:NL:RVS:2018:2647; earlier half-years from their published edition
-- grain: one row per gemeente and halfjaar with something open or a voorsprong (halfjaar is NULL for the voorsprong)
with parameters as (
    select
        periode,
        jaar * 10 + halfjaar as volgorde
    from invoer.parameters
),

eerder as (
    select *
    from eerder.boekhouding_per_halfjaar
),

rekening as (
    select
        gemeentecode,
        saldo_begin,
        taakstelling,
        realisatie
    from metrics.taakstelling
),

eerder_totaal as (
    select
        gemeentecode,
        sum(open_personen)::bigint as open_personen
    from eerder
    where halfjaar is not null
    group by gemeentecode
),

oude_posten as (
    select
        eerder.gemeentecode,
        eerder.halfjaar,
        eerder.volgorde,
        eerder.open_personen
    from eerder
    where eerder.halfjaar is not null
    union all
    select
        rekening.gemeentecode,
        'vóór ' || parameters.periode as halfjaar,
        0 as volgorde,
        achterstand(rekening.saldo_begin) as open_personen
    from rekening
    cross join parameters
    left join eerder_totaal
        on rekening.gemeentecode = eerder_totaal.gemeentecode
    where eerder_totaal.gemeentecode is null
),

eigen as (
    select
        gemeentecode,
        greatest(taakstelling - voorsprong(saldo_begin) - realisatie, 0) as eigen_open,
        greatest(voorsprong(saldo_begin) + realisatie - taakstelling, 0) as overschot
    from rekening
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
                    order by oude_posten.volgorde
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
