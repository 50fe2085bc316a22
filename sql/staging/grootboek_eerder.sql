-- what: the ledgers of afmeldingen of published editions, each for the days that it was the first to cover, on the municipalities of
--   the period's year.
-- definition: a day belongs to the first published half-year with a ledger that ended after it: that edition should have had the
--   afmelding. In a divided municipality a row goes where the ledger of today has it.
-- source: eerder.grootboek
-- grain: one row per periode and afmelding_id
with vensters as (
    select
        periode,
        coalesce(lag(halfjaar_eind(periode)) over (order by halfjaar_eind(periode)), date '1900-01-01') as vanaf,
        halfjaar_eind(periode) as tot
    from eerder.grootboek
    group by periode
),

eenduidig as (
    select *
    from staging.gemeente_overgang
    where deel_code is null
),

gedeeld as (
    select oude_code
    from staging.gemeente_overgang
    where deel_code is not null
    group by oude_code
),

nu as (
    select
        afmelding_id,
        gemeentecode
    from staging.afmeldingen
)

select
    grootboek.periode,
    grootboek.afmelding_id,
    coalesce(
        eenduidig.nieuwe_code,
        case when gedeeld.oude_code is not null then nu.gemeentecode end,
        grootboek.gemeentecode
    ) as gemeentecode,
    grootboek.datum,
    grootboek.aantal
from eerder.grootboek
inner join vensters
    on
        grootboek.periode = vensters.periode
        and grootboek.datum >= vensters.vanaf
        and grootboek.datum < vensters.tot
left join eenduidig
    on
        grootboek.gemeentecode = eenduidig.oude_code
        and grootboek.datum < eenduidig.tot
left join gedeeld
    on grootboek.gemeentecode = gedeeld.oude_code
left join nu
    on grootboek.afmelding_id = nu.afmelding_id
