-- what: the groups in which a municipality is compared: those of the same size, those of its province, all of the country.
-- definition: of the same size are the municipalities in the same class of the eight into which the CBS divides them by inhabitants,
--   here on 1 January of the year; a class begins at its lower bound and ends before the next. Without inhabitants: no size.
-- source: CBS, Gemeentegrootte (classification of municipalities by number of inhabitants)
-- grain: one row per gemeente and soort (grootte, provincie, land)
with gemeenten as (
    select *
    from editie.gemeenten
),

klassen as (
    select
        klasse,
        vanaf,
        tot,
        naam
    from (
        values
        ('1', 0, 5000, 'minder dan 5.000 inwoners'),
        ('2', 5000, 10000, '5.000 tot 10.000 inwoners'),
        ('3', 10000, 20000, '10.000 tot 20.000 inwoners'),
        ('4', 20000, 50000, '20.000 tot 50.000 inwoners'),
        ('5', 50000, 100000, '50.000 tot 100.000 inwoners'),
        ('6', 100000, 150000, '100.000 tot 150.000 inwoners'),
        ('7', 150000, 250000, '150.000 tot 250.000 inwoners'),
        ('8', 250000, null, '250.000 of meer inwoners')
    ) as klassen (klasse, vanaf, tot, naam)
)

select
    gemeenten.gemeentecode,
    'grootte' as soort,
    klassen.klasse as groep,
    klassen.naam
from gemeenten
inner join klassen
    on
        gemeenten.inwoners >= klassen.vanaf
        and (gemeenten.inwoners < klassen.tot or klassen.tot is null)
union all
select
    gemeentecode,
    'provincie' as soort,
    provinciecode as groep,
    provincie as naam
from gemeenten
union all
select
    gemeentecode,
    'land' as soort,
    'NL' as groep,
    'Nederland' as naam
from gemeenten
order by
    gemeentecode,
    soort
