-- severity: warn
-- tabel: metrics.nagekomen
-- titel: Het grootboek van de afmeldingen zet dat van de gepubliceerde edities voort
-- tegen: staging.grootboek_eerder
-- what: half-years of which more than one in a hundred afmeldingen of the published ledger are other now, or gone.
-- why: the ledger only grows, and corrects itself with rows of -1. If many rows differ, the COA delivered something else, and what
--   the report calls nagekomen is not. Other numbers alone are no difference.
with toen as (
    select
        periode,
        count(*) as gepubliceerd
    from staging.grootboek_eerder
    group by periode
),

anders as (
    select
        periode,
        count(distinct afmelding_id) as anders
    from metrics.nagekomen
    where soort <> 'nagekomen'
    group by periode
)

select
    toen.periode,
    toen.gepubliceerd,
    anders.anders
from toen
inner join anders
    on toen.periode = anders.periode
where anders.anders * 100 > toen.gepubliceerd
order by
    toen.periode
