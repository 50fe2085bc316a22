-- what: the account of the municipalities beside that of the COA, for every area.
-- definition: sums over the municipalities that have the number; NULL where none has. On the municipalities' own count the realisatie of
--   an area takes that of the COA for those who delivered no list. The median is over the persons of the area.
-- source: metrics.aansluiting_gemeente, metrics.aansluiting_vertraging
-- grain: one row per gebied
with gebied_gemeente as (
    select *
    from metrics.gebied_gemeente
),

aansluiting_gemeente as (
    select *
    from metrics.aansluiting_gemeente
),

vertraging as (
    select *
    from metrics.aansluiting_vertraging
),

sommen as (
    select
        gebied_gemeente.gebied,
        count(*) filter (where aansluiting_gemeente.geleverd) as geleverd,
        count(*) filter (where not aansluiting_gemeente.geleverd) as niet_geleverd,
        count(aansluiting_gemeente.geleverd) > 0 as lijsten,
        sum(aansluiting_gemeente.geplaatst)::bigint as geplaatst,
        sum(aansluiting_gemeente.gemeld)::bigint as gemeld,
        sum(aansluiting_gemeente.gelijk)::bigint as gelijk,
        sum(aansluiting_gemeente.andere_datum)::bigint as andere_datum,
        sum(aansluiting_gemeente.andere_gemeente)::bigint as andere_gemeente,
        sum(aansluiting_gemeente.gemeente_leverde_niet)::bigint as gemeente_leverde_niet,
        sum(aansluiting_gemeente.gemeente_ander_halfjaar)::bigint as gemeente_ander_halfjaar,
        sum(aansluiting_gemeente.alleen_coa)::bigint as alleen_coa,
        sum(aansluiting_gemeente.andere_gemeente_gemeld)::bigint as andere_gemeente_gemeld,
        sum(aansluiting_gemeente.alleen_gemeente)::bigint as alleen_gemeente,
        sum(aansluiting_gemeente.late_afmelding)::bigint as late_afmelding,
        sum(aansluiting_gemeente.onbekend_coa)::bigint as onbekend_coa,
        sum(aansluiting_gemeente.coa_ander_halfjaar)::bigint as coa_ander_halfjaar,
        sum(aansluiting_gemeente.dubbel_gemeld)::bigint as dubbel_gemeld,
        sum(aansluiting_gemeente.buiten_halfjaar)::bigint as buiten_halfjaar,
        sum(aansluiting_gemeente.realisatie)::bigint as realisatie,
        sum(aansluiting_gemeente.verschil)::bigint as verschil
    from gebied_gemeente
    inner join aansluiting_gemeente
        on gebied_gemeente.gemeentecode = aansluiting_gemeente.gemeentecode
    group by gebied_gemeente.gebied
)

select
    sommen.gebied,
    case when sommen.lijsten then sommen.geleverd end as geleverd,
    case when sommen.lijsten then sommen.niet_geleverd end as niet_geleverd,
    sommen.geplaatst,
    sommen.gemeld,
    sommen.gelijk,
    sommen.andere_datum,
    sommen.andere_gemeente,
    sommen.gemeente_leverde_niet,
    sommen.gemeente_ander_halfjaar,
    sommen.alleen_coa,
    sommen.andere_gemeente_gemeld,
    sommen.alleen_gemeente,
    sommen.late_afmelding,
    sommen.onbekend_coa,
    sommen.coa_ander_halfjaar,
    sommen.dubbel_gemeld,
    sommen.buiten_halfjaar,
    vertraging.mediaan as vertraging_mediaan,
    sommen.realisatie + sommen.verschil as realisatie_eigen_telling,
    sommen.verschil
from sommen
left join vertraging
    on sommen.gebied = vertraging.gebied
