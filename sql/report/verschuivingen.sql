-- what: which municipalities moved most, in the order of the report.
-- grain: one row per richting and rang
select
    richting,
    rang,
    gemeentecode
from metrics.verschuivingen
order by
    richting,
    rang
