-- what: the relatives whose nareis was granted before the peildatum, with whether they arrived.
-- definition: `stand` is aangekomen for an arrival of before the peildatum; ingetrokken when the IND withdrew the permit and they
--   have not arrived; else verwacht. `verwacht` is the expected day, which may have passed.
-- source: levering.ind_nareis
-- grain: one row per person
with parameters as (
    select peildatum
    from invoer.parameters
),

nareis as (
    select
        persoonsleutel(ind_nareis.persoon) as sleutel,
        ind_nareis.datum_besluit as toegelaten,
        ind_nareis.datum_verwachte_aankomst as verwacht,
        case when ind_nareis.datum_aankomst < parameters.peildatum then ind_nareis.datum_aankomst end as aankomst
    from levering.ind_nareis
    cross join parameters
    where ind_nareis.datum_besluit < parameters.peildatum
),

ingetrokken as (
    select sleutel
    from staging.vergunningen
    where ingetrokken is not null
)

select
    nareis.sleutel,
    nareis.toegelaten,
    nareis.verwacht,
    nareis.aankomst,
    case
        when nareis.aankomst is not null then 'aangekomen'
        when ingetrokken.sleutel is not null then 'ingetrokken'
        else 'verwacht'
    end as stand
from nareis
left join ingetrokken
    on nareis.sleutel = ingetrokken.sleutel
