-- what: the figures on waiting times, of the country.
-- definition: totals of the four waiting times, and the whole way from permit to housing by categorie and by size of the household.
-- grain: one row per cijfer_id (NL)
with wachttijd as (
    select *
    from metrics.wachttijd
),

totalen as (
    select
        'wachttijd.' || traject as begin_id,
        *
    from wachttijd
    where groepsoort = 'totaal'
),

groepen as (
    select
        'wachttijd.vergunning_huisvesting_' || groepen.naam as begin_id,
        coalesce(wachttijd.aantal, case when totalen.aantal is not null then 0 end) as aantal,
        wachttijd.mediaan
    from (
        values
        ('categorie_asiel', 'categorie', 'asiel'),
        ('categorie_nareis', 'categorie', 'nareis'),
        ('categorie_amv', 'categorie', 'amv'),
        ('grootte_een', 'grootte', 'een'),
        ('grootte_twee', 'grootte', 'twee'),
        ('grootte_drie_vier', 'grootte', 'drie_vier'),
        ('grootte_vijf_meer', 'grootte', 'vijf_meer')
    ) as groepen (naam, groepsoort, groep)
    inner join totalen
        on totalen.traject = 'vergunning_huisvesting'
    left join wachttijd
        on
            totalen.traject = wachttijd.traject
            and groepen.groepsoort = wachttijd.groepsoort
            and groepen.groep = wachttijd.groep
),

cijfers as (
    select
        unnest(map_entries(map {
            begin_id || '_aantal': aantal::decimal(18, 4),
            begin_id || '_bereikt': bereikt,
            begin_id || '_mediaan': mediaan,
            begin_id || '_ondergrens': mediaan_ondergrens,
            begin_id || '_bovengrens': mediaan_bovengrens,
            begin_id || '_kwartiel_1': kwartiel_1,
            begin_id || '_kwartiel_1_ondergrens': kwartiel_1_ondergrens,
            begin_id || '_kwartiel_1_bovengrens': kwartiel_1_bovengrens,
            begin_id || '_kwartiel_3': kwartiel_3,
            begin_id || '_kwartiel_3_ondergrens': kwartiel_3_ondergrens,
            begin_id || '_kwartiel_3_bovengrens': kwartiel_3_bovengrens,
            begin_id || '_mediaan_weken': weken(mediaan),
            begin_id || '_ondergrens_weken': weken(mediaan_ondergrens),
            begin_id || '_bovengrens_weken': weken(mediaan_bovengrens),
            begin_id || '_kwartiel_1_weken': weken(kwartiel_1),
            begin_id || '_kwartiel_3_weken': weken(kwartiel_3),
            begin_id || '_gemiddeld': quotient(dagen_halfjaar, bereikt_halfjaar, 1),
            begin_id || '_gemiddeld_weken': weken_gemiddeld(dagen_halfjaar, bereikt_halfjaar),
            begin_id || '_gemiddeld_aantal': bereikt_halfjaar
        })) as cijfer
    from totalen
    union all
    select
        unnest(map_entries(map {
            begin_id || '_aantal': aantal::decimal(18, 4),
            begin_id || '_mediaan': mediaan,
            begin_id || '_mediaan_weken': weken(mediaan)
        })) as cijfer
    from groepen
)

select
    cijfer.key as cijfer_id,
    'NL' as gebied,
    cijfer.value as waarde
from cijfers
order by
    cijfer_id
