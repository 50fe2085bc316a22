-- what: de instellingen van deze editie.
-- grain: één rij
select
    parameters.peildatum,
    parameters.briefdatum,
    parameters.klasse_midden_procent,
    (select max(inwoners_verdeling.peiljaar) from staging.inwoners_verdeling) as peiljaar
from invoer.parameters
