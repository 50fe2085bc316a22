-- what: the reconciliation of each municipality without its classes: they divide a realisatie that is public exactly.
-- source: DESIGN, Disclosure
-- grain: one row per gemeente
select
    gemeentecode,
    geleverd,
    null::bigint as geplaatst,
    null::bigint as gemeld,
    null::bigint as gelijk,
    null::bigint as andere_datum,
    null::bigint as andere_gemeente,
    null::bigint as gemeente_leverde_niet,
    null::bigint as gemeente_ander_halfjaar,
    null::bigint as alleen_coa,
    null::bigint as andere_gemeente_gemeld,
    null::bigint as alleen_gemeente,
    null::bigint as late_afmelding,
    null::bigint as onbekend_coa,
    null::bigint as coa_ander_halfjaar,
    null::bigint as dubbel_gemeld,
    null::bigint as buiten_halfjaar,
    null::decimal(9, 1) as vertraging_mediaan,
    realisatie,
    realisatie_eigen_telling,
    verschil
from metrics.aansluiting_gemeente
