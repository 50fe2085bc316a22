-- what: ieder die volgens het COA is geplaatst of door een gemeente is gemeld, in één klasse.
-- grain: één rij per persoon
select
    sleutel,
    klasse,
    coa_gemeentecode,
    coa_datum,
    gemeld_gemeentecode,
    gemeld_datum,
    dagen,
    in_opvang
from metrics.aansluiting_persoon
