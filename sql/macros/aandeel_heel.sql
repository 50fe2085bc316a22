-- what: the whole persons in the share teller / noemer of an amount that is not below zero; NULL when noemer is 0 or a part is NULL.
-- definition: the first step of the largest remainder; what is left over goes by macros/aandeel_rest. The remainder is taken off
--   before dividing, so that nothing is rounded.
-- grain: scalar
create or replace macro aandeel_heel(aantal, teller, noemer) as
    quotient(aantal::hugeint * teller - aandeel_rest(aantal, teller, noemer), noemer, 1)::bigint
