-- what: logarithm of the share of those waiting who did not reach it on a day, in whole units (`vaste_komma`); their sum over the days
--   is the logarithm of the Kaplan-Meier survival. NULL when everybody reached it: survival is 0 from then on.
-- grain: scalar
create or replace macro log_blijvend(bereikt, wachtend) as
    case when bereikt < wachtend then vaste_komma(ln(deel(wachtend - bereikt, wachtend))) end
