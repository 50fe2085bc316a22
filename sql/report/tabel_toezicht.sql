-- what: supervision per municipality as an open table; the next period reads it back from the published edition.
-- definition: with ondergrens the number is 'ten minste': the history before it is not on hand. toezicht_datum, trede and
--   verschoonbaar as the province supplied them, else empty.
-- grain: one row per gemeente
with gemeenten as (
    select *
    from report.gemeenten
),

toezicht as (
    select *
    from metrics.toezicht
)

select
    gemeenten.gemeentecode,
    gemeenten.gemeente,
    gemeenten.provincie,
    toezicht.halfjaren_achter,
    toezicht.ondergrens,
    toezicht.toezicht_datum,
    toezicht.trede,
    toezicht.verschoonbaar
from gemeenten
inner join toezicht
    on gemeenten.gemeentecode = toezicht.gemeentecode
order by
    gemeenten.volgorde
