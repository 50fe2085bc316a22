-- what: why a municipality did not do its task, judged on the rounded numbers that the reader sees.
-- source: leveringsoordeel
-- grain: one row per gemeente
select
    gemeentecode,
    gecorrigeerd,
    realisatie,
    eindsaldo,
    gemaakt,
    begin,
    beschikbaar,
    leveringsoordeel(eindsaldo, beschikbaar, gecorrigeerd) as oordeel
from metrics.koppelingen_gemeente
