-- severity: warn
-- tabel: metrics.opvang_persoon
-- titel: Niemand in de opvang heeft meer dan één lopende koppeling
-- what: municipalities (of the koppeling that counts) with persons who have more than one running koppeling, and how many.
-- why: only the latest counts in the funnel; the COA should end the others. Which persons: metrics.opvang_persoon, lopende_koppelingen.
--   No person is named, since warnings stand in the report.
select
    gemeentecode,
    count(*) as personen
from metrics.opvang_persoon
where lopende_koppelingen > 1
group by gemeentecode
order by
    gemeentecode
