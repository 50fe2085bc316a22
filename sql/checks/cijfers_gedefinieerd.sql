-- severity: block
-- tabel: report.cijfers
-- titel: Elk cijfer heeft een naam, een eenheid en een definitie
-- what: figures without a definition, and definitions without a figure.
-- why: a number that nobody can explain must not be printed; a definition without a number points at nothing.
with cijfers as (
    select distinct cijfer_id
    from report.cijfers
),

definities as (
    select cijfer_id
    from report.definities
)

select
    coalesce(cijfers.cijfer_id, definities.cijfer_id) as cijfer_id,
    case when definities.cijfer_id is null then 'geen definitie' else 'geen cijfer' end as probleem
from cijfers
full join definities
    on cijfers.cijfer_id = definities.cijfer_id
where
    cijfers.cijfer_id is null
    or definities.cijfer_id is null
order by
    cijfer_id
