-- what: the definitions of the figures on taakstelling, realisatie, saldo, bookkeeping and distribution.
-- definition: `optelbaar` says that the figure of the country is the sum over its municipalities and over its provinces.
--   `{maand}` in an id stands for the months 1 to 6 of the period (report.definities writes them out). The ruling on bookkeeping per
--   half-year is named as source by a report whose letter is of that day or later, not by one that could not know it.
-- source: ABRvS 8 August 2018, ECLI:NL:RVS:2018:2647, for the figures boekhouding.*
-- grain: one row per cijfer_id, or template of it
with parameters as (
    select briefdatum >= date '2018-08-08' as na_uitspraak
    from invoer.parameters
)

select
    sjabloon.cijfer_id,
    sjabloon.naam,
    sjabloon.eenheid,
    sjabloon.decimalen,
    sjabloon.optelbaar,
    sjabloon.definitie,
    case
        when starts_with(sjabloon.cijfer_id, 'boekhouding.') and parameters.na_uitspraak
            then sjabloon.bron || ' naar ABRvS 8 augustus 2018, ECLI:NL:RVS:2018:2647'
        else sjabloon.bron
    end as bron,
    sjabloon.model
from (
    values
    (
        'taakstelling.aangekondigd', 'Aangekondigde taakstelling', 'personen', 0, false,
        'Het landelijke aantal vergunninghouders dat volgens de Staatscourant in het halfjaar gehuisvest moet worden, zoals bekend op de briefdatum.',
        'Huisvestingswet 2014, artikel 29, eerste lid, onder a', 'staging.landelijke_taakstelling'
    ),
    (
        'taakstelling.netto', 'Taakstelling (netto)', 'personen', 0, true,
        'Het aantal vergunninghouders dat een gemeente in het halfjaar moet huisvesten, zonder achterstand of voorsprong.',
        'Huisvestingswet 2014, artikel 28 en 29', 'metrics.taakstelling'
    ),
    (
        'taakstelling.verschil_aangekondigd', 'Som min aangekondigd', 'personen', 0, false,
        'De som van de taakstellingen van alle gemeenten min het aangekondigde landelijke aantal.',
        'Overzicht huisvesting vergunninghouders', 'metrics.taakstelling_gebied'
    ),
    (
        'taakstelling.saldo_begin', 'Saldo aan het begin', 'personen', 0, true,
        'De stand aan het begin van het halfjaar: een achterstand is positief, een voorsprong negatief.',
        'Overzicht huisvesting vergunninghouders', 'metrics.taakstelling'
    ),
    (
        'taakstelling.gecorrigeerd', 'Gecorrigeerde taakstelling', 'personen', 0, true,
        'De taakstelling plus het saldo aan het begin van het halfjaar.',
        'Overzicht huisvesting vergunninghouders', 'metrics.taakstelling'
    ),
    (
        'taakstelling.maandtempo', 'Maandtempo', 'personen per maand', 0, false,
        'De gecorrigeerde taakstelling gedeeld door zes maanden, afgerond op een geheel getal.',
        'Eigen berekening', 'metrics.taakstelling_gebied'
    ),
    (
        'realisatie.maand_{maand}', 'Realisatie in maand {maand}', 'personen', 0, true,
        'Vergunninghouders die het COA in maand {maand} van het halfjaar bij de gemeente heeft afgemeld, op de dag van de verhuizing. Een correctie telt negatief.',
        'Overzicht huisvesting vergunninghouders', 'metrics.realisatie_gebied_maand'
    ),
    (
        'realisatie.cumulatief_{maand}', 'Realisatie tot en met maand {maand}', 'personen', 0, true,
        'De realisatie vanaf het begin van het halfjaar tot en met maand {maand}.',
        'Overzicht huisvesting vergunninghouders', 'metrics.realisatie_gebied_maand'
    ),
    (
        'realisatie.cumulatief_percentage_{maand}', 'Realisatie tot en met maand {maand}, in procenten', 'procent', 1, false,
        'De realisatie tot en met maand {maand} als percentage van de gecorrigeerde taakstelling. Niet van toepassing als die nul of lager is.',
        'Eigen berekening', 'metrics.realisatie_gebied_maand'
    ),
    (
        'realisatie.schema_{maand}', 'Schema tot en met maand {maand}', 'personen', 0, false,
        'Het deel van de gecorrigeerde taakstelling dat na {maand} van de zes maanden gehuisvest zou zijn bij een gelijkmatig tempo.',
        'Eigen berekening', 'metrics.realisatie_gebied_maand'
    ),
    (
        'realisatie.schema_percentage_{maand}', 'Schema tot en met maand {maand}, in procenten', 'procent', 1, false,
        'Het deel van het halfjaar dat na {maand} van de zes maanden verstreken is.',
        'Eigen berekening', 'metrics.realisatie_gebied_maand'
    ),
    (
        'realisatie.totaal', 'Realisatie', 'personen', 0, true,
        'Vergunninghouders die het COA in het halfjaar bij de gemeente heeft afgemeld als gehuisvest, na aftrek van correcties.',
        'Overzicht huisvesting vergunninghouders', 'metrics.taakstelling'
    ),
    (
        'realisatie.percentage', 'Realisatie in procenten', 'procent', 1, false,
        'De realisatie als percentage van de gecorrigeerde taakstelling. Niet van toepassing (n.v.t.) als die nul of lager is.',
        'Eigen berekening', 'metrics.taakstelling_gebied'
    ),
    (
        'realisatie.per_100k', 'Realisatie per 100.000 inwoners', 'per 100.000 inwoners', 1, false,
        'De realisatie per 100.000 inwoners op 1 januari van het jaar.',
        'CBS, bevolking op 1 januari', 'metrics.taakstelling_gebied'
    ),
    (
        'inwoners.aantal', 'Inwoners', 'inwoners', 0, true,
        'Het aantal inwoners op 1 januari van het jaar van het halfjaar.',
        'CBS, bevolking op 1 januari', 'staging.gemeenten'
    ),
    (
        'inwoners.peiljaar', 'Peiljaar van de inwoners in de controle', 'jaar', 0, false,
        'Het jaar waarvan de inwoners op 1 januari zijn gebruikt voor de twee controles op de verdeling.',
        'CBS, bevolking op 1 januari', 'staging.inwoners_verdeling'
    ),
    (
        'saldo.eind', 'Eindsaldo', 'personen', 0, true,
        'De gecorrigeerde taakstelling min de realisatie. Positief is een achterstand, negatief een voorsprong.',
        'Overzicht huisvesting vergunninghouders', 'metrics.taakstelling'
    ),
    (
        'saldo.verandering', 'Verandering van het saldo', 'personen', 0, true,
        'Het eindsaldo min het saldo aan het begin. Boven nul betekent: meer achterstand of minder voorsprong.',
        'Eigen berekening', 'metrics.taakstelling_gebied'
    ),
    (
        'saldo.achterstand', 'Bruto achterstand', 'personen', 0, true,
        'De som van de eindsaldi van de gemeenten die achterlopen.',
        'Overzicht huisvesting vergunninghouders', 'metrics.taakstelling_gebied'
    ),
    (
        'saldo.voorsprong', 'Bruto voorsprong', 'personen', 0, true,
        'De som van de voorsprongen van de gemeenten die voorlopen, als positief getal.',
        'Overzicht huisvesting vergunninghouders', 'metrics.taakstelling_gebied'
    ),
    (
        'saldo.begin_achterstand', 'Bruto achterstand aan het begin', 'personen', 0, true,
        'De som van de saldi aan het begin van de gemeenten die toen achterliepen.',
        'Overzicht huisvesting vergunninghouders', 'metrics.taakstelling_gebied'
    ),
    (
        'saldo.begin_voorsprong', 'Bruto voorsprong aan het begin', 'personen', 0, true,
        'De som van de voorsprongen aan het begin, als positief getal.',
        'Overzicht huisvesting vergunninghouders', 'metrics.taakstelling_gebied'
    ),
    (
        'stand.gemeenten', 'Gemeenten', 'gemeenten', 0, true,
        'Het aantal gemeenten in het gebied.',
        'CBS, gemeentelijke indeling', 'metrics.taakstelling_gebied'
    ),
    (
        'stand.achter', 'Gemeenten achter', 'gemeenten', 0, true,
        'Gemeenten met een eindsaldo boven nul.',
        'Eigen berekening', 'metrics.taakstelling_gebied'
    ),
    (
        'stand.exact', 'Gemeenten exact op nul', 'gemeenten', 0, true,
        'Gemeenten met een eindsaldo van precies nul.',
        'Eigen berekening', 'metrics.taakstelling_gebied'
    ),
    (
        'stand.voor', 'Gemeenten voor', 'gemeenten', 0, true,
        'Gemeenten met een eindsaldo onder nul.',
        'Eigen berekening', 'metrics.taakstelling_gebied'
    ),
    (
        'stand.voldaan', 'Gemeenten die voldaan hebben', 'gemeenten', 0, true,
        'Gemeenten die exact op nul staan of voorlopen.',
        'Eigen berekening', 'metrics.taakstelling_gebied'
    ),
    (
        'klasse.op_schema', 'Gemeenten op schema', 'gemeenten', 0, true,
        'Gemeenten met een realisatie van ten minste het schema van de gecorrigeerde taakstelling.',
        'Indeling naar het voorbeeld van het Platform Opnieuw Thuis', 'metrics.taakstelling_gebied'
    ),
    (
        'klasse.enigszins_achter', 'Gemeenten enigszins achter', 'gemeenten', 0, true,
        'Gemeenten onder het schema, maar boven of op de ondergrens van enigszins achter.',
        'Indeling naar het voorbeeld van het Platform Opnieuw Thuis; de drempel is een eigen keuze', 'metrics.taakstelling_gebied'
    ),
    (
        'klasse.achter', 'Gemeenten ruim achter', 'gemeenten', 0, true,
        'Gemeenten onder de ondergrens van enigszins achter.',
        'Indeling naar het voorbeeld van het Platform Opnieuw Thuis; de drempel is een eigen keuze', 'metrics.taakstelling_gebied'
    ),
    (
        'klasse.drempel_midden', 'Ondergrens van enigszins achter', 'procent', 0, false,
        'Vanaf dit percentage van het schema valt een gemeente in de klasse enigszins achter.',
        'Eigen keuze; het Platform heeft zijn drempels niet gepubliceerd', 'invoer.parameters'
    ),
    (
        'nulgehuisvest.gemeenten', 'Gemeenten zonder huisvesting', 'gemeenten', 0, true,
        'Gemeenten met een gecorrigeerde taakstelling boven nul waar per saldo niemand is gehuisvest: een realisatie van nul of lager.',
        'Eigen berekening', 'metrics.taakstelling_gebied'
    ),
    (
        'boekhouding.open_ouder', 'Open uit eerdere halfjaren', 'personen', 0, true,
        'Per halfjaar geboekt: wat aan het einde nog openstaat van halfjaren vóór dit halfjaar.',
        'Eigen keuze', 'metrics.boekhouding'
    ),
    (
        'boekhouding.open_eigen', 'Open uit dit halfjaar', 'personen', 0, true,
        'Per halfjaar geboekt: wat aan het einde nog openstaat van dit halfjaar zelf.',
        'Eigen keuze', 'metrics.boekhouding'
    ),
    (
        'boekhouding.voorsprong', 'Voorsprong per halfjaar geboekt', 'personen', 0, true,
        'Per halfjaar geboekt: plaatsingen die overblijven als dit halfjaar en alle eerdere halfjaren zijn voldaan.',
        'Eigen keuze', 'metrics.boekhouding'
    ),
    (
        'controle.artikel_29', 'Berekend volgens artikel 29', 'personen', 0, true,
        'De letterlijke wettelijke formule: het aangekondigde aantal maal het aandeel in de inwoners, naar boven afgerond. Een controle, niet de gepubliceerde taakstelling.',
        'Huisvestingswet 2014, artikel 29, eerste lid', 'metrics.verdeling'
    ),
    (
        'controle.adams', 'Berekend met de methode-Adams', 'personen', 0, true,
        'De verdeling met de hoogste verhouding (aantal per inwoner) waarbij de naar boven afgeronde aantallen samen niet boven het aangekondigde aantal uitkomen. Een controle, niet de gepubliceerde taakstelling.',
        'Eigen berekening; de methode past bij de gepubliceerde getallen', 'metrics.verdeling'
    ),
    (
        'controle.artikel_29_verschil', 'Gepubliceerd min artikel 29', 'personen', 0, true,
        'De gepubliceerde taakstelling min de uitkomst van de wettelijke formule.',
        'Eigen berekening', 'metrics.verdeling'
    ),
    (
        'controle.adams_verschil', 'Gepubliceerd min Adams', 'personen', 0, true,
        'De gepubliceerde taakstelling min de uitkomst van de methode-Adams.',
        'Eigen berekening', 'metrics.verdeling'
    ),
    (
        'controle.artikel_29_gelijk', 'Gelijk aan artikel 29', 'gemeenten', 0, false,
        'Het aantal gemeenten waarvan de gepubliceerde taakstelling gelijk is aan de wettelijke formule.',
        'Eigen berekening', 'metrics.verdeling'
    ),
    (
        'controle.adams_gelijk', 'Gelijk aan Adams', 'gemeenten', 0, false,
        'Het aantal gemeenten waarvan de gepubliceerde taakstelling gelijk is aan de methode-Adams.',
        'Eigen berekening', 'metrics.verdeling'
    )
) as sjabloon (cijfer_id, naam, eenheid, decimalen, optelbaar, definitie, bron, model)
cross join parameters
order by
    sjabloon.cijfer_id
