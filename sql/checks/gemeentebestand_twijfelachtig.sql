-- severity: warn
-- tabel: metrics.aansluiting_gemeente
-- titel: De lijst van elke gemeente gaat over haar eigen vergunninghouders van dit halfjaar
-- what: municipalities of whose lines at least five, and more than half, are about persons placed elsewhere, unknown to the COA or of
--   another half-year; and files of a municipality that does not exist in this year.
-- why: a file under the wrong code, a wrong column of numbers or last half-year's list gives a line that looks like a difference.
with aansluiting_gemeente as (
    select *
    from metrics.aansluiting_gemeente
),

redenen as (
    select
        gemeentecode,
        'door het COA elders geplaatst' as reden,
        andere_gemeente_gemeld as personen,
        gemeld
    from aansluiting_gemeente
    union all
    select
        gemeentecode,
        'onbekend bij het COA' as reden,
        onbekend_coa as personen,
        gemeld
    from aansluiting_gemeente
    union all
    select
        gemeentecode,
        'dag buiten het halfjaar' as reden,
        buiten_halfjaar as personen,
        gemeld + buiten_halfjaar as gemeld
    from aansluiting_gemeente
),

onbekend as (
    select
        gemeentecode,
        'gemeente bestaat niet in dit jaar' as reden,
        count(*) as personen,
        count(*) as gemeld
    from staging.gemeentemeldingen
    where telling = 'onbekende_gemeente'
    group by gemeentecode
)

select
    gemeentecode,
    reden,
    personen,
    gemeld
from redenen
where
    personen >= 5
    and 2 * personen > gemeld
union all
select
    gemeentecode,
    reden,
    personen,
    gemeld
from onbekend
order by
    gemeentecode,
    reden
