-- severity: block
-- tabel: metrics.taakstelling
-- titel: Realisatie en taakstelling per gemeente zijn gelijk aan het overzicht van het Rijk
-- what: municipalities whose computed realisatie or taakstelling differs from the supplied overview.
-- why: the overview is the control: a lost or doubled row in between shows here.
with overzicht as (
    select *
    from levering.coa_overzicht
),

taakstelling as (
    select *
    from metrics.taakstelling
)

select
    taakstelling.gemeentecode,
    overzicht.realisatie as realisatie_overzicht,
    taakstelling.realisatie as realisatie_berekend,
    overzicht.taakstelling as taakstelling_overzicht,
    taakstelling.taakstelling as taakstelling_berekend
from taakstelling
full join overzicht
    on taakstelling.gemeentecode = overzicht.gemeentecode
where
    overzicht.realisatie is distinct from taakstelling.realisatie
    or overzicht.taakstelling is distinct from taakstelling.taakstelling
order by
    taakstelling.gemeentecode
