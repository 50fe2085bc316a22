-- what: de koppelingen waarvan de eerste dag in het halfjaar ligt.
-- grain: één rij per koppeling
select
    koppelingen.sleutel,
    koppelingen.koppeling_id,
    koppelingen.gemeentecode,
    koppelingen.koppeling,
    koppelingen.einde,
    koppelingen.reden_einde,
    koppelingen.aanbod_geldig
from staging.koppelingen as koppelingen
inner join invoer.parameters
    on koppelingen.koppeling >= parameters.begin
