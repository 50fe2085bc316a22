-- what: of persons linked to or housed in a municipality that was divided: to which of its parts they went, as delivered.
-- definition: whoever was delivered with parts that lead to two municipalities has no row, and stands where he stood:
--   checks/splitsing_personen then holds the edition back.
-- source: levering.rijk_herindeling_personen
-- grain: one row per person and divided municipality
with personen as (
    select
        persoonsleutel(persoon) as sleutel,
        nieuwe_code
    from levering.rijk_herindeling_personen
),

delen as (
    select *
    from staging.gemeente_overgang
    where deel_code is not null
)

select
    personen.sleutel,
    delen.oude_code,
    max(delen.tot) as tot,
    max(delen.nieuwe_code) as nieuwe_code
from personen
inner join delen
    on personen.nieuwe_code = delen.deel_code
group by
    personen.sleutel,
    delen.oude_code
having min(delen.nieuwe_code) = max(delen.nieuwe_code)
