-- what: de nareizigers die voor de peildatum zijn toegelaten; het halfjaar van de verwachte dag staat erbij.
-- grain: één rij per persoon
select
    nareis.sleutel,
    nareis.toegelaten,
    nareis.toegelaten >= parameters.begin as toegelaten_in_halfjaar,
    nareis.verwacht,
    nareis.aankomst,
    nareis.aankomst >= parameters.begin as aangekomen_in_halfjaar,
    nareis.stand,
    case
        when nareis.verwacht is null then 'zonder_dag'
        when nareis.verwacht < parameters.peildatum then 'verlopen'
    end as bijzonder,
    case
        when halfjaar(nareis.verwacht) = parameters.periode_volgende then '1'
        when halfjaar(nareis.verwacht) = parameters.periode_daarna then '2'
        when nareis.verwacht >= parameters.eind + to_months(12) then 'later'
    end as verwacht_halfjaar
from staging.nareis as nareis
cross join invoer.parameters
