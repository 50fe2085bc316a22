-- what: the nationalities of the opvang by number of persons, and the class in which each is shown.
-- definition: the ten largest under their own rank ('1' to '10'), ties by name; the others are 'overig'. Who has none, or one that is
--   written as Onbekend, is in no row (class 'onbekend').
-- grain: one row per nationaliteit
with aantallen as (
    select
        nationaliteit,
        count(*) as personen
    from metrics.opvang_persoon
    where lower(nationaliteit) <> 'onbekend'
    group by nationaliteit
),

rangen as (
    select
        nationaliteit,
        personen,
        row_number() over (
            order by
                personen desc,
                alfabetisch(nationaliteit),
                nationaliteit
        ) as rang
    from aantallen
)

select
    nationaliteit,
    personen,
    rang,
    case when rang <= 10 then rang::varchar else 'overig' end as klasse
from rangen
