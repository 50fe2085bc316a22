-- what: teller as a percentage of noemer, one decimal, half away from zero; NULL when noemer is 0 or NULL.
-- grain: scalar
create or replace macro procent(teller, noemer) as
    (quotient(teller, noemer, 1000)::decimal(18, 0) * 0.1)::decimal(18, 4)
