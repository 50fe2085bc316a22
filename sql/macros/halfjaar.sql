-- what: the half-year in which a day falls, written as everywhere: 2016-I, 2016-II; NULL for NULL.
-- grain: scalar
create or replace macro halfjaar(datum) as
    year(datum::date)::varchar || case when month(datum::date) > 6 then '-II' else '-I' end
