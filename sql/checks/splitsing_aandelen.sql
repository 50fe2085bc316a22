-- severity: block
-- tabel: staging.eerder_totaal
-- titel: Van elke gesplitste gemeente met een saldo zijn de aandelen van alle delen geleverd
-- tegen: staging.eerder_totaal where deel_code is not null
-- what: divided municipalities with a published eindsaldo to carry over of which no shares, or not all, were delivered.
-- why: without shares nobody can say which part owes how many; they belong in rijk/herindeling of the delivery.
with namen as (
    select *
    from staging.gemeentenamen
)

select
    namen.gemeente,
    eerder_totaal.oude_code as gemeentecode,
    max(eerder_totaal.waarde) as eindsaldo,
    string_agg(distinct delen.gemeente, ', ' order by delen.gemeente) as delen
from staging.eerder_totaal
left join namen
    on eerder_totaal.oude_code = namen.gemeentecode
left join namen as delen
    on eerder_totaal.deel_code = delen.gemeentecode
where
    eerder_totaal.cijfer_id = 'eindsaldo'
    and eerder_totaal.waarde <> 0
    and eerder_totaal.deel is null
group by
    namen.gemeente,
    eerder_totaal.oude_code
order by
    gemeentecode
