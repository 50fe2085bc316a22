-- what: no corrections: each is about a row of a person or a few.
-- grain: no rows
select *
from report.correcties
where false
