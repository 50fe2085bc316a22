-- what: the part of a saldo that is behind, as a positive number.
-- grain: scalar
create or replace macro achterstand(saldo) as
    case when saldo is null then null else greatest(saldo, 0) end
