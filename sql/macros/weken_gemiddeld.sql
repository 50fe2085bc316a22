-- what: so many days over so many persons as an average in weeks, one decimal; NULL when there is nobody.
-- grain: scalar
create or replace macro weken_gemiddeld(dagen, aantal) as
    (quotient(dagen, 7 * aantal, 10)::decimal(18, 0) * 0.1)::decimal(18, 4)
