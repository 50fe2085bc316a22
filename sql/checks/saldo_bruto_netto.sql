-- severity: block
-- tabel: metrics.taakstelling_gebied
-- titel: Bruto achterstand min bruto voorsprong is het eindsaldo
-- what: areas where gross and net do not agree, at the start or at the end, or where the account does not close.
-- why: the net saldo hides the gross backlog; all three are printed side by side.
select
    gebied,
    achterstand,
    voorsprong,
    eindsaldo,
    begin_achterstand,
    begin_voorsprong,
    saldo_begin
from metrics.taakstelling_gebied
where
    achterstand - voorsprong <> eindsaldo
    or begin_achterstand - begin_voorsprong <> saldo_begin
    or taakstelling + saldo_begin <> gecorrigeerd
    or gecorrigeerd - realisatie <> eindsaldo
order by
    gebied
