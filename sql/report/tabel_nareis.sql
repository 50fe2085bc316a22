-- what: nareis by half-year as an open table; no rows when the IND delivered none.
-- definition: verwacht counts in the half-year of the expected day; an empty halfjaar is expected without a day.
-- grain: one row per halfjaar with relatives
select
    halfjaar,
    toegelaten,
    aangekomen,
    verwacht
from metrics.nareis_halfjaar
order by
    halfjaar nulls last
