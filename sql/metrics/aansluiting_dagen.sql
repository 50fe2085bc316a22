-- what: the administrative delay as a distribution: how many persons the COA signed off so many days after the municipality's own day.
-- definition: persons whom both count in the half-year, in the same municipality; 0 is the same day, below 0 the COA was earlier.
-- source: metrics.aansluiting_persoon
-- grain: one row per gemeente and number of days
select
    coa_gemeentecode as gemeentecode,
    dagen,
    count(*) as personen
from metrics.aansluiting_persoon
where klasse in ('gelijk', 'andere_datum')
group by
    coa_gemeentecode,
    dagen
