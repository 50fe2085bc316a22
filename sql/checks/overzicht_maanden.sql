-- severity: block
-- tabel: staging.realisatie_maand
-- titel: De realisatie uit de afmeldingen is per gemeente en per maand gelijk aan het overzicht van het Rijk
-- what: cells (gemeente, maand) where the ledger of afmeldingen and the overview differ.
-- why: realisatie is read from the persons alone; one lost, doubled or misdated afmelding shows here.
with overzicht as (
    select
        gemeentecode,
        unnest([1, 2, 3, 4, 5, 6]) as maand,
        unnest([maand_1, maand_2, maand_3, maand_4, maand_5, maand_6])::bigint as realisatie
    from levering.coa_overzicht
),

realisatie as (
    select *
    from staging.realisatie_maand
)

select
    coalesce(overzicht.gemeentecode, realisatie.gemeentecode) as gemeentecode,
    coalesce(overzicht.maand, realisatie.maand) as maand,
    overzicht.realisatie as overzicht,
    realisatie.realisatie as afmeldingen
from overzicht
full join realisatie
    on
        overzicht.gemeentecode = realisatie.gemeentecode
        and overzicht.maand = realisatie.maand
where overzicht.realisatie is distinct from realisatie.realisatie
order by
    gemeentecode,
    maand
