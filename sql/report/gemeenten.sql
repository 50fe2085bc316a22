-- what: the words that stand beside the figures of a municipality: names, stand, class.
-- grain: one row per gemeente
with gemeenten as (
    select *
    from staging.gemeenten
),

taakstelling as (
    select *
    from metrics.taakstelling
)

select
    gemeenten.gemeentecode,
    gemeenten.gemeente,
    gemeenten.provinciecode,
    gemeenten.provincie,
    gemeenten.regiocode,
    gemeenten.regio,
    taakstelling.stand,
    taakstelling.klasse,
    taakstelling.gecorrigeerd > 0 as percentage_van_toepassing,
    row_number() over (
        order by
            alfabetisch(gemeenten.provincie),
            alfabetisch(gemeenten.gemeente),
            gemeenten.gemeentecode
    ) as volgorde
from gemeenten
inner join taakstelling
    on gemeenten.gemeentecode = taakstelling.gemeentecode
order by
    volgorde
