-- severity: block
-- tabel: metrics.opvang_stroom_persoon
-- titel: Stand en stroom van de opvang sluiten voor elke persoon
-- what: persons (by pseudonym) for whom begin + vergunningen + nareis - afgemeld - anders_vertrokken is not eind.
-- why: the stock at the end comes from the file of persons, the flow from the ledger: who left by the one and was not signed off by the
--   other, or the other way round, is counted wrongly somewhere.
with gebroken as (
    select *
    from metrics.opvang_stroom_persoon
    where begin + vergunningen + nareis - afgemeld - anders_vertrokken <> eind
),

personen as (
    select persoon
    from levering.coa_personen
)

select
    personen.persoon,
    gebroken.begin,
    gebroken.vergunningen,
    gebroken.nareis,
    gebroken.afgemeld,
    gebroken.anders_vertrokken,
    gebroken.eind
from personen
inner join gebroken
    on persoonsleutel(personen.persoon) = gebroken.sleutel
order by
    personen.persoon
