-- what: the key figures of the previous half-year and the change since, as figures of the register.
-- definition: vorige.realisatie_totaal and verandering.realisatie_totaal belong to realisatie.totaal.
-- grain: one row per cijfer_id (NL)
select
    'vorige.' || replace(cijfer_id, '.', '_') as cijfer_id,
    gebied,
    vorige as waarde
from report.verandering
union all
select
    'verandering.' || replace(cijfer_id, '.', '_') as cijfer_id,
    gebied,
    verschil as waarde
from report.verandering
order by
    cijfer_id
