-- what: the definitions of the figures on the opvang: stock and flow, breakdowns, the clock of the permit, the norms.
-- definition: `optelbaar` as in report.definities; those of a class are made from its words in report.opvang_klassen.
-- grain: one row per cijfer_id
with klassen as (
    select
        dimensie,
        klasse,
        case
            when dimensie = 'nationaliteit' and klasse not in ('overig', 'onbekend') then 'Nationaliteit op plaats ' || klasse
            else naam
        end as naam
    from report.opvang_klassen
),

dimensies as (
    select
        dimensie,
        kop,
        uitleg
    from (
        values
        (
            'categorie', 'In de opvang: ',
            'Vergunninghouders in de opvang op de peildatum, naar de grond van de vergunning.'
        ),
        (
            'huishoudgrootte', 'In de opvang, huishouden van ',
            'Vergunninghouders in de opvang op de peildatum, naar het aantal leden van hun huishouden dat dan in de opvang is.'
        ),
        (
            'nationaliteit', 'In de opvang: ',
            'Vergunninghouders in de opvang op de peildatum, naar nationaliteit. De tien grootste staan apart; bij gelijke aantallen in volgorde van naam.'
        ),
        (
            'opvangvorm', 'In de opvang: ',
            'Vergunninghouders in de opvang op de peildatum, naar de soort opvang van de laatste locatie.'
        ),
        (
            'verblijf', 'In de opvang, verblijf: ',
            'Vergunninghouders in de opvang op de peildatum, naar het aantal dagen sinds hun eerste dag in de opvang. Eigen keuze: de tijd van vóór de vergunning telt mee.'
        )
    ) as dimensies (dimensie, kop, uitleg)
),

vast as (
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
            'opvang.totaal', 'Vergunninghouders in de opvang', 'personen', 0, false,
            'Personen met een vergunning die op de peildatum om 0.00 uur in de opvang zijn. Wie op de peildatum zelf verhuist, telt nog mee.',
            'Bestand van personen van het COA', 'metrics.opvang_totaal'
        ),
        (
            'opvang.huishoudens', 'Huishoudens in de opvang', 'huishoudens', 0, false,
            'Huishoudens met ten minste één vergunninghouder in de opvang op de peildatum.',
            'Bestand van personen van het COA', 'metrics.opvang_totaal'
        ),
        (
            'opvang.begin', 'In de opvang aan het begin', 'personen', 0, false,
            'Vergunninghouders in de opvang aan het begin van het halfjaar: gekomen vóór het halfjaar, toen niet afgemeld volgens de afmeldingen van het COA en niet anders vertrokken.',
            'Bestand van personen en afmeldingen van het COA', 'metrics.opvang_stroom'
        ),
        (
            'opvang.vergunningen', 'Vergunning verleend in de opvang', 'personen', 0, false,
            'Bewoners van de opvang die in het halfjaar vergunninghouder werden, zonder nareizigers. De dag is de laatste van vergunning en aankomst.',
            'Bestand van personen van het COA', 'metrics.opvang_stroom'
        ),
        (
            'opvang.nareis', 'Nareizigers in de opvang gekomen', 'personen', 0, false,
            'Nareizigers die in het halfjaar in de opvang kwamen.',
            'Bestand van personen van het COA', 'metrics.opvang_stroom'
        ),
        (
            'opvang.instroom', 'Instroom in de opvang', 'personen', 0, false,
            'Vergunninghouders die in het halfjaar in de opvang kwamen of daar hun vergunning kregen: bewoners met een nieuwe vergunning en nareizigers samen.',
            'Bestand van personen van het COA', 'metrics.opvang_stroom'
        ),
        (
            'opvang.afgemeld', 'Afgemeld uit de opvang', 'personen', 0, false,
            'Afmeldingen in het halfjaar van wie in de opvang was, min de correcties. Een correctie brengt iemand terug in de opvang.',
            'Afmeldingen van het COA', 'metrics.opvang_stroom'
        ),
        (
            'opvang.anders_vertrokken', 'Anders vertrokken', 'personen', 0, false,
            'Vergunninghouders die in het halfjaar uit de opvang vertrokken, maar niet naar een woning.',
            'Bestand van personen van het COA', 'metrics.opvang_stroom'
        ),
        (
            'opvang.afgemeld_buiten_opvang', 'Afgemeld buiten de opvang om', 'personen', 0, false,
            'Afmeldingen in het halfjaar van wie nooit als vergunninghouder in de opvang was, min de correcties. Zij tellen mee voor de realisatie.',
            'Afmeldingen van het COA', 'metrics.opvang_stroom'
        ),
        (
            'opvang.opgevangen', 'In de opvang in dit gebied', 'personen', 0, true,
            'Vergunninghouders in de opvang op de peildatum, naar de gemeente van de opvanglocatie.',
            'Bestand van personen van het COA', 'metrics.opvang_persoon'
        ),
        (
            'vergunning.langer_dan_norm', 'Vergunning langer geleden dan de norm', 'personen', 0, false,
            'Vergunninghouders in de opvang van wie de vergunning op de peildatum langer geleden is dan de norm van vergunning tot huisvesting. De andere klok dan die van de koppeling. Eigen keuze: de dag van de vergunning telt, ook voor wie later in de opvang kwam.',
            'Eigen berekening', 'metrics.opvang_totaal'
        ),
        (
            'vergunning.langer_dan_norm_huishoudens', 'Vergunning langer geleden dan de norm, huishoudens', 'huishoudens', 0, false,
            'Huishoudens met ten minste één lid in de opvang van wie de vergunning langer geleden is dan de norm van vergunning tot huisvesting.',
            'Eigen berekening', 'metrics.opvang_totaal'
        ),
        (
            'vergunning.zonder_koppeling_langer_dan_norm', 'Zonder koppeling, langer dan de norm', 'personen', 0, false,
            'Vergunninghouders in de opvang zonder lopende koppeling, van wie de vergunning langer geleden is dan de norm van vergunning tot koppeling. Ook wie eerder een koppeling had die eindigde.',
            'Eigen berekening', 'metrics.opvang_totaal'
        ),
        (
            'vergunning.zonder_koppeling_langer_dan_norm_huishoudens', 'Zonder koppeling, langer dan de norm, huishoudens', 'huishoudens', 0, false,
            'Huishoudens met ten minste één lid in de opvang zonder lopende koppeling, van wie de vergunning langer geleden is dan de norm van vergunning tot koppeling.',
            'Eigen berekening', 'metrics.opvang_totaal'
        ),
        (
            'norm.koppeling', 'Norm van vergunning tot koppeling', 'hele weken', 0, false,
            'Zoveel weken mogen er hoogstens zitten tussen vergunning en koppeling. De norm die op de peildatum geldt, telt; zij is in te stellen.',
            'Normtijden (normen.csv) of de instellingen; de bron staat in het manifest', 'staging.normen'
        ),
        (
            'norm.aanbod', 'Norm van koppeling tot aanbod', 'hele weken', 0, false,
            'Zoveel weken mogen er hoogstens zitten tussen koppeling en aanbod. De norm die op de peildatum geldt, telt; zij is in te stellen.',
            'Normtijden (normen.csv) of de instellingen; de bron staat in het manifest', 'staging.normen'
        ),
        (
            'norm.huisvesting', 'Norm van koppeling tot huisvesting', 'hele weken', 0, false,
            'Zoveel weken mogen er hoogstens zitten tussen koppeling en huisvesting. De norm die op de peildatum geldt, telt; zij is in te stellen.',
            'Normtijden (normen.csv) of de instellingen; de bron staat in het manifest', 'staging.normen'
        ),
        (
            'norm.vergunning', 'Norm van vergunning tot huisvesting', 'hele weken', 0, false,
            'Zoveel weken mogen er hoogstens zitten tussen vergunning en huisvesting. De norm die op de peildatum geldt, telt; zij is in te stellen.',
            'Normtijden (normen.csv) of de instellingen; de bron staat in het manifest', 'staging.normen'
        )
    ) as vast (cijfer_id, naam, eenheid, decimalen, optelbaar, definitie, bron, model)
),

kenmerken as (
    select
        dimensie,
        met_stroom,
        uitleg
    from (
        values
        ('categorie', true, ''),
        ('nationaliteit', true, ' Naar nationaliteit, in de volgorde van de peildatum.'),
        (
            'opvangvorm', true,
            ' Naar de soort opvang. Eigen keuze: die van de laatste locatie, want eerdere zijn niet geleverd; een verhuizing binnen de opvang is dus geen in- of uitstroom.'
        ),
        (
            'huishoudgrootte', false,
            ' Naar het aantal leden van het huishouden dat toen in de opvang was. Eigen keuze: de grootte verandert binnen het halfjaar, dus alleen begin en peildatum staan naast elkaar.'
        ),
        (
            'verblijf', false,
            ' Naar het aantal dagen sinds de eerste dag in de opvang, toen. Eigen keuze: de duur verandert binnen het halfjaar, dus alleen begin en peildatum staan naast elkaar.'
        )
    ) as kenmerken (dimensie, met_stroom, uitleg)
),

stromen as (
    select
        stroom,
        kop,
        uitleg
    from (
        values
        ('begin', 'In de opvang aan het begin: ', 'Het deel van wie aan het begin van het halfjaar in de opvang was.'),
        ('instroom', 'Erbij gekomen in de opvang: ', 'Vergunninghouders die in het halfjaar in de opvang kwamen of daar hun vergunning kregen.'),
        ('afgemeld', 'Afgemeld uit de opvang: ', 'De afmeldingen uit de opvang, min de correcties, naar de grond van de vergunning.'),
        ('anders_vertrokken', 'Anders vertrokken: ', 'Wie om een andere reden uit de opvang vertrok, naar de grond van de vergunning.'),
        ('afgemeld_buiten_opvang', 'Afgemeld buiten de opvang om: ', 'De afmeldingen van wie nooit in de opvang was, naar de grond van de vergunning.')
    ) as stromen (stroom, kop, uitleg)
)

select
    cijfer_id,
    naam,
    eenheid,
    decimalen,
    optelbaar,
    definitie,
    bron,
    model
from vast
union all
select
    'opvang.' || klassen.dimensie || '_' || klassen.klasse as cijfer_id,
    dimensies.kop || lower(klassen.naam[1]) || klassen.naam[2:] as naam,
    'personen' as eenheid,
    0 as decimalen,
    false as optelbaar,
    dimensies.uitleg as definitie,
    'Bestand van personen van het COA' as bron,
    'metrics.opvang_uitsplitsing' as model
from klassen
inner join dimensies
    on klassen.dimensie = dimensies.dimensie
union all
select
    case
        when klassen.dimensie = 'categorie' then 'opvang.' || stromen.stroom || '_' || klassen.klasse
        else 'opvang.' || stromen.stroom || '_' || klassen.dimensie || '_' || klassen.klasse
    end as cijfer_id,
    case
        when klassen.dimensie = 'huishoudgrootte' then stromen.kop || 'huishouden van ' || klassen.naam
        when klassen.dimensie = 'verblijf' then stromen.kop || 'verblijf ' || lower(klassen.naam[1]) || klassen.naam[2:]
        else stromen.kop || lower(klassen.naam[1]) || klassen.naam[2:]
    end as naam,
    'personen' as eenheid,
    0 as decimalen,
    false as optelbaar,
    stromen.uitleg || kenmerken.uitleg as definitie,
    'Bestand van personen en afmeldingen van het COA' as bron,
    case
        when klassen.dimensie = 'categorie' then 'metrics.opvang_stroom'
        else 'metrics.opvang_stroom_uitsplitsing'
    end as model
from klassen
inner join kenmerken
    on klassen.dimensie = kenmerken.dimensie
inner join stromen
    on
        klassen.dimensie = 'categorie'
        or stromen.stroom = 'begin'
        or (kenmerken.met_stroom and stromen.stroom in ('instroom', 'afgemeld', 'anders_vertrokken'))
order by
    cijfer_id
