-- what: the class of a stay by its number of days: tot_90, tot_180, tot_365 or langer; NULL when unknown.
-- definition: up to and including 90, 180 and 365 days.
-- grain: scalar
create or replace macro verblijfsklasse(dagen) as
    case
        when dagen <= 90 then 'tot_90'
        when dagen <= 180 then 'tot_180'
        when dagen <= 365 then 'tot_365'
        when dagen > 365 then 'langer'
    end
