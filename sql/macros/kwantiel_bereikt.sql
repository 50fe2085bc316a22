-- what: whether a survival (or a limit of it) has come down to a share: 0.5 for the median.
-- definition: at or below it. A survival that is exactly one half on paper may come out a hair above as a double: within 1e-12 it counts.
-- grain: scalar
create or replace macro kwantiel_bereikt(overleving, deel_over) as
    overleving <= deel_over::double + 1e-12::double
