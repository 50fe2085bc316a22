-- severity: warn
-- tabel: metrics.opvang_stroom
-- titel: De opvang aan het begin is die van de gepubliceerde editie van het vorige halfjaar
-- tegen: eerder.cijfers join invoer.parameters on periode_vorige = cijfers.periode where cijfer_id = 'opvang.totaal'
-- what: the opvang at the begin of the half-year where the published edition of the half-year before has another number in the opvang.
-- why: figures that change silently afterwards are what readers complain about most. A warning, for it need be no error of this report:
--   the COA adds a permit or a departure to its file afterwards with a day of before the peildatum. A published edition does not
--   change any more, so blocking would hold back every later one; the difference is to be told.
with gepubliceerd as (
    select cijfers.waarde as personen
    from eerder.cijfers as cijfers
    inner join invoer.parameters as parameters
        on cijfers.periode = parameters.periode_vorige
    where
        cijfers.cijfer_id = 'opvang.totaal'
        and cijfers.gebied = 'NL'
),

nu as (
    select sum(begin) as personen
    from metrics.opvang_stroom
    where exists (select 1 from staging.aanwezig where personen)
)

select
    gepubliceerd.personen::bigint as gepubliceerd,
    nu.personen as begin,
    nu.personen - gepubliceerd.personen::bigint as verschil
from nu
cross join gepubliceerd
where nu.personen <> gepubliceerd.personen
order by
    gepubliceerd
