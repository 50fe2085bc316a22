-- what: the half-year in which a day falls, as it is written everywhere: 2016-I, 2016-II; NULL for NULL.
-- grain: scalar
create or replace macro halfjaar_van(datum) as
    year(datum::date) || case when month(datum::date) <= 6 then '-I' else '-II' end
