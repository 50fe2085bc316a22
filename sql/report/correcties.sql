-- what: the corrections of the delivery (correcties.toml) as they were applied, for the verantwoording and the manifest.
-- definition: `bestanden` are the delivered files that were corrected; `bron`, its line and its hash are the list of corrections itself.
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
    rijen,
    bestanden,
    bron,
    bron_regel,
    bron_sha256
from levering.correcties
order by
    volgnummer
