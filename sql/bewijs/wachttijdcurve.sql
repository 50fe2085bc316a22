-- what: de curve van Kaplan en Meier: het deel dat op een dag nog wacht, met de band van 95 procent.
-- grain: één rij per traject, groep en dag
select
    traject,
    groepsoort,
    groep,
    dag,
    overleving,
    ondergrens,
    bovengrens
from metrics.wachttijd_curve
