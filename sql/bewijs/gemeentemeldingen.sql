-- what: wie de gemeenten zelf als gehuisvest melden; telling zegt of de dag in het halfjaar ligt,
--   geteld of deze regel in de vergelijking de regel van die persoon is.
-- grain: één rij per gemeente en persoon
select
    meldingen.sleutel,
    meldingen.gemeentecode,
    meldingen.datum,
    meldingen.telling,
    personen.sleutel is not null as geteld
from staging.gemeentemeldingen as meldingen
left join metrics.aansluiting_persoon as personen
    on
        meldingen.sleutel = personen.sleutel
        and meldingen.gemeentecode = personen.gemeld_gemeentecode
