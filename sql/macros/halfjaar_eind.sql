-- what: the first day after a half-year that is written as everywhere (2016-I, 2016-II); NULL for NULL.
-- grain: scalar
create or replace macro halfjaar_eind(naam) as
    case
        when naam like '%-II' then make_date(left(naam, 4)::integer + 1, 1, 1)
        when naam like '%-I' then make_date(left(naam, 4)::integer, 7, 1)
    end
