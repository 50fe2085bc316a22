-- what: what is left of aantal * teller after macros/aandeel_heel, in units of 1 / noemer; NULL when noemer is 0 or a part is NULL.
-- grain: scalar
create or replace macro aandeel_rest(aantal, teller, noemer) as
    (aantal::hugeint * teller) % nullif(noemer, 0)
