-- what: the statutory figures that differ from the published edition; of persons the difference of two exact figures would tell more than
--   the rounded ones do.
-- grain: one row per cijfer_id and gebied
select herzieningen.*
from report.herzieningen
inner join openbaar.soorten
    on
        herzieningen.cijfer_id = soorten.cijfer_id
        and soorten.soort = 'exact'
order by
    herzieningen.cijfer_id,
    herzieningen.gebied
