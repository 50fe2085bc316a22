-- what: the corrections of the delivery (correcties.toml) as they were applied, for the verantwoording.
-- grain: one row per correction
select
    volgnummer,
    extract,
    waar,
    actie,
    coalesce(kolom, '') as kolom,
    coalesce(oud, '') as oud,
    coalesce(nieuw, '') as nieuw,
    reden,
    gemeld_op,
    status,
    rijen
from levering.correcties
order by
    volgnummer
