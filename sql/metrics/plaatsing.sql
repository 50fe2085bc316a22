-- what: who was placed in the half-year according to the COA, where and when.
-- definition: the last afmelding (+1) of the person inside the half-year and of before the peildatum that no correction of before the
--   peildatum cites; afmeldingen of one day by their number. A person who was placed, corrected and placed again is here once;
--   a person with only a correction is not.
-- source: staging.afmeldingen
-- grain: one row per person
with parameters as (
    select begin
    from invoer.parameters
),

afmeldingen as (
    select *
    from staging.afmeldingen
),

in_halfjaar as (
    select
        afmeldingen.sleutel,
        afmeldingen.gemeentecode,
        afmeldingen.datum,
        afmeldingen.soort,
        afmeldingen.afmelding_id
    from afmeldingen
    cross join parameters
    where
        afmeldingen.aantal > 0
        and not afmeldingen.teruggedraaid
        and afmeldingen.datum >= parameters.begin
),

laatste as (
    select
        sleutel,
        arg_max(
            {'gemeentecode': gemeentecode, 'datum': datum, 'soort': soort},
            (datum, afmelding_id)
        ) as plaatsing
    from in_halfjaar
    group by sleutel
)

select
    sleutel,
    plaatsing.gemeentecode as gemeentecode,
    plaatsing.datum as datum,
    plaatsing.soort as soort
from laatste
