-- what: stock and flow of vergunninghouders in the opvang in the half-year, per category.
-- definition: begin + vergunningen + nareis - afgemeld - anders_vertrokken = eind, to the person; `buiten_opvang` are the afmeldingen of
--   who never was in the opvang, which count for realisatie and stand apart.
-- source: DOMAIN, stock and flow
-- grain: one row per categorie
with stroom_persoon as (
    select *
    from metrics.opvang_stroom_persoon
),

categorieen as (
    select unnest(['asiel', 'nareis', 'amv']) as categorie
)

select
    categorieen.categorie,
    coalesce(sum(stroom_persoon.begin), 0)::bigint as begin,
    coalesce(sum(stroom_persoon.vergunningen), 0)::bigint as vergunningen,
    coalesce(sum(stroom_persoon.nareis), 0)::bigint as nareis,
    coalesce(sum(stroom_persoon.afgemeld), 0)::bigint as afgemeld,
    coalesce(sum(stroom_persoon.anders_vertrokken), 0)::bigint as anders_vertrokken,
    coalesce(sum(stroom_persoon.eind), 0)::bigint as eind,
    coalesce(sum(stroom_persoon.buiten_opvang), 0)::bigint as buiten_opvang
from categorieen
left join stroom_persoon
    on categorieen.categorie = stroom_persoon.categorie
group by categorieen.categorie
