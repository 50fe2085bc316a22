-- what: the saldo at the start of the period, per municipality.
-- definition: the eindsaldo of the published edition of the previous half-year, carried to the municipalities of this year, where
--   that is on hand; else the supplied opening saldo (so for the first half-year on hand). `samengesteld_uit` names the
--   municipalities that it comes from where these are others.
-- source: DOMAIN, formulas (eindsaldo is the next period's saldo_begin) and herindeling
-- grain: one row per gemeente
with overzicht as (
    select
        gemeentecode,
        saldo_begin
    from levering.coa_overzicht
),

eerder as (
    select
        gemeentecode,
        case when count(*) = count(deel) then sum(deel)::bigint end as eindsaldo,
        case when bool_or(oude_code <> gemeentecode) then string_agg(distinct oude_code, ' + ' order by oude_code) end as uit
    from staging.eerder_totaal
    where cijfer_id = 'eindsaldo'
    group by gemeentecode
)

select
    overzicht.gemeentecode,
    coalesce(eerder.eindsaldo, overzicht.saldo_begin) as saldo_begin,
    overzicht.saldo_begin as saldo_begin_geleverd,
    eerder.eindsaldo as eindsaldo_gepubliceerd,
    eerder.uit as samengesteld_uit
from overzicht
left join eerder
    on overzicht.gemeentecode = eerder.gemeentecode
