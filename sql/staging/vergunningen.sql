-- what: per person the permit as the IND knew it at the start of the peildatum.
-- definition: `vergunning` is the first permit since the last withdrawal; where the last decision is a withdrawal it is empty and
--   `ingetrokken` holds the day of that withdrawal. A decision of the peildatum or later does not exist yet.
-- source: levering.ind_vergunningen
-- grain: one row per person with a decision
with parameters as (
    select peildatum
    from invoer.parameters
),

besluiten as materialized (
    select
        persoonsleutel(ind_vergunningen.persoon) as sleutel,
        ind_vergunningen.datum_besluit,
        ind_vergunningen.besluit = 'intrekking' as intrekking
    from levering.ind_vergunningen
    cross join parameters
    where ind_vergunningen.datum_besluit < parameters.peildatum
),

-- Few persons; only for them the order of the decisions matters.
intrekkingen as (
    select
        sleutel,
        max(datum_besluit) as ingetrokken
    from besluiten
    where intrekking
    group by sleutel
),

tellend as (
    select
        besluiten.sleutel,
        besluiten.datum_besluit,
        intrekkingen.ingetrokken
    from besluiten
    left join intrekkingen
        on besluiten.sleutel = intrekkingen.sleutel
    where
        intrekkingen.sleutel is null
        or besluiten.datum_besluit >= intrekkingen.ingetrokken
),

per_persoon as (
    select
        sleutel,
        min(datum_besluit) filter (where ingetrokken is null or datum_besluit > ingetrokken) as vergunning,
        max(ingetrokken) as ingetrokken
    from tellend
    group by sleutel
)

select
    sleutel,
    vergunning,
    case when vergunning is null then ingetrokken end as ingetrokken
from per_persoon
