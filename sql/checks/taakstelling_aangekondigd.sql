-- severity: warn
-- tabel: report.cijfers
-- titel: De som van de taakstellingen is gelijk aan het aangekondigde landelijke aantal
-- what: the sum over municipalities when it differs from the announced number, or when no announcement is known.
-- why: rounding in the distribution makes small differences (19.998 for 20.000 in 2016-I); a large one points at a wrong file.
with cijfers as (
    select
        max(waarde) filter (where cijfer_id = 'taakstelling.netto') as som,
        max(waarde) filter (where cijfer_id = 'taakstelling.aangekondigd') as aangekondigd
    from report.cijfers
    where gebied = 'NL'
)

select
    som::bigint as som,
    aangekondigd::bigint as aangekondigd
from cijfers
where som is distinct from aangekondigd
