-- what: the published netto taakstelling per municipality.
-- source: levering.coa_overzicht (the published number is the input that counts, never a computed one)
-- grain: one row per gemeente
select
    gemeentecode,
    taakstelling
from levering.coa_overzicht
