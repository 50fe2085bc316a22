-- what: the announced national number of this half-year, as known on the briefdatum, and the threshold of the classes.
-- grain: one row per cijfer_id (NL)
with parameters as (
    select *
    from invoer.parameters
),

landelijk as (
    select *
    from staging.landelijke_taakstelling
),

som as (
    select taakstelling
    from metrics.taakstelling_gebied
    where gebied = 'NL'
),

aangekondigd as (
    select
        nu.taakstelling as nu,
        parameters.klasse_midden_procent
    from parameters
    left join landelijk as nu
        on parameters.periode = nu.periode
),

cijfers as (
    select
        unnest(map_entries(map {
            'taakstelling.aangekondigd': aangekondigd.nu::decimal(18, 4),
            'taakstelling.verschil_aangekondigd': som.taakstelling - aangekondigd.nu,
            'klasse.drempel_midden': aangekondigd.klasse_midden_procent
        })) as cijfer
    from aangekondigd
    cross join som
)

select
    cijfer.key as cijfer_id,
    'NL' as gebied,
    cijfer.value as waarde
from cijfers
order by
    cijfer_id
