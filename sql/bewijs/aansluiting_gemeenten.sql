-- what: de telling van elke gemeente naast die van het COA; verschil is er alleen waar de gemeente een lijst leverde.
-- grain: één rij per gemeente
select
    gemeentecode,
    geleverd,
    geplaatst,
    gemeld,
    verschil
from metrics.aansluiting_gemeente
