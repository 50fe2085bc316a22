-- what: the saldo at the start of the period, per municipality.
-- definition: the eindsaldo of the published edition of the previous half-year where that is on hand, else the supplied opening saldo.
-- source: DOMAIN, formulas (eindsaldo is the next period's saldo_begin)
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
        eindsaldo
    from eerder.eindsaldo
)

select
    overzicht.gemeentecode,
    coalesce(eerder.eindsaldo, overzicht.saldo_begin) as saldo_begin,
    overzicht.saldo_begin as saldo_begin_geleverd,
    eerder.eindsaldo as eindsaldo_gepubliceerd
from overzicht
left join eerder
    on overzicht.gemeentecode = eerder.gemeentecode
