-- severity: block
-- tabel: metrics.trechter_gebied
-- titel: De groepen op weg naar een woning zijn samen de opvang op de peildatum
-- what: sums of the funnel (states, classes beyond the norm, the stock of stock and flow) that are not the whole that they are parts of.
-- why: everybody in the opvang is in exactly one state; a koppeling to a municipality that is on no list falls out here.
with zonder as (
    select coalesce(sum(personen), 0) as personen
    from metrics.opvang_uitsplitsing
    where
        dimensie = 'stand'
        and klasse = 'zonder_koppeling'
),

gekoppeld as (
    select
        gekoppeld,
        binnen_norm + langer_dan_norm + met_aanbod + met_huurcontract as standen,
        langer_dan_norm,
        weken_1_4 + weken_5_13 + weken_14_26 + ernstig_vertraagd as te_lang
    from metrics.trechter_gebied
    where gebied = 'NL'
),

opvang as (
    select personen
    from metrics.opvang_totaal
),

stroom as (
    select sum(eind) as personen
    from metrics.opvang_stroom
),

sommen as (
    select
        unnest([
            {'wat': 'alle standen van de trechter', 'som': zonder.personen + gekoppeld.standen, 'geheel': opvang.personen},
            {'wat': 'standen met een koppeling', 'som': gekoppeld.standen, 'geheel': gekoppeld.gekoppeld},
            {'wat': 'klassen van langer dan de norm', 'som': gekoppeld.te_lang, 'geheel': gekoppeld.langer_dan_norm},
            {'wat': 'eindstand van stand en stroom', 'som': stroom.personen, 'geheel': opvang.personen}
        ]) as vergelijking
    from zonder
    cross join gekoppeld
    cross join opvang
    cross join stroom
)

select
    vergelijking.wat as wat,
    vergelijking.som as som,
    vergelijking.geheel as geheel
from sommen
where vergelijking.som <> vergelijking.geheel
order by
    wat
