-- what: rounded integer quotient teller * schaal / noemer, half away from zero; NULL when noemer is 0 or NULL.
-- definition: the only division in the house; in whole numbers, so that 0.05 never becomes 0.04999.
-- grain: scalar
create or replace macro quotient(teller, noemer, schaal) as
    (sign(teller) * sign(noemer))::hugeint
    * ((2 * abs(teller::hugeint) * schaal + abs(noemer::hugeint)) // nullif(2 * abs(noemer::hugeint), 0))
