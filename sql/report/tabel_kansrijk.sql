-- what: kansrijk koppelen as an open table: koppelingen of the half-year by ground and screening, and how soon each group is housed.
-- definition: the first columns are of the half-year, those from `gevolgd` on of the koppelingen of the last four half-years
--   from the opvang.
--   For the groups of `nabij` the columns of the half-year are empty: they stand in the columns of the others.
-- grain: one row per groepsoort and groep
with kansrijk as (
    select *
    from metrics.kansrijk
),

wachttijd as (
    select *
    from metrics.wachttijd
    where
        traject = 'koppeling_huisvesting'
        and groepsoort in ('totaal', 'grond', 'screening', 'grond_screening', 'nabij')
),

geheel as (
    select koppelingen
    from kansrijk
    where groepsoort = 'totaal'
)

select
    coalesce(kansrijk.groepsoort, wachttijd.groepsoort) as groepsoort,
    coalesce(kansrijk.groep, wachttijd.groep) as groep,
    kansrijk.koppelingen,
    procent(kansrijk.koppelingen, geheel.koppelingen)::decimal(18, 1) as koppelingen_procent,
    kansrijk.met_opvang,
    kansrijk.opvanggemeente,
    procent(kansrijk.opvanggemeente, kansrijk.met_opvang)::decimal(18, 1) as opvanggemeente_procent,
    kansrijk.opvangregio,
    procent(kansrijk.opvangregio, kansrijk.met_opvang)::decimal(18, 1) as opvangregio_procent,
    wachttijd.aantal as gevolgd,
    wachttijd.bereikt as gehuisvest,
    wachttijd.mediaan as mediaan_dagen,
    wachttijd.mediaan_ondergrens as mediaan_ondergrens_dagen,
    wachttijd.mediaan_bovengrens as mediaan_bovengrens_dagen,
    wachttijd.kwartiel_1 as kwartiel_1_dagen,
    wachttijd.kwartiel_3 as kwartiel_3_dagen
from kansrijk
full join wachttijd
    on
        kansrijk.groepsoort = wachttijd.groepsoort
        and kansrijk.groep = wachttijd.groep
cross join geheel
order by
    list_position(
        ['totaal', 'grond', 'screening', 'grond_screening', 'nabij'],
        coalesce(kansrijk.groepsoort, wachttijd.groepsoort)
    ),
    groep
