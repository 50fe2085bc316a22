-- what: per municipality how many half-years in a row it ended behind, and the supervision as the province reported it.
-- definition: behind at the end of this half-year (eindsaldo above 0) adds one to the number at the end of the previous one, which stands
--   in its published edition; not behind is 0. Without that number a saldo_begin above 0 stands for one earlier half-year: the number
--   is then at least that (`ondergrens`). So it is for a municipality to which another one belongs from this half-year on, whose own
--   history does not hold for the whole; what merged within a year does so from the next 1 January (staging.gemeente_overgang). trede
--   and verschoonbaar are those of the latest record on or before the peildatum, never derived, NULL where the province supplied none.
-- source: metrics.taakstelling, eerder.toezicht, levering.provincies_toezicht; art. 124 Gemeentewet
-- grain: one row per gemeente
with parameters as (
    select
        begin,
        peildatum
    from invoer.parameters
),

rekening as (
    select
        gemeentecode,
        saldo_begin,
        eindsaldo
    from metrics.taakstelling
),

eerder as (
    select *
    from eerder.toezicht
),

samengevoegd as (
    select distinct overgang.nieuwe_code as gemeentecode
    from staging.gemeente_overgang as overgang
    inner join parameters
        on overgang.tot = parameters.begin
),

provincies as (
    select
        provincies_toezicht.gemeentecode,
        max(provincies_toezicht.datum) as datum,
        arg_max(provincies_toezicht.trede, provincies_toezicht.datum) as trede,
        arg_max(provincies_toezicht.verschoonbaar, provincies_toezicht.datum) as verschoonbaar
    from levering.provincies_toezicht
    cross join parameters
    where provincies_toezicht.datum <= parameters.peildatum
    group by provincies_toezicht.gemeentecode
),

geschiedenis as (
    select
        rekening.gemeentecode,
        rekening.eindsaldo,
        case
            when rekening.saldo_begin <= 0 then 0
            when samengevoegd.gemeentecode is not null then 1
            else greatest(coalesce(eerder.halfjaren_achter, 1), 1)
        end as eerdere_halfjaren,
        case
            when rekening.saldo_begin <= 0 then false
            when samengevoegd.gemeentecode is not null then true
            else eerder.gemeentecode is null or eerder.ondergrens or eerder.halfjaren_achter = 0
        end as eerder_ondergrens
    from rekening
    left join eerder
        on rekening.gemeentecode = eerder.gemeentecode
    left join samengevoegd
        on rekening.gemeentecode = samengevoegd.gemeentecode
)

select
    geschiedenis.gemeentecode,
    case
        when geschiedenis.eindsaldo <= 0 then 0
        when geschiedenis.eindsaldo > 0 then 1 + geschiedenis.eerdere_halfjaren
    end as halfjaren_achter,
    geschiedenis.eindsaldo > 0 and geschiedenis.eerder_ondergrens as ondergrens,
    provincies.datum as toezicht_datum,
    provincies.trede,
    provincies.verschoonbaar
from geschiedenis
left join provincies
    on geschiedenis.gemeentecode = provincies.gemeentecode
