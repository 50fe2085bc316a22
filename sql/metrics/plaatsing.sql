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

in_halfjaar as materialized (
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

-- Few persons: only of those with several afmeldingen the last must be found.
meermaals as (
    select sleutel
    from in_halfjaar
    group by sleutel
    having count(*) > 1
),

laatste as (
    select
        in_halfjaar.sleutel,
        arg_max(
            {'gemeentecode': in_halfjaar.gemeentecode, 'datum': in_halfjaar.datum, 'soort': in_halfjaar.soort},
            (in_halfjaar.datum, in_halfjaar.afmelding_id)
        ) as plaatsing
    from in_halfjaar
    inner join meermaals
        on in_halfjaar.sleutel = meermaals.sleutel
    group by in_halfjaar.sleutel
)

select
    in_halfjaar.sleutel,
    in_halfjaar.gemeentecode,
    in_halfjaar.datum,
    in_halfjaar.soort
from in_halfjaar
left join meermaals
    on in_halfjaar.sleutel = meermaals.sleutel
where meermaals.sleutel is null
union all
select
    sleutel,
    plaatsing.gemeentecode as gemeentecode,
    plaatsing.datum as datum,
    plaatsing.soort as soort
from laatste
