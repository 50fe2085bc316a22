-- what: the figures of prognosis, announcement and outcome, for the country.
-- definition: an id ends in _min_2 and _min_1 for the two half-years before, _0 for this one, _1 and _2 for the next two; outcomes
--   exist for half-years that are over only.
-- grain: one row per cijfer_id (NL)
with halfjaren as (
    select
        *,
        '_' || case when afstand < 0 then 'min_' else '' end || abs(afstand) as achtervoegsel
    from metrics.vooruitblik
),

cijfers as (
    select
        achtervoegsel,
        unnest(map_entries(map {
            'vooruitblik.prognose_eerste': prognose_eerste::decimal(18, 4),
            'vooruitblik.prognose': prognose,
            'vooruitblik.prognose_verschil': prognose_verschil,
            'vooruitblik.taakstelling_eerste': taakstelling_eerste,
            'vooruitblik.taakstelling': taakstelling,
            'vooruitblik.herzieningen': herzieningen
        })) as cijfer
    from halfjaren
    union all
    select
        achtervoegsel,
        unnest(map_entries(map {
            'vooruitblik.realisatie': realisatie::decimal(18, 4),
            'vooruitblik.realisatie_verschil': realisatie_verschil
        })) as cijfer
    from halfjaren
    where afstand <= 0
)

select
    cijfer.key || achtervoegsel as cijfer_id,
    'NL' as gebied,
    cijfer.value as waarde
from cijfers
order by
    cijfer_id
