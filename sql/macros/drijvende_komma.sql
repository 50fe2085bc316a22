-- what: whole units of 2^-100 (see `vaste_komma`) as a number.
-- grain: scalar
create or replace macro drijvende_komma(eenheden) as
    eenheden::double * 7.888609052210118e-31::double
