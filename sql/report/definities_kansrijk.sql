-- what: the definitions of the figures on kansrijk koppelen.
-- grain: one row per cijfer_id
with groepen as (
    select *
    from (
        values
        ('totaal', 'totaal', 'alle koppelingen', 'Alle koppelingen.'),
        ('grond', 'grond_werk', 'grond werk', 'Alleen koppelingen op grond van werk.'),
        ('grond', 'grond_opleiding', 'grond opleiding', 'Alleen koppelingen op grond van opleiding.'),
        ('grond', 'grond_netwerk', 'grond netwerk', 'Alleen koppelingen op grond van een netwerk van familie of bekenden.'),
        ('grond', 'grond_gezin', 'grond gezin', 'Alleen koppelingen op grond van gezinshereniging.'),
        ('grond', 'grond_medisch', 'grond medisch', 'Alleen koppelingen op medische grond.'),
        ('grond', 'grond_opvang_nabij', 'grond opvang nabij', 'Alleen koppelingen waarvan het COA als grond opgeeft dat de opvang in de buurt is.'),
        ('grond', 'grond_geen', 'zonder bijzondere grond', 'Alleen koppelingen zonder bijzondere grond.'),
        ('screening', 'screening_ja', 'met screening', 'Alleen koppelingen van wie op werk en opleiding is gescreend.'),
        ('screening', 'screening_nee', 'zonder screening', 'Alleen koppelingen van wie niet op werk en opleiding is gescreend.'),
        ('nabij', 'nabij_gemeente', 'gemeente van de opvang', 'Alleen koppelingen aan de gemeente van de laatste opvang.'),
        ('nabij', 'nabij_regio', 'regio van de opvang', 'Alleen koppelingen aan een andere gemeente in de arbeidsmarktregio van de laatste opvang.'),
        ('nabij', 'nabij_elders', 'buiten de regio van de opvang', 'Alleen koppelingen aan een gemeente buiten de arbeidsmarktregio van de laatste opvang.')
    ) as groepen (groepsoort, groep, naam, uitleg)
),

maten as (
    select *
    from (
        values
        (
            'koppelingen', 'koppelingen', 'koppelingen', 0, 'metrics.kansrijk',
            'Het aantal koppelingen dat het COA in het halfjaar maakte. Wie opnieuw gekoppeld wordt, telt met elke koppeling mee.'
        ),
        ('koppelingen_procent', 'aandeel van alle koppelingen', 'procent', 1, 'metrics.kansrijk', 'Het aantal koppelingen als percentage van alle koppelingen van het halfjaar.'),
        ('met_opvang', 'koppelingen uit de opvang', 'koppelingen', 0, 'metrics.kansrijk', 'De koppelingen van het halfjaar van personen die in de opvang zijn of waren.'),
        (
            'opvanggemeente', 'aan de gemeente van de opvang', 'koppelingen', 0, 'metrics.kansrijk',
            'De koppelingen van het halfjaar aan de gemeente waar de persoon het laatst in de opvang was.'
        ),
        (
            'opvanggemeente_procent', 'aandeel aan de gemeente van de opvang', 'procent', 1, 'metrics.kansrijk',
            'De koppelingen van het halfjaar aan de gemeente waar de persoon het laatst in de opvang was, als percentage van de koppelingen uit de opvang.'
        ),
        (
            'opvangregio', 'aan de regio van de opvang', 'koppelingen', 0, 'metrics.kansrijk',
            'De koppelingen van het halfjaar aan een gemeente in de arbeidsmarktregio van de laatste opvang, die gemeente zelf meegeteld. Niet van toepassing als de indeling in regio’s voor dat jaar niet bekend is.'
        ),
        (
            'opvangregio_procent', 'aandeel aan de regio van de opvang', 'procent', 1, 'metrics.kansrijk',
            'De koppelingen van het halfjaar aan een gemeente in de arbeidsmarktregio van de laatste opvang, die gemeente zelf meegeteld, als percentage van de koppelingen uit de opvang. Niet van toepassing als de indeling in regio’s voor dat jaar niet bekend is.'
        ),
        ('gevolgd', 'koppelingen gevolgd', 'koppelingen', 0, 'metrics.wachttijd', 'Het aantal koppelingen uit de opvang van de vier halfjaren tot de peildatum waarvan de wachttijd is gevolgd.'),
        ('gehuisvest', 'koppelingen met huisvesting', 'koppelingen', 0, 'metrics.wachttijd', 'Hoeveel van de gevolgde koppelingen vóór de peildatum eindigden doordat de persoon in de gemeente ging wonen.'),
        (
            'mediaan', 'mediaan tot huisvesting in dagen', 'dagen', 0, 'metrics.wachttijd',
            'De eerste dag na de koppeling waarop ten minste de helft gehuisvest is, geschat volgens Kaplan en Meier over de koppelingen uit de opvang van de vier halfjaren tot de peildatum (eigen keuze). Een verschil tussen groepen wijst nog geen oorzaak aan.'
        ),
        (
            'mediaan_weken', 'mediaan tot huisvesting in weken', 'weken', 1, 'metrics.wachttijd',
            'De eerste dag na de koppeling waarop ten minste de helft gehuisvest is, geschat volgens Kaplan en Meier over de koppelingen uit de opvang van de vier halfjaren tot de peildatum (eigen keuze), gedeeld door zeven. Een verschil tussen groepen wijst nog geen oorzaak aan.'
        ),
        ('mediaan_ondergrens', 'mediaan, ondergrens in dagen', 'dagen', 0, 'metrics.wachttijd', 'De ondergrens van de band van 95 procent om de mediaan tot huisvesting.'),
        ('mediaan_bovengrens', 'mediaan, bovengrens in dagen', 'dagen', 0, 'metrics.wachttijd', 'De bovengrens van de band van 95 procent om de mediaan tot huisvesting.')
    ) as maten (maat, naam, eenheid, decimalen, model, uitleg)
)

select
    'kansrijk.' || groepen.groep || '_' || maten.maat as cijfer_id,
    'Kansrijk koppelen, ' || groepen.naam || ': ' || maten.naam as naam,
    maten.eenheid,
    maten.decimalen,
    false as optelbaar,
    maten.uitleg || ' ' || groepen.uitleg as definitie,
    'Eigen berekening op de bestanden van het COA' as bron,
    maten.model
from groepen
cross join maten
where
    groepen.groepsoort <> 'nabij'
    or maten.model = 'metrics.wachttijd'
order by
    cijfer_id
