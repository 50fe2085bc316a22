-- severity: block
-- tabel: staging.personen
-- titel: Elke persoon heeft een eigen sleutel
-- what: keys that more than one person has.
-- why: tables are joined on a 64-bit hash of the pseudonym; should two persons ever share one, their figures would mix.
select
    sleutel,
    count(*) as personen
from staging.personen
group by sleutel
having count(*) > 1
order by
    sleutel
