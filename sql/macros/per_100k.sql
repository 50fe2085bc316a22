-- what: teller per 100.000 of noemer (inhabitants), one decimal; NULL when noemer is 0 or NULL.
-- grain: scalar
create or replace macro per_100k(teller, noemer) as
    (quotient(teller, noemer, 1000000)::decimal(18, 0) * 0.1)::decimal(18, 4)
