-- what: the definitions of the figures on koppelingen: the funnel, the overdue ones, what the COA supplied.
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
            'categorie', 'Te lang gekoppeld: ',
            'langer gekoppeld dan de norm zonder aanbod, naar de grond van de vergunning.'
        ),
        (
            'huishoudgrootte', 'Te lang gekoppeld, huishouden van ',
            'langer gekoppeld dan de norm zonder aanbod, naar het aantal leden van het huishouden in de opvang.'
        ),
        (
            'reden_vertraging', 'Te lang gekoppeld, reden: ',
            'langer gekoppeld dan de norm zonder aanbod, naar de reden van vertraging die het COA opgeeft.'
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
            'koppelingen.totaal', 'Lopende koppelingen', 'personen', 0, true,
            'Vergunninghouders in de opvang met een lopende koppeling op de peildatum. De laatste koppeling die niet is geëindigd, telt. Naar de gemeente van de koppeling.',
            'Koppelingen van het COA', 'metrics.trechter_gebied'
        ),
        (
            'koppelingen.totaal_huishoudens', 'Lopende koppelingen, huishoudens', 'huishoudens', 0, false,
            'Huishoudens met ten minste één lid met een lopende koppeling op de peildatum. Een huishouden over twee gemeenten telt in beide, en één keer in het gebied erboven.',
            'Koppelingen van het COA', 'metrics.trechter_gebied'
        ),
        (
            'koppelingen.binnen_norm', 'Gekoppeld binnen de norm', 'personen', 0, true,
            'Vergunninghouders in de opvang met een lopende koppeling zonder aanbod, niet langer dan de norm van koppeling tot aanbod. Een aanbod dat terecht is geweigerd, telt niet als aanbod. Naar de gemeente van de koppeling.',
            'Koppelingen van het COA', 'metrics.trechter_gebied'
        ),
        (
            'koppelingen.binnen_norm_huishoudens', 'Gekoppeld binnen de norm, huishoudens', 'huishoudens', 0, false,
            'Huishoudens met ten minste één lid met een lopende koppeling zonder aanbod, niet langer dan de norm van koppeling tot aanbod. Een huishouden over twee gemeenten telt in beide, en één keer in het gebied erboven.',
            'Koppelingen van het COA', 'metrics.trechter_gebied'
        ),
        (
            'koppelingen.langer_dan_norm', 'Gekoppeld langer dan de norm', 'personen', 0, true,
            'Vergunninghouders in de opvang met een lopende koppeling zonder aanbod, langer dan de norm van koppeling tot aanbod: bij 10 weken is dag 70 op tijd en dag 71 te laat. Eigen keuze: na een terechte weigering loopt de tijd door vanaf de koppeling; onterecht geweigerd blijft een aanbod. Naar de gemeente van de koppeling.',
            'Koppelingen van het COA; normtijd', 'metrics.trechter_gebied'
        ),
        (
            'koppelingen.langer_dan_norm_huishoudens', 'Gekoppeld langer dan de norm, huishoudens', 'huishoudens', 0, false,
            'Huishoudens met ten minste één lid met een lopende koppeling zonder aanbod, langer dan de norm van koppeling tot aanbod. Een huishouden over twee gemeenten telt in beide, en één keer in het gebied erboven.',
            'Koppelingen van het COA; normtijd', 'metrics.trechter_gebied'
        ),
        (
            'koppelingen.met_aanbod', 'Met aanbod', 'personen', 0, true,
            'Vergunninghouders in de opvang met een lopende koppeling en een concreet aanbod, zonder huurcontract. Ook wie een aanbod onterecht weigerde. Naar de gemeente van de koppeling.',
            'Koppelingen van het COA', 'metrics.trechter_gebied'
        ),
        (
            'koppelingen.met_aanbod_huishoudens', 'Met aanbod, huishoudens', 'huishoudens', 0, false,
            'Huishoudens met ten minste één lid met een lopende koppeling en een concreet aanbod, zonder huurcontract. Een huishouden over twee gemeenten telt in beide, en één keer in het gebied erboven.',
            'Koppelingen van het COA', 'metrics.trechter_gebied'
        ),
        (
            'koppelingen.met_huurcontract', 'Met huurcontract', 'personen', 0, true,
            'Vergunninghouders in de opvang met een getekend huurcontract, die nog in de opvang zijn. Naar de gemeente van de koppeling.',
            'Koppelingen van het COA', 'metrics.trechter_gebied'
        ),
        (
            'koppelingen.met_huurcontract_huishoudens', 'Met huurcontract, huishoudens', 'huishoudens', 0, false,
            'Huishoudens met ten minste één lid met een getekend huurcontract, die nog in de opvang zijn. Een huishouden over twee gemeenten telt in beide, en één keer in het gebied erboven.',
            'Koppelingen van het COA', 'metrics.trechter_gebied'
        ),
        (
            'koppelingen.langer_dan_huisvestingsnorm', 'Langer gekoppeld dan de norm tot huisvesting', 'personen', 0, true,
            'Vergunninghouders in de opvang met een lopende koppeling die langer duurt dan de norm van koppeling tot huisvesting, met of zonder aanbod. Naar de gemeente van de koppeling.',
            'Koppelingen van het COA; eigen keuze van de norm', 'metrics.trechter_gebied'
        ),
        (
            'koppelingen.langer_dan_huisvestingsnorm_huishoudens', 'Langer gekoppeld dan de norm tot huisvesting, huishoudens', 'huishoudens', 0, false,
            'Huishoudens met ten minste één lid met een lopende koppeling die langer duurt dan de norm van koppeling tot huisvesting, met of zonder aanbod. Een huishouden over twee gemeenten telt in beide, en één keer in het gebied erboven.',
            'Koppelingen van het COA; eigen keuze van de norm', 'metrics.trechter_gebied'
        ),
        (
            'koppelingen.te_lang_weken_1_4', 'Te lang gekoppeld: 1 tot en met 4 weken', 'personen', 0, true,
            'Vergunninghouders in de opvang die 1 tot en met 4 weken langer gekoppeld zijn dan de norm, zonder aanbod. Een begonnen week telt mee. Naar de gemeente van de koppeling.',
            'Koppelingen van het COA; eigen keuze van de klassen', 'metrics.trechter_gebied'
        ),
        (
            'koppelingen.te_lang_weken_1_4_huishoudens', 'Te lang gekoppeld: 1 tot en met 4 weken, huishoudens', 'huishoudens', 0, false,
            'Huishoudens met ten minste één lid die 1 tot en met 4 weken langer gekoppeld zijn dan de norm, zonder aanbod. Een huishouden over twee gemeenten telt in beide, en één keer in het gebied erboven.',
            'Koppelingen van het COA; eigen keuze van de klassen', 'metrics.trechter_gebied'
        ),
        (
            'koppelingen.te_lang_weken_5_13', 'Te lang gekoppeld: 5 tot en met 13 weken', 'personen', 0, true,
            'Vergunninghouders in de opvang die 5 tot en met 13 weken langer gekoppeld zijn dan de norm, zonder aanbod. Naar de gemeente van de koppeling.',
            'Koppelingen van het COA; eigen keuze van de klassen', 'metrics.trechter_gebied'
        ),
        (
            'koppelingen.te_lang_weken_5_13_huishoudens', 'Te lang gekoppeld: 5 tot en met 13 weken, huishoudens', 'huishoudens', 0, false,
            'Huishoudens met ten minste één lid die 5 tot en met 13 weken langer gekoppeld zijn dan de norm, zonder aanbod. Een huishouden over twee gemeenten telt in beide, en één keer in het gebied erboven.',
            'Koppelingen van het COA; eigen keuze van de klassen', 'metrics.trechter_gebied'
        ),
        (
            'koppelingen.te_lang_weken_14_26', 'Te lang gekoppeld: 14 tot en met 26 weken', 'personen', 0, true,
            'Vergunninghouders in de opvang die 14 tot en met 26 weken langer gekoppeld zijn dan de norm, zonder aanbod. Naar de gemeente van de koppeling.',
            'Koppelingen van het COA; eigen keuze van de klassen', 'metrics.trechter_gebied'
        ),
        (
            'koppelingen.te_lang_weken_14_26_huishoudens', 'Te lang gekoppeld: 14 tot en met 26 weken, huishoudens', 'huishoudens', 0, false,
            'Huishoudens met ten minste één lid die 14 tot en met 26 weken langer gekoppeld zijn dan de norm, zonder aanbod. Een huishouden over twee gemeenten telt in beide, en één keer in het gebied erboven.',
            'Koppelingen van het COA; eigen keuze van de klassen', 'metrics.trechter_gebied'
        ),
        (
            'koppelingen.te_lang_ernstig_vertraagd', 'Ernstig vertraagd', 'personen', 0, true,
            'Vergunninghouders in de opvang die meer dan 26 weken langer gekoppeld zijn dan de norm, zonder aanbod. Naar de gemeente van de koppeling.',
            'Koppelingen van het COA; eigen keuze van de klassen', 'metrics.trechter_gebied'
        ),
        (
            'koppelingen.te_lang_ernstig_vertraagd_huishoudens', 'Ernstig vertraagd, huishoudens', 'huishoudens', 0, false,
            'Huishoudens met ten minste één lid die meer dan 26 weken langer gekoppeld zijn dan de norm, zonder aanbod. Een huishouden over twee gemeenten telt in beide, en één keer in het gebied erboven.',
            'Koppelingen van het COA; eigen keuze van de klassen', 'metrics.trechter_gebied'
        ),
        (
            'koppelingen.langer_dan_norm_procent', 'Aandeel langer dan de norm', 'procent', 1, false,
            'Gekoppeld langer dan de norm, als percentage van alle lopende koppelingen.',
            'Eigen berekening', 'metrics.trechter_gebied'
        ),
        (
            'koppelingen.zonder_koppeling', 'Zonder koppeling', 'personen', 0, false,
            'Vergunninghouders in de opvang zonder lopende koppeling op de peildatum. Een koppeling die is geëindigd, is er geen.',
            'Koppelingen van het COA', 'metrics.opvang_uitsplitsing'
        ),
        (
            'koppelingen.zonder_koppeling_huishoudens', 'Zonder koppeling, huishoudens', 'huishoudens', 0, false,
            'Huishoudens met ten minste één lid in de opvang zonder lopende koppeling.',
            'Koppelingen van het COA', 'metrics.opvang_uitsplitsing'
        ),
        (
            'koppelingen.gemaakt', 'Koppelingen gemaakt in het halfjaar', 'koppelingen', 0, true,
            'Koppelingen met een eerste dag in het halfjaar, ook als zij weer zijn geëindigd.',
            'Koppelingen van het COA', 'metrics.koppelingen_gemeente'
        ),
        (
            'koppelingen.begin', 'Gekoppeld aan het begin', 'personen', 0, true,
            'Personen met een koppeling van vóór het halfjaar die toen nog liep. Wie aan twee gemeenten was gekoppeld, telt in beide mee.',
            'Koppelingen van het COA', 'metrics.koppelingen_gemeente'
        ),
        (
            'koppelingen.beschikbaar', 'Beschikbaar om te huisvesten', 'personen', 0, true,
            'Personen met een koppeling aan de gemeente die op ten minste één dag van het halfjaar liep. Wie aan twee gemeenten was gekoppeld, telt in beide mee.',
            'Koppelingen van het COA', 'metrics.koppelingen_gemeente'
        ),
        (
            'koppelingen.beschikbaar_procent', 'Beschikbaar, deel van de gecorrigeerde taakstelling', 'procent', 1, false,
            'Beschikbaar om te huisvesten, als percentage van de gecorrigeerde taakstelling. Niet van toepassing als die nul of lager is.',
            'Eigen berekening', 'metrics.koppelingen_gemeente'
        ),
        (
            'koppelingen.gemeenten_voldaan', 'Gemeenten die voldaan hebben', 'gemeenten', 0, true,
            'Gemeenten die exact op nul staan of voorlopen.',
            'Eigen berekening', 'metrics.koppelingen_gemeente'
        ),
        (
            'koppelingen.gemeenten_te_weinig_gekoppeld', 'Gemeenten achter, te weinig gekoppeld', 'gemeenten', 0, true,
            'Gemeenten achter waarvoor minder personen beschikbaar waren dan de gecorrigeerde taakstelling. Eigen keuze.',
            'Eigen berekening', 'metrics.koppelingen_gemeente'
        ),
        (
            'koppelingen.gemeenten_te_weinig_gehuisvest', 'Gemeenten achter, te weinig gehuisvest', 'gemeenten', 0, true,
            'Gemeenten achter waarvoor ten minste zoveel personen beschikbaar waren als de gecorrigeerde taakstelling. Eigen keuze.',
            'Eigen berekening', 'metrics.koppelingen_gemeente'
        )
    ) as vast (cijfer_id, naam, eenheid, decimalen, optelbaar, definitie, bron, model)
),

eenheden as (
    select
        eenheid,
        achtervoegsel,
        achtertitel,
        onderwerp
    from (
        values
        ('personen', '', '', 'Vergunninghouders in de opvang, '),
        ('huishoudens', '_huishoudens', ', huishoudens', 'Huishoudens met ten minste één lid in de opvang dat zo telt: ')
    ) as eenheden (eenheid, achtervoegsel, achtertitel, onderwerp)
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
    'koppelingen.te_lang_' || klassen.dimensie || '_' || klassen.klasse || eenheden.achtervoegsel as cijfer_id,
    dimensies.kop || lower(klassen.naam[1]) || klassen.naam[2:] || eenheden.achtertitel as naam,
    eenheden.eenheid,
    0 as decimalen,
    false as optelbaar,
    eenheden.onderwerp || dimensies.uitleg as definitie,
    'Koppelingen van het COA' as bron,
    'metrics.opvang_uitsplitsing' as model
from klassen
inner join dimensies
    on klassen.dimensie = dimensies.dimensie
cross join eenheden
order by
    cijfer_id
