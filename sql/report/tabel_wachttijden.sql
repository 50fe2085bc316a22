-- what: the waiting times of all groups as an open table.
-- definition: days and weeks; empty where the curve did not come that far, or where the extract was not delivered.
-- grain: one row per traject, groepsoort and groep
with wachttijd as (
    select *
    from metrics.wachttijd
)

select
    traject,
    groepsoort,
    groep,
    aantal,
    bereikt,
    mediaan as mediaan_dagen,
    mediaan_ondergrens as mediaan_ondergrens_dagen,
    mediaan_bovengrens as mediaan_bovengrens_dagen,
    kwartiel_1 as kwartiel_1_dagen,
    kwartiel_1_ondergrens as kwartiel_1_ondergrens_dagen,
    kwartiel_1_bovengrens as kwartiel_1_bovengrens_dagen,
    kwartiel_3 as kwartiel_3_dagen,
    kwartiel_3_ondergrens as kwartiel_3_ondergrens_dagen,
    kwartiel_3_bovengrens as kwartiel_3_bovengrens_dagen,
    weken(mediaan)::decimal(18, 1) as mediaan_weken,
    bereikt_halfjaar as gemiddeld_aantal,
    weken_gemiddeld(dagen_halfjaar, bereikt_halfjaar)::decimal(18, 1) as gemiddeld_weken
from wachttijd
order by
    traject,
    list_position(
        ['totaal', 'cohort', 'categorie', 'grootte', 'grond', 'screening', 'grond_screening', 'nabij'],
        groepsoort
    ),
    groep
