-- what: the figures on kansrijk koppelen, of the country.
-- definition: the koppelingen of the half-year by ground and screening, and the waiting time from koppeling to housing of each group.
--   What needs the division into regions is NULL in a year of which it is not known.
-- grain: one row per cijfer_id (NL)
with kansrijk as (
    select *
    from metrics.kansrijk
),

wachttijd as (
    select *
    from metrics.wachttijd
    where traject = 'koppeling_huisvesting'
),

geheel as (
    select
        kansrijk.koppelingen,
        case when kansrijk.koppelingen is not null then 0 end as niemand,
        case when kansrijk.opvangregio is not null then 0 end as niemand_regio
    from kansrijk
    where kansrijk.groepsoort = 'totaal'
),

groepen as (
    select
        *,
        groepsoort = 'nabij' and groep <> 'gemeente' as naar_regio
    from (
        values
        ('totaal', 'totaal', 'totaal'),
        ('grond_werk', 'grond', 'werk'),
        ('grond_opleiding', 'grond', 'opleiding'),
        ('grond_netwerk', 'grond', 'netwerk'),
        ('grond_gezin', 'grond', 'gezin'),
        ('grond_medisch', 'grond', 'medisch'),
        ('grond_opvang_nabij', 'grond', 'opvang_nabij'),
        ('grond_geen', 'grond', 'geen'),
        ('screening_ja', 'screening', 'ja'),
        ('screening_nee', 'screening', 'nee'),
        ('nabij_gemeente', 'nabij', 'gemeente'),
        ('nabij_regio', 'nabij', 'regio'),
        ('nabij_elders', 'nabij', 'elders')
    ) as groepen (naam, groepsoort, groep)
),

waarden as (
    select
        'kansrijk.' || groepen.naam as begin_id,
        groepen.groepsoort,
        geheel.koppelingen as geheel,
        coalesce(kansrijk.koppelingen, geheel.niemand) as koppelingen,
        coalesce(kansrijk.met_opvang, geheel.niemand) as met_opvang,
        coalesce(kansrijk.opvanggemeente, geheel.niemand) as opvanggemeente,
        coalesce(kansrijk.opvangregio, geheel.niemand_regio) as opvangregio,
        coalesce(wachttijd.aantal, case when groepen.naar_regio then geheel.niemand_regio else geheel.niemand end) as gevolgd,
        coalesce(wachttijd.bereikt, case when groepen.naar_regio then geheel.niemand_regio else geheel.niemand end) as gehuisvest,
        wachttijd.mediaan,
        wachttijd.mediaan_ondergrens,
        wachttijd.mediaan_bovengrens
    from groepen
    cross join geheel
    left join kansrijk
        on
            groepen.groepsoort = kansrijk.groepsoort
            and groepen.groep = kansrijk.groep
    left join wachttijd
        on
            groepen.groepsoort = wachttijd.groepsoort
            and groepen.groep = wachttijd.groep
),

cijfers as (
    select
        unnest(map_entries(map {
            begin_id || '_koppelingen': koppelingen::decimal(18, 4),
            begin_id || '_koppelingen_procent': procent(koppelingen, geheel),
            begin_id || '_met_opvang': met_opvang,
            begin_id || '_opvanggemeente': opvanggemeente,
            begin_id || '_opvanggemeente_procent': procent(opvanggemeente, met_opvang),
            begin_id || '_opvangregio': opvangregio,
            begin_id || '_opvangregio_procent': procent(opvangregio, met_opvang)
        })) as cijfer
    from waarden
    where groepsoort <> 'nabij'
    union all
    select
        unnest(map_entries(map {
            begin_id || '_gevolgd': gevolgd::decimal(18, 4),
            begin_id || '_gehuisvest': gehuisvest,
            begin_id || '_mediaan': mediaan,
            begin_id || '_mediaan_ondergrens': mediaan_ondergrens,
            begin_id || '_mediaan_bovengrens': mediaan_bovengrens,
            begin_id || '_mediaan_weken': weken(mediaan)
        })) as cijfer
    from waarden
)

select
    cijfer.key as cijfer_id,
    'NL' as gebied,
    cijfer.value as waarde
from cijfers
order by
    cijfer_id
