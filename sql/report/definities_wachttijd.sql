-- what: the definitions of the figures on waiting times.
-- grain: one row per cijfer_id
with trajecten as (
    select *
    from (
        values
        (
            'vergunning_koppeling', 'Van vergunning tot koppeling', 'personen',
            'Vergunninghouders die in de opvang waren en hun vergunning kregen in de vier halfjaren tot de peildatum, van de dag van de vergunning tot de dag van hun eerste koppeling aan een gemeente.',
            'Wie nog niet gekoppeld is, telt mee tot de peildatum, wie zonder koppeling uit de opvang vertrok tot de dag van vertrek.'
        ),
        (
            'koppeling_aanbod', 'Van koppeling tot aanbod', 'koppelingen',
            'Koppelingen uit de opvang van de vier halfjaren tot de peildatum, van de dag van de koppeling tot de dag van het aanbod van een woning; een terecht geweigerd aanbod is geen aanbod.',
            'Een koppeling zonder aanbod telt mee tot haar einde, en anders tot de peildatum. Wie opnieuw gekoppeld wordt, telt met elke koppeling mee.'
        ),
        (
            'koppeling_huisvesting', 'Van koppeling tot huisvesting', 'koppelingen',
            'Koppelingen uit de opvang van de vier halfjaren tot de peildatum, van de dag van de koppeling tot de dag waarop zij eindigde doordat de persoon in de gemeente ging wonen.',
            'Een koppeling die om een andere reden eindigde, telt mee tot haar einde, een die nog loopt tot de peildatum. Wie opnieuw gekoppeld wordt, telt met elke koppeling mee.'
        ),
        (
            'vergunning_huisvesting', 'Van vergunning tot huisvesting', 'personen',
            'Vergunninghouders die in de opvang waren en hun vergunning kregen in de vier halfjaren tot de peildatum, van de dag van de vergunning tot de dag van het vertrek naar een woning.',
            'Wie nog in de opvang is, telt mee tot de peildatum, wie om een andere reden vertrok tot de dag van vertrek.'
        )
    ) as trajecten (traject, naam, eenheid, wie, gecensureerd)
),

maten as (
    select *
    from (
        values
        ('aantal', 'aantal gevolgd', null, 0, 'Over hoeveel personen of koppelingen de schatting gaat, wie nog wacht meegeteld.'),
        ('bereikt', 'aantal bereikt', null, 0, 'Bij hoeveel van hen het zover kwam vóór de peildatum.'),
        ('mediaan', 'mediaan in dagen', 'dagen', 0, 'De eerste dag waarop het bij ten minste de helft zover is.'),
        ('mediaan_weken', 'mediaan in weken', 'weken', 1, 'De mediaan in dagen gedeeld door zeven.'),
        ('ondergrens', 'mediaan, ondergrens in dagen', 'dagen', 0, 'De ondergrens van de band van 95 procent om de mediaan.'),
        ('ondergrens_weken', 'mediaan, ondergrens in weken', 'weken', 1, 'De ondergrens van de band van 95 procent om de mediaan.'),
        ('bovengrens', 'mediaan, bovengrens in dagen', 'dagen', 0, 'De bovengrens van de band van 95 procent om de mediaan.'),
        ('bovengrens_weken', 'mediaan, bovengrens in weken', 'weken', 1, 'De bovengrens van de band van 95 procent om de mediaan.'),
        ('kwartiel_1', 'eerste kwartiel in dagen', 'dagen', 0, 'De eerste dag waarop het bij ten minste een kwart zover is.'),
        ('kwartiel_1_weken', 'eerste kwartiel in weken', 'weken', 1, 'Het eerste kwartiel in dagen gedeeld door zeven.'),
        ('kwartiel_1_ondergrens', 'eerste kwartiel, ondergrens in dagen', 'dagen', 0, 'De ondergrens van de band van 95 procent om het eerste kwartiel.'),
        ('kwartiel_1_bovengrens', 'eerste kwartiel, bovengrens in dagen', 'dagen', 0, 'De bovengrens van de band van 95 procent om het eerste kwartiel.'),
        ('kwartiel_3', 'derde kwartiel in dagen', 'dagen', 0, 'De eerste dag waarop het bij ten minste driekwart zover is.'),
        ('kwartiel_3_weken', 'derde kwartiel in weken', 'weken', 1, 'Het derde kwartiel in dagen gedeeld door zeven.'),
        ('kwartiel_3_ondergrens', 'derde kwartiel, ondergrens in dagen', 'dagen', 0, 'De ondergrens van de band van 95 procent om het derde kwartiel.'),
        ('kwartiel_3_bovengrens', 'derde kwartiel, bovengrens in dagen', 'dagen', 0, 'De bovengrens van de band van 95 procent om het derde kwartiel.')
    ) as maten (maat, naam, eenheid, decimalen, uitleg)
),

gemiddelden as (
    select *
    from (
        values
        (
            'gemiddeld', 'gewoon gemiddelde in dagen', 'dagen', 0,
            'Het gewone gemiddelde over wie het in het halfjaar zelf bereikte, hoe lang geleden het wachten ook begon, afgerond op hele dagen. Wie nog wacht, telt niet mee; daarom is dit gemiddelde geen maat voor hoe lang iemand wacht.'
        ),
        (
            'gemiddeld_weken', 'gewoon gemiddelde in weken', 'weken', 1,
            'Het gewone gemiddelde over wie het in het halfjaar zelf bereikte, hoe lang geleden het wachten ook begon. Wie nog wacht, telt niet mee; daarom is dit gemiddelde geen maat voor hoe lang iemand wacht.'
        ),
        ('gemiddeld_aantal', 'aantal in het gewone gemiddelde', null, 0, 'Over hoeveel het gewone gemiddelde gaat: wie het in het halfjaar zelf bereikte.')
    ) as gemiddelden (maat, naam, eenheid, decimalen, uitleg)
),

groepen as (
    select *
    from (
        values
        ('categorie_asiel', 'asiel', 'Alleen de categorie asiel.'),
        ('categorie_nareis', 'nareis', 'Alleen de categorie nareis; de vergunning kan er zijn voordat iemand in de opvang komt, en de tijd daartussen telt mee.'),
        ('categorie_amv', 'amv', 'Alleen alleenstaande minderjarige vreemdelingen.'),
        ('grootte_een', 'huishouden van één persoon', 'Alleen personen die geen ander in hun huishouden hebben.'),
        ('grootte_twee', 'huishouden van twee personen', 'Alleen personen in een huishouden van twee.'),
        ('grootte_drie_vier', 'huishouden van drie of vier personen', 'Alleen personen in een huishouden van drie of vier.'),
        ('grootte_vijf_meer', 'huishouden van vijf of meer personen', 'Alleen personen in een huishouden van vijf of meer.')
    ) as groepen (groep, naam, uitleg)
)

select
    'wachttijd.' || trajecten.traject || '_' || maten.maat as cijfer_id,
    trajecten.naam || ', ' || maten.naam as naam,
    coalesce(maten.eenheid, trajecten.eenheid) as eenheid,
    maten.decimalen,
    false as optelbaar,
    maten.uitleg || ' ' || trajecten.wie || ' ' || trajecten.gecensureerd
    || ' Eigen keuze: de schatting van Kaplan en Meier, de vier laatste halfjaren, dat wie om een andere reden stopt na die dag niet meer meetelt, en dat wie nooit in de opvang was niet meetelt: die staat pas in het bestand als er een woning is. De band is die van Greenwood op de schaal log-log.' as definitie,
    'Eigen berekening op de bestanden van het COA' as bron,
    'metrics.wachttijd' as model
from trajecten
cross join maten
union all
select
    'wachttijd.' || trajecten.traject || '_' || gemiddelden.maat as cijfer_id,
    trajecten.naam || ', ' || gemiddelden.naam as naam,
    coalesce(gemiddelden.eenheid, trajecten.eenheid) as eenheid,
    gemiddelden.decimalen,
    false as optelbaar,
    gemiddelden.uitleg as definitie,
    'Eigen berekening op de bestanden van het COA' as bron,
    'metrics.wachttijd' as model
from trajecten
cross join gemiddelden
union all
select
    'wachttijd.vergunning_huisvesting_' || groepen.groep || '_' || maten.maat as cijfer_id,
    trajecten.naam || ', ' || groepen.naam || ', ' || maten.naam as naam,
    coalesce(maten.eenheid, trajecten.eenheid) as eenheid,
    maten.decimalen,
    false as optelbaar,
    maten.uitleg || ' ' || groepen.uitleg || ' ' || trajecten.wie || ' ' || trajecten.gecensureerd
    || ' Eigen keuze: de schatting van Kaplan en Meier en de vier laatste halfjaren.' as definitie,
    'Eigen berekening op de bestanden van het COA' as bron,
    'metrics.wachttijd' as model
from groepen
cross join trajecten
cross join maten
where
    trajecten.traject = 'vergunning_huisvesting'
    and maten.maat in ('aantal', 'mediaan', 'mediaan_weken')
order by
    cijfer_id
