-- what: de kerncijfers van het vorige halfjaar, zoals gepubliceerd.
-- grain: één rij per cijfer
select
    cijfers.periode,
    replace(cijfers.cijfer_id, '.', '_') as kerncijfer,
    cijfers.waarde
from eerder.cijfers
inner join invoer.parameters
    on cijfers.periode = parameters.periode_vorige
where cijfers.gebied = 'NL'
