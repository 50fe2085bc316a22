-- what: realisatie per municipality per month of the period, net of corrections (so a month can be below zero).
-- source: levering.coa_overzicht
-- grain: one row per gemeente and maand (1 to 6)
select
    gemeentecode,
    unnest([1, 2, 3, 4, 5, 6]) as maand,
    unnest([maand_1, maand_2, maand_3, maand_4, maand_5, maand_6]) as realisatie
from levering.coa_overzicht
