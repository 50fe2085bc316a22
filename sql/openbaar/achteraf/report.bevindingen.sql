-- what: what reading found, per kind, without the row that is the example, and by fives.
-- grain: one row per ernst and controle
select
    ernst,
    controle,
    (aantal + 4) // 5 * 5 as aantal,
    bestanden,
    'niet openbaar' as bestand,
    'het voorbeeld gaat over een rij van een persoon' as reden
from report.bevindingen
order by
    array_position(['blokkade', 'geweigerd', 'waarschuwing', 'opmerking'], ernst),
    controle
