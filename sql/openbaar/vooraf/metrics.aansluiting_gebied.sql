-- what: the reconciliation without its classes below the province: there they divide a realisatie that is public exactly.
-- definition: what the municipalities count themselves, beside the realisatie, is their own account and stays. The delay is a median, from
--   10 persons up.
-- source: DESIGN, Disclosure
-- grain: one row per gebied
with ruim as (
    select
        *,
        gebied = 'NL' or gebied like 'PV%' as te_geven
    from metrics.aansluiting_gebied
)

select
    gebied,
    geleverd,
    niet_geleverd,
    case when te_geven then geplaatst end as geplaatst,
    case when te_geven then gemeld end as gemeld,
    case when te_geven then gelijk end as gelijk,
    case when te_geven then andere_datum end as andere_datum,
    case when te_geven then andere_gemeente end as andere_gemeente,
    case when te_geven then gemeente_leverde_niet end as gemeente_leverde_niet,
    case when te_geven then gemeente_ander_halfjaar end as gemeente_ander_halfjaar,
    case when te_geven then alleen_coa end as alleen_coa,
    case when te_geven then andere_gemeente_gemeld end as andere_gemeente_gemeld,
    case when te_geven then alleen_gemeente end as alleen_gemeente,
    case when te_geven then late_afmelding end as late_afmelding,
    case when te_geven then onbekend_coa end as onbekend_coa,
    case when te_geven then coa_ander_halfjaar end as coa_ander_halfjaar,
    case when te_geven then dubbel_gemeld end as dubbel_gemeld,
    case when te_geven then buiten_halfjaar end as buiten_halfjaar,
    case when te_geven and gelijk + andere_datum >= 10 then vertraging_mediaan end as vertraging_mediaan,
    realisatie_eigen_telling,
    verschil
from ruim
