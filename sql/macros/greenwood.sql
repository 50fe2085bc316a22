-- what: a day's term of Greenwood's variance, d / (n (n - d)), in whole units (`vaste_komma`); NULL when everybody reached it.
-- source: Greenwood (1926), The natural duration of cancer
-- grain: scalar
create or replace macro greenwood(bereikt, wachtend) as
    case when bereikt < wachtend then vaste_komma(deel(bereikt, wachtend * (wachtend - bereikt))) end
