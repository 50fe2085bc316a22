-- what: de posten van de boekhouding per halfjaar: wat van welk halfjaar openstaat, of de voorsprong.
-- grain: één rij per gemeente en halfjaar, en één voor een voorsprong
select
    posten.gemeentecode,
    posten.halfjaar,
    posten.halfjaar = parameters.periode as eigen_halfjaar,
    posten.open_personen,
    posten.voorsprong
from metrics.boekhouding_per_halfjaar as posten
cross join invoer.parameters
