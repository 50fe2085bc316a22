-- what: the account of each municipality: taakstelling, saldo, realisatie, eindsaldo and what follows from it.
-- definition: gecorrigeerd = taakstelling + saldo_begin; eindsaldo = gecorrigeerd - realisatie (book 'cumulatief')
-- source: DOMAIN, formulas; overview of the Rijksoverheid
-- grain: one row per gemeente of the period's year
with parameters as (
    select klasse_midden_procent
    from invoer.parameters
),

gemeenten as (
    select *
    from staging.gemeenten
),

taakstelling as (
    select *
    from staging.taakstelling
),

saldo_begin as (
    select
        gemeentecode,
        saldo_begin
    from staging.saldo_begin
),

realisatie as (
    select
        gemeentecode,
        sum(realisatie)::bigint as realisatie
    from staging.realisatie_maand
    group by gemeentecode
),

rekening as (
    select
        taakstelling.gemeentecode,
        taakstelling.taakstelling,
        saldo_begin.saldo_begin,
        gecorrigeerde_taakstelling(taakstelling.taakstelling, saldo_begin.saldo_begin) as gecorrigeerd,
        coalesce(realisatie.realisatie, 0) as realisatie
    from taakstelling
    inner join saldo_begin
        on taakstelling.gemeentecode = saldo_begin.gemeentecode
    left join realisatie
        on taakstelling.gemeentecode = realisatie.gemeentecode
)

select
    gemeenten.gemeentecode,
    rekening.taakstelling,
    rekening.saldo_begin,
    rekening.gecorrigeerd,
    rekening.realisatie,
    eindsaldo(rekening.gecorrigeerd, rekening.realisatie) as eindsaldo,
    realisatie_percentage(rekening.realisatie, rekening.gecorrigeerd) as percentage,
    stand(eindsaldo(rekening.gecorrigeerd, rekening.realisatie)) as stand,
    schemaklasse(rekening.realisatie, rekening.gecorrigeerd, 6, parameters.klasse_midden_procent) as klasse
from gemeenten
cross join parameters
left join rekening
    on gemeenten.gemeentecode = rekening.gemeentecode
