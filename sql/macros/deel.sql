-- what: the exact ordering value of teller / noemer as a double; NULL when noemer is 0 or NULL.
-- definition: only to order and compare fractions of whole numbers below 2^26: two different fractions then differ by far more
--   than a rounding of the double, and equal fractions give the same double. Never summed, never printed.
-- grain: scalar
create or replace macro deel(teller, noemer) as
    teller::double / nullif(noemer, 0)
