-- what: prognosis beside announcement beside outcome, for the two half-years before this one, this one and the next two.
-- definition: first and last version known on the briefdatum. herzieningen: how often the taakstelling was announced again,
--   also when the number stayed the same.
--   prognose_verschil = last prognosis - last announcement; realisatie_verschil = realisatie - last announcement. realisatie of an
--   earlier half-year comes from its published edition; NULL where that is not on hand, and for half-years to come.
-- source: staging.aankondigingen, metrics.taakstelling_gebied, eerder.cijfers
-- grain: one row per half-year; `afstand` is 0 for this one
with parameters as (
    select *
    from invoer.parameters
),

halfjaren as (
    select
        unnest([-2, -1, 0, 1, 2]) as afstand,
        unnest([periode_daarvoor, periode_vorige, periode, periode_volgende, periode_daarna]) as periode
    from parameters
),

versies as (
    select
        periode,
        max(aantal) filter (where grootheid = 'prognose' and versie = 1) as prognose_eerste,
        max(bekend_op) filter (where grootheid = 'prognose' and versie = 1) as prognose_eerste_bekend_op,
        max(aantal) filter (where grootheid = 'prognose' and laatste) as prognose,
        max(bekend_op) filter (where grootheid = 'prognose' and laatste) as prognose_bekend_op,
        max(aantal) filter (where grootheid = 'taakstelling' and versie = 1) as taakstelling_eerste,
        max(bekend_op) filter (where grootheid = 'taakstelling' and versie = 1) as taakstelling_eerste_bekend_op,
        max(aantal) filter (where grootheid = 'taakstelling' and laatste) as taakstelling,
        max(bekend_op) filter (where grootheid = 'taakstelling' and laatste) as taakstelling_bekend_op,
        max(versie) filter (where grootheid = 'taakstelling') - 1 as herzieningen
    from staging.aankondigingen
    group by periode
),

realisaties as (
    select
        parameters.periode,
        taakstelling_gebied.realisatie
    from metrics.taakstelling_gebied
    cross join parameters
    where taakstelling_gebied.gebied = 'NL'
    union all
    select
        periode,
        waarde::bigint as realisatie
    from eerder.cijfers
    where
        cijfer_id = 'realisatie.totaal'
        and gebied = 'NL'
)

select
    halfjaren.afstand,
    halfjaren.periode,
    versies.prognose_eerste,
    versies.prognose_eerste_bekend_op,
    versies.prognose,
    versies.prognose_bekend_op,
    versies.taakstelling_eerste,
    versies.taakstelling_eerste_bekend_op,
    versies.taakstelling,
    versies.taakstelling_bekend_op,
    versies.herzieningen,
    realisaties.realisatie,
    versies.prognose - versies.taakstelling as prognose_verschil,
    realisaties.realisatie - versies.taakstelling as realisatie_verschil
from halfjaren
left join versies
    on halfjaren.periode = versies.periode
left join realisaties
    on halfjaren.periode = realisaties.periode
