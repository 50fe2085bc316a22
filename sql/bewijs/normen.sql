-- what: de norm van elke klok die op de peildatum geldt.
-- grain: één rij per klok
select
    normen.klok,
    arg_max(normen.weken, normen.geldig_vanaf) as weken,
    max(normen.geldig_vanaf) as geldig_vanaf,
    arg_max(normen.bron, normen.geldig_vanaf) as bron
from invoer.normen as normen
inner join invoer.parameters
    on normen.geldig_vanaf <= parameters.peildatum
group by normen.klok
