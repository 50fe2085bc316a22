-- what: wie op een dag van het halfjaar aan een gemeente gekoppeld was; van_voor zegt of dat al voor het halfjaar zo was.
-- grain: één rij per gemeente en persoon
select
    koppelingen.sleutel,
    koppelingen.gemeentecode,
    min(koppelingen.koppeling) as eerste_koppeling,
    max(koppelingen.einde) as laatste_einde,
    count(*) as koppelingen,
    bool_or(koppelingen.koppeling < parameters.begin) as van_voor
from staging.koppelingen as koppelingen
inner join invoer.parameters
    on koppelingen.einde is null or koppelingen.einde >= parameters.begin
group by
    koppelingen.sleutel,
    koppelingen.gemeentecode
