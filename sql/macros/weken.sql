-- what: days as weeks, one decimal, half away from zero.
-- grain: scalar
create or replace macro weken(dagen) as
    (quotient(dagen, 7, 10)::decimal(18, 0) * 0.1)::decimal(18, 4)
