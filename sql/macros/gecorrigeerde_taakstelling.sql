-- what: netto taakstelling plus the saldo at the start (achterstand +, voorsprong -).
-- source: DOMAIN, formulas; the column 'taakstelling inclusief voor/achter' of the overview
-- grain: scalar
create or replace macro gecorrigeerde_taakstelling(taakstelling, saldo_begin) as
    taakstelling + saldo_begin
