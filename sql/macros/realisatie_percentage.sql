-- what: realisatie as a percentage of the gecorrigeerde taakstelling; NULL (prints as n.v.t.) when that is 0 or less.
-- definition: percentage = realisatie / gecorrigeerd
-- grain: scalar
create or replace macro realisatie_percentage(realisatie, gecorrigeerd) as
    case when gecorrigeerd > 0 then procent(realisatie, gecorrigeerd) end
