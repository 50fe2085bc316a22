-- what: whom each municipality itself reports as housed, on the municipalities of the period's year.
-- definition: `telling` is binnen for a day inside the half-year and of before the peildatum, eerder or later for another day,
--   onbekende_gemeente where the municipality of the file is none of the year (its lines count nowhere, a check names them). The file
--   of an abolished municipality is that of its successor, whatever the day; of a divided one by the delivered part of the person.
--   Two merged municipalities that both report a person give one line: that with a day inside the half-year, then the latest day.
-- source: levering.gemeenten_huisvesting
-- grain: one row per gemeente and person
with parameters as (
    select
        begin,
        peildatum
    from invoer.parameters
),

huisvesting as (
    select *
    from levering.gemeenten_huisvesting
),

gemeenten as (
    select gemeentecode
    from staging.gemeenten
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

overgezet as (
    select
        persoonsleutel(huisvesting.persoon) as sleutel,
        coalesce(per_persoon.nieuwe_code, eenduidig.nieuwe_code, huisvesting.gemeentecode) as gemeentecode,
        huisvesting.gemeentecode as bestand_gemeentecode,
        huisvesting.datum_huisvesting as datum,
        huisvesting.datum_brp as brp,
        huisvesting.soort_woning
    from huisvesting
    left join eenduidig
        on huisvesting.gemeentecode = eenduidig.oude_code
    left join per_persoon
        on
            huisvesting.gemeentecode = per_persoon.oude_code
            and persoonsleutel(huisvesting.persoon) = per_persoon.sleutel
),

geteld as (
    select
        overgezet.*,
        case
            when gemeenten.gemeentecode is null then 'onbekende_gemeente'
            when overgezet.datum < parameters.begin then 'eerder'
            when overgezet.datum >= parameters.peildatum then 'later'
            else 'binnen'
        end as telling
    from overgezet
    cross join parameters
    left join gemeenten
        on overgezet.gemeentecode = gemeenten.gemeentecode
),

samengevoegd as (
    select distinct gemeentecode
    from geteld
    where bestand_gemeentecode <> gemeentecode
),

gekozen as (
    select
        sleutel,
        gemeentecode,
        arg_max(
            {'datum': datum, 'brp': brp, 'soort_woning': soort_woning, 'telling': telling},
            (telling = 'binnen', datum, bestand_gemeentecode)
        ) as regel
    from geteld
    where gemeentecode in (select samengevoegd.gemeentecode from samengevoegd)
    group by
        sleutel,
        gemeentecode
)

select
    sleutel,
    gemeentecode,
    datum,
    brp,
    soort_woning,
    telling
from geteld
where gemeentecode not in (select samengevoegd.gemeentecode from samengevoegd)
union all
select
    sleutel,
    gemeentecode,
    regel.datum as datum,
    regel.brp as brp,
    regel.soort_woning as soort_woning,
    regel.telling as telling
from gekozen
