-- what: wie volgens het COA in het halfjaar is geplaatst.
-- grain: één rij per persoon
select
    sleutel,
    gemeentecode,
    datum,
    soort
from metrics.plaatsing
