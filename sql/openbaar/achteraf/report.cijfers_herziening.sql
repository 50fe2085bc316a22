-- what: the figures on revisions, of the statutory figures alone; NULL (n.v.t.) for those on persons.
-- grain: one row per cijfer_id and gebied
select
    herziening.cijfer_id,
    herziening.gebied,
    case when soorten.soort = 'exact' then herziening.waarde end as waarde
from report.cijfers_herziening as herziening
inner join openbaar.soorten
    on herziening.cijfer_id = soorten.cijfer_id
order by
    herziening.cijfer_id,
    herziening.gebied
