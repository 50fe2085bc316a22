-- severity: block
-- tabel: metrics.trechter_gebied
-- titel: De standen van de trechter zijn samen de opvang op de peildatum
-- what: the sum of the states of the funnel beside the persons in the opvang by the funnel and by stock and flow.
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
)

select
    zonder.personen as zonder_koppeling,
    gekoppeld.gekoppeld,
    gekoppeld.standen as standen_met_koppeling,
    gekoppeld.langer_dan_norm,
    gekoppeld.te_lang as klassen_langer_dan_norm,
    opvang.personen as in_de_opvang,
    stroom.personen as in_de_opvang_volgens_stroom
from zonder
cross join gekoppeld
cross join opvang
cross join stroom
where
    zonder.personen + gekoppeld.standen <> opvang.personen
    or gekoppeld.standen <> gekoppeld.gekoppeld
    or gekoppeld.te_lang <> gekoppeld.langer_dan_norm
    or stroom.personen <> opvang.personen
