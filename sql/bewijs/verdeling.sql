-- what: de gepubliceerde taakstelling van elke gemeente naast de twee berekeningen.
-- grain: één rij per gemeente
select
    gemeentecode,
    gepubliceerd,
    artikel_29,
    adams,
    verschil_artikel_29,
    verschil_adams
from metrics.verdeling
