-- what: the ledger of afmeldingen as it was at the start of the peildatum, on the municipalities of the period's year.
-- definition: +1 for a move, -1 for a correction, each on its own day; a row of the peildatum or later belongs to a later half-year.
--   `teruggedraaid` says that a correction of before the peildatum cites this afmelding. A correction goes to the municipality of
--   the afmelding that it cites.
-- source: levering.coa_afmeldingen
-- form: view
-- grain: one row per afmelding or correction
with parameters as (
    select peildatum
    from invoer.parameters
),

afmeldingen as (
    select *
    from levering.coa_afmeldingen
),

eenduidig as (
    select *
    from staging.gemeente_overgang
    where deel_code is null
),

per_persoon as (
    select *
    from staging.persoon_overgang
),

correcties as (
    select afmeldingen.corrigeert
    from afmeldingen
    cross join parameters
    where
        afmeldingen.corrigeert is not null
        and afmeldingen.datum < parameters.peildatum
    group by afmeldingen.corrigeert
)

select
    afmeldingen.afmelding_id,
    persoonsleutel(afmeldingen.persoon) as sleutel,
    coalesce(per_persoon.nieuwe_code, eenduidig.nieuwe_code, afmeldingen.gemeentecode) as gemeentecode,
    afmeldingen.datum,
    afmeldingen.aantal,
    afmeldingen.soort,
    afmeldingen.corrigeert,
    correcties.corrigeert is not null as teruggedraaid
from afmeldingen
cross join parameters
left join correcties
    on afmeldingen.afmelding_id = correcties.corrigeert
left join eenduidig
    on
        afmeldingen.gemeentecode = eenduidig.oude_code
        and afmeldingen.datum < eenduidig.tot
left join per_persoon
    on
        afmeldingen.gemeentecode = per_persoon.oude_code
        and persoonsleutel(afmeldingen.persoon) = per_persoon.sleutel
        and afmeldingen.datum < per_persoon.tot
where afmeldingen.datum < parameters.peildatum
