-- what: the definitions of the figures on supervision.
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
        'toezicht.halfjaren_achter', 'Opeenvolgende halfjaren met een achterstand', 'halfjaren', 0, false,
        'Het aantal opeenvolgende halfjaren dat de gemeente met een achterstand eindigde, dit halfjaar meegeteld. Nul als zij niet achterloopt. Zonder gepubliceerde cijfers van eerdere halfjaren, en na een herindeling, telt het saldo aan het begin als één eerder halfjaar en is het getal een ondergrens (ten minste).',
        'Eigen berekening uit de saldi', 'metrics.toezicht'
    ),
    (
        'toezicht.niet_achter', 'Gemeenten niet achter', 'gemeenten', 0, true,
        'Gemeenten met een eindsaldo van nul of lager.',
        'Eigen berekening uit de saldi', 'metrics.toezicht'
    ),
    (
        'toezicht.achter_1', 'Eén halfjaar achter', 'gemeenten', 0, true,
        'Gemeenten die dit halfjaar met een achterstand eindigden en het vorige niet.',
        'Eigen berekening uit de saldi', 'metrics.toezicht'
    ),
    (
        'toezicht.achter_2', 'Twee halfjaren achter', 'gemeenten', 0, true,
        'Gemeenten die twee halfjaren achter elkaar met een achterstand eindigden, of ten minste twee als de geschiedenis ontbreekt.',
        'Eigen berekening uit de saldi', 'metrics.toezicht'
    ),
    (
        'toezicht.achter_3', 'Drie halfjaren achter', 'gemeenten', 0, true,
        'Gemeenten die drie halfjaren achter elkaar met een achterstand eindigden, of ten minste drie als de geschiedenis ontbreekt.',
        'Eigen berekening uit de saldi', 'metrics.toezicht'
    ),
    (
        'toezicht.achter_4_of_meer', 'Vier of meer halfjaren achter', 'gemeenten', 0, true,
        'Gemeenten die vier of meer halfjaren achter elkaar met een achterstand eindigden, ook als de geschiedenis ervoor ontbreekt.',
        'Eigen berekening uit de saldi', 'metrics.toezicht'
    ),
    (
        'toezicht.ondergrens', 'Gemeenten die mogelijk langer achter zijn', 'gemeenten', 0, true,
        'Gemeenten die achterlopen en waarvan het aantal halfjaren een ondergrens is: de geschiedenis ervoor is niet beschikbaar.',
        'Eigen berekening uit de saldi', 'metrics.toezicht'
    ),
    (
        'toezicht.trede_0', 'Trede 0: geen toezicht', 'gemeenten', 0, true,
        'Gemeenten met trede 0 (geen toezicht) in de laatste opgave van de provincie tot en met de peildatum. De trede wordt nooit afgeleid; elke provincie heeft eigen beleid.',
        'Opgave van de provincies', 'metrics.toezicht'
    ),
    (
        'toezicht.trede_1', 'Trede 1: signaleren', 'gemeenten', 0, true,
        'Gemeenten met trede 1 (signaleren) in de laatste opgave van de provincie tot en met de peildatum. De trede wordt nooit afgeleid; elke provincie heeft eigen beleid.',
        'Opgave van de provincies', 'metrics.toezicht'
    ),
    (
        'toezicht.trede_2', 'Trede 2: informatie opvragen', 'gemeenten', 0, true,
        'Gemeenten met trede 2 (informatie opvragen) in de laatste opgave van de provincie tot en met de peildatum. De trede wordt nooit afgeleid; elke provincie heeft eigen beleid.',
        'Opgave van de provincies', 'metrics.toezicht'
    ),
    (
        'toezicht.trede_3', 'Trede 3: afspraken maken', 'gemeenten', 0, true,
        'Gemeenten met trede 3 (afspraken maken) in de laatste opgave van de provincie tot en met de peildatum. De trede wordt nooit afgeleid; elke provincie heeft eigen beleid.',
        'Opgave van de provincies', 'metrics.toezicht'
    ),
    (
        'toezicht.trede_4', 'Trede 4: vooraankondiging', 'gemeenten', 0, true,
        'Gemeenten met trede 4 (vooraankondiging) in de laatste opgave van de provincie tot en met de peildatum. De trede wordt nooit afgeleid; elke provincie heeft eigen beleid.',
        'Opgave van de provincies', 'metrics.toezicht'
    ),
    (
        'toezicht.trede_5', 'Trede 5: besluit', 'gemeenten', 0, true,
        'Gemeenten met trede 5 (besluit) in de laatste opgave van de provincie tot en met de peildatum. De trede wordt nooit afgeleid; elke provincie heeft eigen beleid.',
        'Opgave van de provincies', 'metrics.toezicht'
    ),
    (
        'toezicht.trede_6', 'Trede 6: uitvoering', 'gemeenten', 0, true,
        'Gemeenten met trede 6 (uitvoering) in de laatste opgave van de provincie tot en met de peildatum. De trede wordt nooit afgeleid; elke provincie heeft eigen beleid.',
        'Opgave van de provincies', 'metrics.toezicht'
    ),
    (
        'toezicht.trede_niet_gemeld', 'Geen trede gemeld', 'gemeenten', 0, true,
        'Gemeenten waarvan de provincie tot en met de peildatum geen trede heeft opgegeven.',
        'Opgave van de provincies', 'metrics.toezicht'
    ),
    (
        'toezicht.verschoonbaar', 'Achterstand verschoonbaar', 'gemeenten', 0, true,
        'Gemeenten die achterlopen en waarvan de provincie de achterstand verschoonbaar vindt.',
        'Opgave van de provincies', 'metrics.toezicht'
    ),
    (
        'toezicht.niet_verschoonbaar', 'Achterstand niet verschoonbaar', 'gemeenten', 0, true,
        'Gemeenten die achterlopen en waarvan de provincie de achterstand niet verschoonbaar vindt.',
        'Opgave van de provincies', 'metrics.toezicht'
    ),
    (
        'toezicht.oordeel_niet_gemeld', 'Geen oordeel gemeld', 'gemeenten', 0, true,
        'Gemeenten die achterlopen en waarvoor de provincie geen oordeel heeft opgegeven.',
        'Opgave van de provincies', 'metrics.toezicht'
    )
) as sjabloon (cijfer_id, naam, eenheid, decimalen, optelbaar, definitie, bron, model)
order by
    cijfer_id
