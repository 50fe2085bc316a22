-- what: every figure of the state and the course of this half-year, before it gets its unit and its definition.
-- definition: what compares this edition with an earlier one of the same half-year (report.cijfers_herziening) is not among them:
--   the comparison itself reads these.
-- grain: one row per cijfer_id and gebied
select
    cijfer_id,
    gebied,
    waarde
from report.cijfers_taakstelling
union all
select
    cijfer_id,
    gebied,
    waarde
from report.cijfers_boekhouding
union all
select
    cijfer_id,
    gebied,
    waarde
from report.cijfers_verdeling
union all
select
    cijfer_id,
    gebied,
    waarde
from report.cijfers_opvang
union all
select
    cijfer_id,
    gebied,
    waarde
from report.cijfers_koppelingen
union all
select
    cijfer_id,
    gebied,
    waarde
from report.cijfers_landelijk
union all
select
    cijfer_id,
    gebied,
    waarde
from report.cijfers_vooruitblik
union all
select
    cijfer_id,
    gebied,
    waarde
from report.cijfers_wachttijd
union all
select
    cijfer_id,
    gebied,
    waarde
from report.cijfers_verandering
union all
select
    cijfer_id,
    gebied,
    waarde
from report.cijfers_kansrijk
union all
select
    cijfer_id,
    gebied,
    waarde
from report.cijfers_aansluiting
union all
select
    cijfer_id,
    gebied,
    waarde
from report.cijfers_nareis
union all
select
    cijfer_id,
    gebied,
    waarde
from report.cijfers_toezicht
union all
select
    cijfer_id,
    gebied,
    waarde
from report.cijfers_nagekomen
order by
    cijfer_id,
    gebied
