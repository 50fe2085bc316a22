-- severity: block
-- tabel: metrics.opvang_stroom
-- titel: De afmeldingen uit de opvang en die buiten de opvang om zijn samen de realisatie
-- what: the afmeldingen of stock and flow that do not add up to the realisatie of the country.
-- why: an afmelding of somebody who is in no file of persons, or in a municipality of no list, would be in one figure and not in the other.
with stroom as (
    select
        sum(afgemeld) as uit_de_opvang,
        sum(buiten_opvang) as buiten_de_opvang
    from metrics.opvang_stroom
),

realisatie as (
    select sum(realisatie) as realisatie
    from metrics.taakstelling
),

aanwezig as (
    select
        personen,
        afmeldingen
    from staging.aanwezig
)

select
    stroom.uit_de_opvang,
    stroom.buiten_de_opvang,
    realisatie.realisatie
from stroom
cross join realisatie
cross join aanwezig
where
    aanwezig.personen
    and aanwezig.afmeldingen
    and stroom.uit_de_opvang + stroom.buiten_de_opvang is distinct from realisatie.realisatie
