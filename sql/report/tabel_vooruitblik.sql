-- what: prognosis, announcement and outcome per half-year as an open table.
-- grain: one row per half-year, oldest first
select
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
    realisatie,
    prognose_verschil,
    realisatie_verschil
from metrics.vooruitblik
order by
    afstand
