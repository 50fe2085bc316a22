-- what: a number as whole units of 2^-100, so that sums of it are exact and the same in every order and on every number of threads.
-- definition: multiplying by a power of two loses nothing; numbers up to 2^27 fit. `drijvende_komma` is the way back.
-- grain: scalar
create or replace macro vaste_komma(getal) as
    (getal::double * 1267650600228229401496703205376::double)::hugeint
