-- what: the published taakstelling beside two computed controls, with the difference (published - computed).
-- definition: artikel_29 is the literal formula, which rounds each municipality up; adams is the method that fits the published numbers.
--   NULL where the announced number or the inhabitants are not known.
-- source: Huisvestingswet 2014, art. 29; DOMAIN, distributing the national number
-- grain: one row per gemeente
with parameters as (
    select periode
    from invoer.parameters
),

landelijk as (
    select landelijke_taakstelling.taakstelling as aangekondigd
    from staging.landelijke_taakstelling
    inner join parameters
        on landelijke_taakstelling.periode = parameters.periode
),

gepubliceerd as (
    select
        gemeentecode,
        taakstelling
    from metrics.taakstelling
),

inwoners as (
    select *
    from staging.inwoners_verdeling
),

adams as (
    select *
    from metrics.adams
),

naast_elkaar as (
    select
        gepubliceerd.gemeentecode,
        gepubliceerd.taakstelling as gepubliceerd,
        artikel_29(
            (select landelijk.aangekondigd from landelijk), inwoners.inwoners, inwoners.inwoners_nederland
        )::bigint as artikel_29,
        adams.adams
    from gepubliceerd
    left join inwoners
        on gepubliceerd.gemeentecode = inwoners.gemeentecode
    left join adams
        on gepubliceerd.gemeentecode = adams.gemeentecode
)

select
    gemeentecode,
    gepubliceerd,
    artikel_29,
    adams,
    gepubliceerd - artikel_29 as verschil_artikel_29,
    gepubliceerd - adams as verschil_adams
from naast_elkaar
