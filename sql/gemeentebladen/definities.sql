-- what: the definitions of the figures by which a municipality is compared.
-- grain: one row per cijfer_id
with soorten as (
    select
        soort,
        kop,
        groep,
        bron
    from (
        values
        (
            'grootte', 'Gemeenten van dezelfde grootte',
            'de gemeenten in dezelfde klasse van inwonertal, volgens de acht klassen van het CBS en de inwoners op 1 januari van het jaar',
            'CBS, Gemeentegrootte en bevolking op 1 januari; eigen berekening'
        ),
        ('provincie', 'Gemeenten van dezelfde provincie', 'de gemeenten van dezelfde provincie', 'Eigen berekening'),
        ('land', 'Alle gemeenten', 'alle gemeenten van Nederland', 'Eigen berekening')
    ) as soorten (soort, kop, groep, bron)
),

maten as (
    select
        maat,
        naam,
        eenheid,
        decimalen,
        voor,
        achter
    from (
        values
        (
            'plaats', 'plaats', 'plaats', 0, 'De plaats van de gemeente onder ',
            ', op volgorde van de realisatie in procenten. Plaats 1 is de hoogste; gelijke percentages delen een plaats. Niet van toepassing zonder percentage.'
        ),
        ('gemeenten', 'aantal', 'gemeenten', 0, 'Het aantal van ', '.'),
        ('met_percentage', 'aantal met een plaats', 'gemeenten', 0, 'Het aantal van ', ', voor zover zij een realisatie in procenten hebben.'),
        (
            'realisatie_procent', 'realisatie in procenten', 'procent', 1, 'De realisatie van ',
            ' samen, als percentage van hun gecorrigeerde taakstelling samen.'
        ),
        ('voldaan', 'aantal dat voldaan heeft', 'gemeenten', 0, 'Het aantal van ', ', voor zover zij exact op nul staan of voorlopen.'),
        (
            'langer_dan_norm_procent', 'aandeel langer dan de norm', 'procent', 1,
            'Gekoppeld langer dan de norm, als percentage van alle lopende koppelingen, van ', ' samen.'
        )
    ) as maten (maat, naam, eenheid, decimalen, voor, achter)
)

select
    'vergelijking.' || soorten.soort || '_' || maten.maat as cijfer_id,
    soorten.kop || ': ' || maten.naam as naam,
    maten.eenheid,
    maten.decimalen,
    maten.voor || soorten.groep || maten.achter as definitie,
    soorten.bron,
    'gemeentebladen.cijfers' as model
from soorten
cross join maten
order by
    cijfer_id
