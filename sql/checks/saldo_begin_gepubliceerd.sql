-- severity: warn
-- tabel: staging.saldo_begin
-- titel: Het geleverde beginsaldo is gelijk aan het gepubliceerde eindsaldo van het vorige halfjaar
-- tegen: staging.saldo_begin where eindsaldo_gepubliceerd is not null
-- what: municipalities whose supplied opening saldo differs from the published eindsaldo of the previous half-year.
-- why: figures that change silently afterwards are what readers complain about most.
select
    gemeentecode,
    eindsaldo_gepubliceerd,
    saldo_begin_geleverd
from staging.saldo_begin
where eindsaldo_gepubliceerd <> saldo_begin_geleverd
order by
    gemeentecode
