-- what: a chance between 0 and 1 as a percentage, one decimal, half away from zero.
-- definition: a chance that is a fraction on paper may come out a hair below it as a double: within 1e-12 it is taken as the fraction.
-- grain: scalar
create or replace macro kans_procent(kans) as
    (floor((kans + 1e-12) * 1000 + 0.5)::decimal(18, 0) * 0.1)::decimal(18, 4)
