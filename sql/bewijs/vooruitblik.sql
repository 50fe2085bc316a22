-- what: wat op de briefdatum bekend was over de landelijke taakstelling van de halfjaren rond dit halfjaar.
-- grain: één rij per halfjaar
select
    case when afstand < 0 then 'min_' else '' end || abs(afstand) as plaats,
    periode,
    prognose_eerste,
    prognose_eerste_bekend_op,
    prognose,
    prognose_bekend_op,
    taakstelling_eerste,
    taakstelling_eerste_bekend_op,
    taakstelling,
    taakstelling_bekend_op,
    herzieningen,
    realisatie
from metrics.vooruitblik
