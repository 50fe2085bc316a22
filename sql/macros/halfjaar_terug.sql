-- what: the day so many half-years before a day.
-- grain: scalar
create or replace macro halfjaar_terug(datum, aantal) as
    (datum::date - to_months((6 * aantal)::integer))::date
