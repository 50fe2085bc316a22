-- what: the figures on taakstelling, realisatie, saldo and counts of municipalities, for every area.
-- grain: one row per cijfer_id and gebied
with taakstelling_gebied as (
    select *
    from metrics.taakstelling_gebied
),

maanden as (
    select *
    from metrics.realisatie_gebied_maand
),

per_gebied as (
    select
        gebied,
        unnest(map_entries(map {
            'taakstelling.netto': taakstelling::decimal(18, 4),
            'taakstelling.saldo_begin': saldo_begin,
            'taakstelling.gecorrigeerd': gecorrigeerd,
            'taakstelling.maandtempo': quotient(gecorrigeerd, 6, 1),
            'realisatie.totaal': realisatie,
            'realisatie.percentage': realisatie_percentage(realisatie, gecorrigeerd),
            'realisatie.per_100k': per_100k(realisatie, inwoners),
            'inwoners.aantal': inwoners,
            'saldo.eind': eindsaldo,
            'saldo.verandering': eindsaldo - saldo_begin,
            'saldo.achterstand': achterstand,
            'saldo.voorsprong': voorsprong,
            'saldo.begin_achterstand': begin_achterstand,
            'saldo.begin_voorsprong': begin_voorsprong,
            'stand.gemeenten': gemeenten,
            'stand.achter': achter,
            'stand.exact': exact,
            'stand.voor': voor,
            'stand.voldaan': exact + voor,
            'klasse.op_schema': op_schema,
            'klasse.enigszins_achter': enigszins_achter,
            'klasse.achter': klasse_achter,
            'nulgehuisvest.gemeenten': nulgehuisvest
        })) as cijfer
    from taakstelling_gebied
),

per_maand as (
    select
        gebied,
        unnest(map_entries(map {
            'realisatie.maand_' || maand: realisatie::decimal(18, 4),
            'realisatie.cumulatief_' || maand: cumulatief,
            'realisatie.cumulatief_percentage_' || maand: realisatie_percentage(cumulatief, gecorrigeerd),
            'realisatie.schema_' || maand: quotient(gecorrigeerd * maand, 6, 1),
            'realisatie.schema_percentage_' || maand: procent(maand, 6)
        })) as cijfer
    from maanden
)

select
    cijfer.key as cijfer_id,
    gebied,
    cijfer.value as waarde
from per_gebied
union all
select
    cijfer.key as cijfer_id,
    gebied,
    cijfer.value as waarde
from per_maand
order by
    cijfer_id,
    gebied
