-- what: de personen van wie alleen de IND een vergunning kent.
-- grain: één rij per persoon
select
    sleutel,
    bij_coa,
    nareis_verwacht
from metrics.vergunning_verschil
where verschil = 'alleen_ind'
