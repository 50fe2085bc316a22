-- what: what was found while reading the delivery, per kind, for the verantwoording; each finding itself is in afkeur.csv.
-- definition: the first file by name, with what it says, is the example.
-- grain: one row per ernst and controle
with afkeur as (
    select *
    from levering.afkeur
),

per_soort as (
    select
        ernst,
        controle,
        count(*) as aantal,
        count(distinct bestand) as bestanden,
        min({'bestand': bestand, 'regel': coalesce(regel, 0), 'reden': reden}) as eerste
    from afkeur
    group by
        ernst,
        controle
)

select
    ernst,
    controle,
    aantal,
    bestanden,
    eerste.bestand,
    eerste.reden
from per_soort
order by
    array_position(['blokkade', 'geweigerd', 'waarschuwing', 'opmerking'], ernst),
    controle
