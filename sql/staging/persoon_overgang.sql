-- what: of persons linked to or housed in a municipality that was divided: to which of its parts they went, as delivered.
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
    delen.tot,
    delen.nieuwe_code
from personen
inner join delen
    on personen.nieuwe_code = delen.deel_code
