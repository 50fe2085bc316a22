-- what: the norms that count on the peildatum, in weeks, one column per clock.
-- definition: of each clock the norm with the latest first day that is not after the peildatum. koppeling: from permit to koppeling;
--   aanbod: from koppeling to aanbod; huisvesting: from koppeling to housing; vergunning: from permit to housing.
-- source: invoer.normen (shipped, or of the settings); DOMAIN, normtijd
-- grain: one row
with parameters as (
    select peildatum
    from invoer.parameters
),

normen as (
    select *
    from invoer.normen
)

select
    arg_max(normen.weken, normen.geldig_vanaf) filter (where normen.klok = 'koppeling') as koppeling,
    arg_max(normen.weken, normen.geldig_vanaf) filter (where normen.klok = 'aanbod') as aanbod,
    arg_max(normen.weken, normen.geldig_vanaf) filter (where normen.klok = 'huisvesting') as huisvesting,
    arg_max(normen.weken, normen.geldig_vanaf) filter (where normen.klok = 'vergunning') as vergunning
from parameters
inner join normen
    on parameters.peildatum >= normen.geldig_vanaf
