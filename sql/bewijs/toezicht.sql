-- what: de halfjaren achter van elke gemeente, en wat de provincie over haar opgaf.
-- grain: één rij per gemeente
select
    gemeentecode,
    halfjaren_achter,
    ondergrens,
    toezicht_datum,
    trede,
    verschoonbaar
from metrics.toezicht
