-- what: the class of a household by its number of members: een, twee, drie_vier or vijf_meer; NULL for none or unknown.
-- grain: scalar
create or replace macro huishoudklasse(leden) as
    case
        when leden = 1 then 'een'
        when leden = 2 then 'twee'
        when leden between 3 and 4 then 'drie_vier'
        when leden >= 5 then 'vijf_meer'
    end
