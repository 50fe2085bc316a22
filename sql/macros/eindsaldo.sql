-- what: saldo at the end of the half-year; the saldo_begin of the next.
-- grain: scalar
create or replace macro eindsaldo(gecorrigeerd, realisatie) as
    gecorrigeerd - realisatie
