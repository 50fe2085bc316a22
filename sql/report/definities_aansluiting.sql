-- what: the definitions of the figures on the lists of the municipalities and the permits of the IND beside the COA.
-- grain: one row per cijfer_id
select
    cijfer_id,
    naam,
    eenheid,
    decimalen,
    optelbaar,
    definitie,
    bron,
    model
from (
    values
    (
        'aansluiting.gemeenten_geleverd', 'Gemeenten met een eigen lijst', 'gemeenten', 0, true,
        'Gemeenten die zelf een lijst leverden van wie zij in het halfjaar huisvestten.',
        'Gemeenten', 'metrics.aansluiting_gebied'
    ),
    (
        'aansluiting.gemeenten_niet_geleverd', 'Gemeenten zonder eigen lijst', 'gemeenten', 0, true,
        'Gemeenten die geen bruikbare lijst leverden. Dat is iets anders dan een gemeente die niemand huisvestte.',
        'Gemeenten', 'metrics.aansluiting_gebied'
    ),
    (
        'aansluiting.geplaatst', 'Geplaatst volgens het COA', 'personen', 0, true,
        'Personen met ten minste één afmelding in het halfjaar die niet is gecorrigeerd. Elke persoon telt één keer; de realisatie telt daarnaast ook correcties op eerdere halfjaren.',
        'COA, afmeldingen', 'metrics.plaatsing'
    ),
    (
        'aansluiting.gemeld', 'Gehuisvest volgens de gemeente', 'personen', 0, true,
        'Personen die de gemeente zelf meldt met een datum van huisvesting in het halfjaar. Niet van toepassing voor een gemeente zonder lijst; een gebied telt de gemeenten met een lijst.',
        'Gemeenten', 'metrics.aansluiting_gemeente'
    ),
    (
        'aansluiting.gelijk', 'Gelijk', 'personen', 0, true,
        'COA en gemeente noemen dezelfde gemeente en dezelfde dag.',
        'COA en gemeenten, vergeleken per persoon', 'metrics.aansluiting_gebied'
    ),
    (
        'aansluiting.andere_datum', 'Andere datum', 'personen', 0, true,
        'COA en gemeente noemen dezelfde gemeente, maar een andere dag in het halfjaar.',
        'COA en gemeenten, vergeleken per persoon', 'metrics.aansluiting_gebied'
    ),
    (
        'aansluiting.andere_gemeente', 'Andere gemeente', 'personen', 0, true,
        'Door het COA afgemeld naar deze gemeente, maar in het halfjaar alleen door een andere gemeente gemeld. Eigen keuze: verschillen gemeente en datum allebei, dan gaat de gemeente voor. Melden meer gemeenten dezelfde persoon, dan telt de gemeente van de afmelding, anders de laatste dag en bij gelijke dag de laagste gemeentecode.',
        'COA en gemeenten, vergeleken per persoon; eigen keuze', 'metrics.aansluiting_gebied'
    ),
    (
        'aansluiting.gemeente_leverde_niet', 'Gemeente leverde niet', 'personen', 0, true,
        'Door het COA afgemeld naar een gemeente die geen lijst leverde, en door geen andere gemeente gemeld.',
        'COA en gemeenten, vergeleken per persoon', 'metrics.aansluiting_gebied'
    ),
    (
        'aansluiting.gemeente_ander_halfjaar', 'Bij de gemeente in een ander halfjaar', 'personen', 0, true,
        'Door het COA in dit halfjaar afgemeld; de gemeente meldt de persoon ook, maar met een dag buiten het halfjaar.',
        'COA en gemeenten, vergeleken per persoon', 'metrics.aansluiting_gebied'
    ),
    (
        'aansluiting.alleen_coa', 'Alleen bij het COA', 'personen', 0, true,
        'Door het COA afgemeld naar een gemeente die wel een lijst leverde, door die gemeente niet gemeld, en door geen andere in dit halfjaar. Ook wie op de lijst staat met een fout V-nummer of op een geweigerde regel valt hieronder.',
        'COA en gemeenten, vergeleken per persoon', 'metrics.aansluiting_gebied'
    ),
    (
        'aansluiting.andere_gemeente_gemeld', 'Gemeld, elders afgemeld', 'personen', 0, true,
        'Door deze gemeente gemeld, maar door het COA afgemeld naar een andere gemeente. De keerzijde van Andere gemeente; samen is het aantal in het land gelijk.',
        'COA en gemeenten, vergeleken per persoon', 'metrics.aansluiting_gebied'
    ),
    (
        'aansluiting.alleen_gemeente', 'Alleen bij de gemeente', 'personen', 0, true,
        'Door de gemeente gemeld, bij het COA bekend en daar niet afgemeld, of de afmelding is teruggedraaid.',
        'COA en gemeenten, vergeleken per persoon', 'metrics.aansluiting_gebied'
    ),
    (
        'aansluiting.late_afmelding', 'Nog in de opvang', 'personen', 0, true,
        'Van wie alleen bij de gemeente staan: wie volgens het COA op de peildatum nog in de opvang is. Meestal is dit een late afmelding.',
        'COA en gemeenten, vergeleken per persoon', 'metrics.aansluiting_gebied'
    ),
    (
        'aansluiting.onbekend_coa', 'Onbekend bij het COA', 'personen', 0, true,
        'Door de gemeente gemeld met een V-nummer dat het COA niet kent, bijvoorbeeld door een tikfout.',
        'COA en gemeenten, vergeleken per persoon', 'metrics.aansluiting_gebied'
    ),
    (
        'aansluiting.coa_ander_halfjaar', 'Bij het COA in een eerder halfjaar', 'personen', 0, true,
        'Door de gemeente in dit halfjaar gemeld, maar door het COA al vóór het halfjaar afgemeld.',
        'COA en gemeenten, vergeleken per persoon', 'metrics.aansluiting_gebied'
    ),
    (
        'aansluiting.dubbel_gemeld', 'Dubbel gemeld', 'personen', 0, true,
        'Door deze gemeente gemeld, terwijl de melding van een andere gemeente over dezelfde persoon telt.',
        'COA en gemeenten, vergeleken per persoon; eigen keuze', 'metrics.aansluiting_gebied'
    ),
    (
        'aansluiting.buiten_halfjaar', 'Gemeld buiten het halfjaar', 'personen', 0, true,
        'Meldingen van de gemeente met een dag buiten het halfjaar. Zij tellen niet mee in wat de gemeente meldt.',
        'Gemeenten', 'metrics.aansluiting_gebied'
    ),
    (
        'aansluiting.vertraging_mediaan', 'Administratieve vertraging', 'dagen', 1, false,
        'De mediaan van het aantal dagen van de datum van de gemeente tot de afmelding door het COA, over personen die beide in het halfjaar bij dezelfde gemeente tellen. Onder nul was het COA eerder. Wie nog niet is afgemeld, zit er niet in.',
        'COA en gemeenten, vergeleken per persoon; eigen keuze', 'metrics.aansluiting_vertraging'
    ),
    (
        'aansluiting.realisatie_eigen_telling', 'Realisatie op de eigen telling', 'personen', 0, false,
        'De realisatie als de plaatsingen van het COA worden vervangen door wat de gemeente zelf meldt. Correcties op eerdere halfjaren blijven staan. In een gebied telt een gemeente zonder lijst met de realisatie van het COA.',
        'COA en gemeenten, vergeleken per persoon; eigen keuze', 'metrics.aansluiting_gebied'
    ),
    (
        'aansluiting.verschil', 'Eigen telling min COA', 'personen', 0, true,
        'Wat de gemeente meldt min wat het COA in het halfjaar plaatste. Alleen gemeenten met een lijst.',
        'COA en gemeenten, vergeleken per persoon', 'metrics.aansluiting_gebied'
    ),
    (
        'ind.coa_personen', 'Personen bij het COA', 'personen', 0, false,
        'Personen van wie het COA op de peildatum een vergunning kent, vergeleken met de beslissingen van de IND.',
        'COA en IND, vergeleken per persoon', 'metrics.aansluiting_ind'
    ),
    (
        'ind.coa_gelijk', 'Vergunning gelijk (bij het COA)', 'personen', 0, false,
        'Personen van wie het COA op de peildatum een vergunning kent en van wie de IND een vergunning kent die niet verschilt, of die is ingetrokken, ook volgens het COA.',
        'COA en IND, vergeleken per persoon', 'metrics.aansluiting_ind'
    ),
    (
        'ind.coa_andere_datum', 'Andere datum bij de IND (bij het COA)', 'personen', 0, false,
        'Personen van wie het COA op de peildatum een vergunning kent met bij de IND een andere datum van de vergunning. Bij de IND telt de eerste verlening na een eventuele intrekking.',
        'COA en IND, vergeleken per persoon', 'metrics.aansluiting_ind'
    ),
    (
        'ind.coa_ingetrokken', 'Ingetrokken bij de IND (bij het COA)', 'personen', 0, false,
        'Personen van wie het COA op de peildatum een vergunning kent, terwijl de laatste beslissing van de IND van vóór de peildatum een intrekking is en het COA die intrekking niet noemt als reden van vertrek.',
        'COA en IND, vergeleken per persoon', 'metrics.aansluiting_ind'
    ),
    (
        'ind.coa_onbekend', 'Onbekend bij de IND (bij het COA)', 'personen', 0, false,
        'Personen van wie het COA op de peildatum een vergunning kent en van wie de IND geen vergunning kent.',
        'COA en IND, vergeleken per persoon', 'metrics.aansluiting_ind'
    ),
    (
        'ind.opvang_personen', 'Personen in de opvang', 'personen', 0, false,
        'Vergunninghouders die op de peildatum in de opvang zijn, vergeleken met de beslissingen van de IND.',
        'COA en IND, vergeleken per persoon', 'metrics.aansluiting_ind'
    ),
    (
        'ind.opvang_gelijk', 'Vergunning gelijk (in de opvang)', 'personen', 0, false,
        'Vergunninghouders die op de peildatum in de opvang zijn en van wie de IND een vergunning kent die niet verschilt.',
        'COA en IND, vergeleken per persoon', 'metrics.aansluiting_ind'
    ),
    (
        'ind.opvang_andere_datum', 'Andere datum bij de IND (in de opvang)', 'personen', 0, false,
        'Vergunninghouders die op de peildatum in de opvang zijn met bij de IND een andere datum van de vergunning. Bij de IND telt de eerste verlening na een eventuele intrekking.',
        'COA en IND, vergeleken per persoon', 'metrics.aansluiting_ind'
    ),
    (
        'ind.opvang_ingetrokken', 'Ingetrokken bij de IND (in de opvang)', 'personen', 0, false,
        'Vergunninghouders die op de peildatum in de opvang zijn, terwijl de laatste beslissing van de IND van vóór de peildatum een intrekking is.',
        'COA en IND, vergeleken per persoon', 'metrics.aansluiting_ind'
    ),
    (
        'ind.opvang_onbekend', 'Onbekend bij de IND (in de opvang)', 'personen', 0, false,
        'Vergunninghouders die op de peildatum in de opvang zijn en van wie de IND geen vergunning kent.',
        'COA en IND, vergeleken per persoon', 'metrics.aansluiting_ind'
    ),
    (
        'ind.geplaatst_personen', 'Personen geplaatst', 'personen', 0, false,
        'Personen die volgens het COA in het halfjaar zijn geplaatst, vergeleken met de beslissingen van de IND.',
        'COA en IND, vergeleken per persoon', 'metrics.aansluiting_ind'
    ),
    (
        'ind.geplaatst_gelijk', 'Vergunning gelijk (geplaatst)', 'personen', 0, false,
        'Personen die volgens het COA in het halfjaar zijn geplaatst en van wie de IND een vergunning kent die niet verschilt, of die is ingetrokken, ook volgens het COA.',
        'COA en IND, vergeleken per persoon', 'metrics.aansluiting_ind'
    ),
    (
        'ind.geplaatst_andere_datum', 'Andere datum bij de IND (geplaatst)', 'personen', 0, false,
        'Personen die volgens het COA in het halfjaar zijn geplaatst met bij de IND een andere datum van de vergunning. Bij de IND telt de eerste verlening na een eventuele intrekking.',
        'COA en IND, vergeleken per persoon', 'metrics.aansluiting_ind'
    ),
    (
        'ind.geplaatst_ingetrokken', 'Ingetrokken bij de IND (geplaatst)', 'personen', 0, false,
        'Personen die volgens het COA in het halfjaar zijn geplaatst, terwijl de laatste beslissing van de IND van vóór de peildatum een intrekking is en het COA die intrekking niet noemt als reden van vertrek.',
        'COA en IND, vergeleken per persoon', 'metrics.aansluiting_ind'
    ),
    (
        'ind.geplaatst_onbekend', 'Onbekend bij de IND (geplaatst)', 'personen', 0, false,
        'Personen die volgens het COA in het halfjaar zijn geplaatst en van wie de IND geen vergunning kent.',
        'COA en IND, vergeleken per persoon', 'metrics.aansluiting_ind'
    ),
    (
        'ind.alleen_ind', 'Vergunning alleen bij de IND', 'personen', 0, false,
        'Personen met een geldige vergunning bij de IND op de peildatum, die het COA niet kent of van wie het COA geen vergunning kent.',
        'COA en IND, vergeleken per persoon', 'metrics.vergunning_verschil'
    ),
    (
        'ind.alleen_ind_nareis_verwacht', 'Waarvan nog verwachte nareizigers', 'personen', 0, false,
        'Vergunning alleen bij de IND, omdat de nareiziger nog moet aankomen. Dit verschil is gewoon.',
        'COA en IND, vergeleken per persoon', 'metrics.vergunning_verschil'
    ),
    (
        'ind.alleen_ind_onbekend_coa', 'Waarvan onbekend bij het COA', 'personen', 0, false,
        'Vergunning alleen bij de IND, geen verwachte nareiziger, en het COA kent de persoon niet.',
        'COA en IND, vergeleken per persoon', 'metrics.vergunning_verschil'
    ),
    (
        'ind.alleen_ind_zonder_vergunning_coa', 'Waarvan bij het COA zonder vergunning', 'personen', 0, false,
        'Vergunning alleen bij de IND, geen verwachte nareiziger, en het COA kent de persoon zonder vergunning.',
        'COA en IND, vergeleken per persoon', 'metrics.vergunning_verschil'
    )
) as sjabloon (cijfer_id, naam, eenheid, decimalen, optelbaar, definitie, bron, model)
order by
    cijfer_id
