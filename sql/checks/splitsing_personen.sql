-- severity: block
-- tabel: staging.persoon_overgang
-- titel: Van iedereen die aan een gesplitste gemeente was gekoppeld of daar is gehuisvest, is geleverd naar welk deel hij ging
-- what: divided municipalities to which koppelingen or afmeldingen still belong, because no code, or more than one, was delivered for
--   the person.
-- why: a person cannot be divided by shares; the code belongs in rijk/herindeling_personen of the delivery.
with gesplitst as (
    select
        oude_code,
        max(tot) as tot
    from staging.gemeente_overgang
    where deel_code is not null
    group by oude_code
),

gebeurtenissen as (
    select
        gesplitst.oude_code,
        koppelingen.sleutel,
        1 as koppelingen,
        0 as afmeldingen
    from staging.koppelingen
    inner join gesplitst
        on
            koppelingen.gemeentecode = gesplitst.oude_code
            and koppelingen.koppeling < gesplitst.tot
    union all
    select
        gesplitst.oude_code,
        afmeldingen.sleutel,
        0 as koppelingen,
        1 as afmeldingen
    from staging.afmeldingen
    inner join gesplitst
        on
            afmeldingen.gemeentecode = gesplitst.oude_code
            and afmeldingen.datum < gesplitst.tot
),

namen as (
    select *
    from staging.gemeentenamen
)

select
    namen.gemeente,
    gebeurtenissen.oude_code as gemeentecode,
    count(distinct gebeurtenissen.sleutel) as personen,
    sum(gebeurtenissen.koppelingen)::bigint as koppelingen,
    sum(gebeurtenissen.afmeldingen)::bigint as afmeldingen
from gebeurtenissen
left join namen
    on gebeurtenissen.oude_code = namen.gemeentecode
group by
    namen.gemeente,
    gebeurtenissen.oude_code
order by
    gemeentecode
