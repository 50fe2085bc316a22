-- what: the list of each municipality beside the COA as an open table; no rows without a ledger of the COA.
-- definition: columns as the figures aansluiting.* in report.definities; empty where the municipality delivered no list, `geleverd` too
--   where no municipality did.
-- grain: one row per gemeente
with gemeenten as (
    select *
    from report.gemeenten
),

aansluiting_gemeente as (
    select *
    from metrics.aansluiting_gemeente
)

select
    gemeenten.gemeentecode,
    gemeenten.gemeente,
    case when aansluiting_gemeente.geleverd then 'ja' when not aansluiting_gemeente.geleverd then 'nee' end as geleverd,
    aansluiting_gemeente.geplaatst,
    aansluiting_gemeente.gemeld,
    aansluiting_gemeente.gelijk,
    aansluiting_gemeente.andere_datum,
    aansluiting_gemeente.andere_gemeente,
    aansluiting_gemeente.gemeente_leverde_niet,
    aansluiting_gemeente.gemeente_ander_halfjaar,
    aansluiting_gemeente.alleen_coa,
    aansluiting_gemeente.andere_gemeente_gemeld,
    aansluiting_gemeente.alleen_gemeente,
    aansluiting_gemeente.late_afmelding,
    aansluiting_gemeente.onbekend_coa,
    aansluiting_gemeente.coa_ander_halfjaar,
    aansluiting_gemeente.dubbel_gemeld,
    aansluiting_gemeente.buiten_halfjaar,
    aansluiting_gemeente.vertraging_mediaan,
    aansluiting_gemeente.realisatie,
    aansluiting_gemeente.realisatie_eigen_telling,
    aansluiting_gemeente.verschil
from gemeenten
inner join aansluiting_gemeente
    on gemeenten.gemeentecode = aansluiting_gemeente.gemeentecode
order by
    gemeenten.volgorde
