-- what: de rekening van elke gemeente: taakstelling, saldo, realisatie, stand, en hoe zij in de tellingen van gemeenten valt.
-- grain: één rij per gemeente
select
    taakstelling.gemeentecode,
    gemeenten.gemeente,
    gemeenten.inwoners,
    taakstelling.taakstelling,
    taakstelling.saldo_begin,
    taakstelling.gecorrigeerd,
    taakstelling.realisatie,
    taakstelling.eindsaldo,
    achterstand(taakstelling.saldo_begin) as begin_achterstand,
    voorsprong(taakstelling.saldo_begin) as begin_voorsprong,
    achterstand(taakstelling.eindsaldo) as achterstand,
    voorsprong(taakstelling.eindsaldo) as voorsprong,
    taakstelling.stand,
    taakstelling.klasse,
    nulgehuisvest(taakstelling.realisatie, taakstelling.gecorrigeerd) as nulgehuisvest,
    koppelingen.oordeel,
    levering.geleverd as lijst_geleverd
from metrics.taakstelling as taakstelling
inner join staging.gemeenten as gemeenten
    on taakstelling.gemeentecode = gemeenten.gemeentecode
left join metrics.koppelingen_gemeente as koppelingen
    on taakstelling.gemeentecode = koppelingen.gemeentecode
left join staging.gemeentelevering as levering
    on taakstelling.gemeentecode = levering.gemeentecode
