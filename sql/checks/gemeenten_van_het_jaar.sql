-- severity: block
-- tabel: staging.afmeldingen
-- titel: Elke koppeling en afmelding hoort bij een gemeente van het jaar van het halfjaar
-- what: codes of koppelingen and afmeldingen that are no municipality of the year, and did not become one; of a divided municipality
--   only what is dated after the division (before it: checks/splitsing_personen).
-- why: such persons would fall out of every figure per municipality, and so out of the realisatie of the country.
with gebeurtenissen as (
    select
        koppelingen.gemeentecode,
        koppelingen.koppeling as datum,
        count(*) as koppelingen,
        0 as afmeldingen
    from staging.koppelingen
    anti join staging.gemeenten
        on koppelingen.gemeentecode = gemeenten.gemeentecode
    group by
        koppelingen.gemeentecode,
        koppelingen.koppeling
    union all
    select
        afmeldingen.gemeentecode,
        afmeldingen.datum,
        0 as koppelingen,
        count(*) as afmeldingen
    from staging.afmeldingen
    anti join staging.gemeenten
        on afmeldingen.gemeentecode = gemeenten.gemeentecode
    group by
        afmeldingen.gemeentecode,
        afmeldingen.datum
),

gesplitst as (
    select
        oude_code,
        max(tot) as tot
    from staging.gemeente_overgang
    where deel_code is not null
    group by oude_code
),

namen as (
    select *
    from staging.gemeentenamen
)

select
    namen.gemeente,
    gebeurtenissen.gemeentecode,
    sum(gebeurtenissen.koppelingen)::bigint as koppelingen,
    sum(gebeurtenissen.afmeldingen)::bigint as afmeldingen
from gebeurtenissen
left join gesplitst
    on
        gebeurtenissen.gemeentecode = gesplitst.oude_code
        and gebeurtenissen.datum < gesplitst.tot
left join namen
    on gebeurtenissen.gemeentecode = namen.gemeentecode
where gesplitst.oude_code is null
group by
    namen.gemeente,
    gebeurtenissen.gemeentecode
order by
    gemeentecode
