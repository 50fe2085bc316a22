-- what: de landelijke taakstelling van dit halfjaar, zoals op de briefdatum bekend.
-- grain: één rij
select
    landelijk.periode,
    landelijk.taakstelling,
    landelijk.bekend_op,
    landelijk.bron
from staging.landelijke_taakstelling as landelijk
inner join invoer.parameters
    on landelijk.periode = parameters.periode
