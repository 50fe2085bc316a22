-- what: the afmeldingen of days before this half-year that the published edition of then does not have like this.
-- definition: `nagekomen` is in the ledger now and was not in that of then; `vervallen` was and is no more; `gewijzigd` has another
--   day, municipality or sign, and counts twice: as it was, taken off, and as it is. An afmelding whose number is gone and one with
--   a new number of the same municipality, day and sign are one, numbered anew: neither is told. `aantal` is what the realisatie of
--   then would have been more. `periode` is the first published half-year with a ledger that ended after the day. Empty when there
--   is no ledger now, or none in a published edition.
-- source: staging.afmeldingen beside staging.grootboek_eerder
-- grain: one row per afmelding_id, periode and side (then, now)
with parameters as (
    select begin
    from invoer.parameters
),

aanwezig as (
    select afmeldingen as grootboek
    from staging.aanwezig
),

toen as (
    select *
    from staging.grootboek_eerder
),

edities as (
    select
        periode,
        halfjaar_eind(periode) as tot
    from toen
    group by periode
),

nu as (
    select
        afmeldingen.afmelding_id,
        afmeldingen.gemeentecode,
        afmeldingen.datum,
        afmeldingen.aantal,
        arg_min(edities.periode, edities.tot) as periode
    from staging.afmeldingen
    inner join parameters
        on afmeldingen.datum < parameters.begin
    inner join edities
        on afmeldingen.datum < edities.tot
    group by
        afmeldingen.afmelding_id,
        afmeldingen.gemeentecode,
        afmeldingen.datum,
        afmeldingen.aantal
),

nieuw_nummer as (
    select
        afmelding_id,
        periode,
        gemeentecode,
        datum,
        aantal,
        row_number() over (
            partition by periode, gemeentecode, datum, aantal
            order by afmelding_id
        ) as plaats
    from nu
    where afmelding_id not in (select toen.afmelding_id from toen)
),

oud_nummer as (
    select
        afmelding_id,
        periode,
        gemeentecode,
        datum,
        aantal,
        row_number() over (
            partition by periode, gemeentecode, datum, aantal
            order by afmelding_id
        ) as plaats
    from toen
    where afmelding_id not in (select afmeldingen.afmelding_id from staging.afmeldingen)
),

hernummerd as (
    select
        oud_nummer.afmelding_id as oud,
        nieuw_nummer.afmelding_id as nieuw
    from oud_nummer
    inner join nieuw_nummer
        on
            oud_nummer.periode = nieuw_nummer.periode
            and oud_nummer.gemeentecode = nieuw_nummer.gemeentecode
            and oud_nummer.datum = nieuw_nummer.datum
            and oud_nummer.aantal = nieuw_nummer.aantal
            and oud_nummer.plaats = nieuw_nummer.plaats
),

erbij as (
    select
        nu.afmelding_id,
        nu.periode,
        nu.gemeentecode,
        nu.aantal,
        case
            when nu.afmelding_id in (select toen.afmelding_id from toen) then 'gewijzigd'
            else 'nagekomen'
        end as soort
    from nu
    anti join toen
        on
            nu.afmelding_id = toen.afmelding_id
            and nu.gemeentecode = toen.gemeentecode
            and nu.datum = toen.datum
            and nu.aantal = toen.aantal
    where nu.afmelding_id not in (select hernummerd.nieuw from hernummerd)
),

eraf as (
    select
        toen.afmelding_id,
        toen.periode,
        toen.gemeentecode,
        -toen.aantal as aantal,
        case
            when toen.afmelding_id in (select afmeldingen.afmelding_id from staging.afmeldingen) then 'gewijzigd'
            else 'vervallen'
        end as soort
    from toen
    anti join nu
        on
            toen.afmelding_id = nu.afmelding_id
            and toen.gemeentecode = nu.gemeentecode
            and toen.datum = nu.datum
            and toen.aantal = nu.aantal
    where toen.afmelding_id not in (select hernummerd.oud from hernummerd)
)

select
    afmelding_id,
    periode,
    gemeentecode,
    soort,
    aantal
from erbij
where exists (select 1 from aanwezig where aanwezig.grootboek)
union all
select
    afmelding_id,
    periode,
    gemeentecode,
    soort,
    aantal
from eraf
where exists (select 1 from aanwezig where aanwezig.grootboek)
