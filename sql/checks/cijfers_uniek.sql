-- severity: block
-- tabel: report.cijfers
-- titel: Elk cijfer staat één keer in het register
-- what: a cijfer_id and gebied that occur more than once.
-- why: two models that claim the same figure, or a join that doubles rows.
select
    cijfer_id,
    gebied,
    count(*) as keren
from report.cijfers
group by
    cijfer_id,
    gebied
having count(*) > 1
order by
    cijfer_id,
    gebied
