-- what: the saldo at the start per municipality as an open table: supplied, published, used, and the difference.
-- definition: gepubliceerd is the eindsaldo of the published edition of the previous half-year on the boundaries of this year, empty
--   where that is not on hand; it is the one that counts then. verschil = gepubliceerd - geleverd. samengesteld_uit names the
--   municipalities that the published saldo comes from where these are others.
-- grain: one row per gemeente
with gemeenten as (
    select *
    from report.gemeenten
),

saldo_begin as (
    select *
    from staging.saldo_begin
)

select
    gemeenten.gemeentecode,
    gemeenten.gemeente,
    saldo_begin.saldo_begin_geleverd as geleverd,
    saldo_begin.eindsaldo_gepubliceerd as gepubliceerd,
    saldo_begin.saldo_begin as gebruikt,
    saldo_begin.eindsaldo_gepubliceerd - saldo_begin.saldo_begin_geleverd as verschil,
    saldo_begin.samengesteld_uit
from gemeenten
inner join saldo_begin
    on gemeenten.gemeentecode = saldo_begin.gemeentecode
order by
    gemeenten.volgorde
