-- severity: block
-- tabel: metrics.aansluiting_gemeente
-- titel: Elke geplaatste of gemelde persoon valt in één klasse, en de klassen tellen op tot beide totalen
-- what: municipalities whose classes do not add up to what the COA placed or to what they reported, and a person who is in no or in two
--   classes (a line without gemeentecode).
-- why: a person who falls out of a join, or is counted twice, would make one of the two sides look wrong.
with aansluiting_gemeente as (
    select *
    from metrics.aansluiting_gemeente
),

aanwezig as (
    select afmeldingen
    from staging.aanwezig
),

optellingen as (
    select
        gemeentecode,
        geplaatst,
        coalesce(gelijk, 0) + coalesce(andere_datum, 0) + coalesce(andere_gemeente, 0) + coalesce(gemeente_leverde_niet, 0)
        + coalesce(gemeente_ander_halfjaar, 0) + coalesce(alleen_coa, 0) as klassen_coa,
        gemeld,
        gelijk + andere_datum + andere_gemeente_gemeld + alleen_gemeente + onbekend_coa + coa_ander_halfjaar
        + dubbel_gemeld as klassen_gemeente
    from aansluiting_gemeente
    where geleverd is not null
),

geteld as (
    select sleutel
    from metrics.plaatsing
    union distinct
    select sleutel
    from staging.gemeentemeldingen
    where telling = 'binnen'
),

personen as (
    select
        (select count(*) from geteld) as personen,
        count(distinct sleutel) as in_een_klasse,
        count(*) as regels,
        count(*) filter (where klasse is null) as zonder_klasse
    from metrics.aansluiting_persoon
)

select
    gemeentecode,
    geplaatst,
    klassen_coa,
    gemeld,
    klassen_gemeente
from optellingen
where
    geplaatst <> klassen_coa
    or gemeld <> klassen_gemeente
union all
select
    null as gemeentecode,
    personen.personen as geplaatst,
    personen.regels as klassen_coa,
    null as gemeld,
    null as klassen_gemeente
from personen
inner join aanwezig
    on aanwezig.afmeldingen
where
    personen.personen <> personen.in_een_klasse
    or personen.personen <> personen.regels
    or personen.zonder_klasse > 0
order by
    gemeentecode
