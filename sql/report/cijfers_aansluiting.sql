-- what: the figures on the lists of the municipalities beside the COA, for every area, and on the permits of the IND, for the country.
-- definition: every figure exists, NULL (n.v.t.) when what it needs was not delivered.
-- grain: one row per cijfer_id and gebied
with gebieden as (
    select distinct gebied
    from metrics.gebied_gemeente
),

aansluiting_gebied as (
    select *
    from metrics.aansluiting_gebied
),

per_gebied as (
    select
        gebieden.gebied,
        unnest(map_entries(map {
            'aansluiting.gemeenten_geleverd': aansluiting_gebied.geleverd::decimal(18, 4),
            'aansluiting.gemeenten_niet_geleverd': aansluiting_gebied.niet_geleverd,
            'aansluiting.geplaatst': aansluiting_gebied.geplaatst,
            'aansluiting.gemeld': aansluiting_gebied.gemeld,
            'aansluiting.gelijk': aansluiting_gebied.gelijk,
            'aansluiting.andere_datum': aansluiting_gebied.andere_datum,
            'aansluiting.andere_gemeente': aansluiting_gebied.andere_gemeente,
            'aansluiting.gemeente_leverde_niet': aansluiting_gebied.gemeente_leverde_niet,
            'aansluiting.gemeente_ander_halfjaar': aansluiting_gebied.gemeente_ander_halfjaar,
            'aansluiting.alleen_coa': aansluiting_gebied.alleen_coa,
            'aansluiting.andere_gemeente_gemeld': aansluiting_gebied.andere_gemeente_gemeld,
            'aansluiting.alleen_gemeente': aansluiting_gebied.alleen_gemeente,
            'aansluiting.late_afmelding': aansluiting_gebied.late_afmelding,
            'aansluiting.onbekend_coa': aansluiting_gebied.onbekend_coa,
            'aansluiting.coa_ander_halfjaar': aansluiting_gebied.coa_ander_halfjaar,
            'aansluiting.dubbel_gemeld': aansluiting_gebied.dubbel_gemeld,
            'aansluiting.buiten_halfjaar': aansluiting_gebied.buiten_halfjaar,
            'aansluiting.vertraging_mediaan': aansluiting_gebied.vertraging_mediaan,
            'aansluiting.realisatie_eigen_telling': aansluiting_gebied.realisatie_eigen_telling,
            'aansluiting.verschil': aansluiting_gebied.verschil
        })) as cijfer
    from gebieden
    left join aansluiting_gebied
        on gebieden.gebied = aansluiting_gebied.gebied
),

groepen as (
    select unnest(['coa', 'opvang', 'geplaatst']) as groep
),

per_groep as (
    select
        unnest(map_entries(map {
            'ind.' || groepen.groep || '_personen': aansluiting_ind.personen::decimal(18, 4),
            'ind.' || groepen.groep || '_gelijk': aansluiting_ind.gelijk,
            'ind.' || groepen.groep || '_andere_datum': aansluiting_ind.andere_datum,
            'ind.' || groepen.groep || '_ingetrokken': aansluiting_ind.ingetrokken,
            'ind.' || groepen.groep || '_onbekend': aansluiting_ind.onbekend
        })) as cijfer
    from groepen
    left join metrics.aansluiting_ind
        on groepen.groep = aansluiting_ind.groep
),

beide as (
    select personen and vergunningen as beide
    from staging.aanwezig
),

alleen_ind as (
    select
        count(*) as personen,
        count(*) filter (where nareis_verwacht) as nareis,
        count(*) filter (where not nareis_verwacht and not bij_coa) as onbekend,
        count(*) filter (where not nareis_verwacht and bij_coa) as zonder_vergunning
    from metrics.vergunning_verschil
    where verschil = 'alleen_ind'
),

per_verschil as (
    select
        unnest(map_entries(map {
            'ind.alleen_ind': case when beide.beide then alleen_ind.personen end::decimal(18, 4),
            'ind.alleen_ind_nareis_verwacht': case when beide.beide then alleen_ind.nareis end,
            'ind.alleen_ind_onbekend_coa': case when beide.beide then alleen_ind.onbekend end,
            'ind.alleen_ind_zonder_vergunning_coa': case when beide.beide then alleen_ind.zonder_vergunning end
        })) as cijfer
    from alleen_ind
    cross join beide
)

select
    cijfer.key as cijfer_id,
    gebied,
    cijfer.value as waarde
from per_gebied
union all
select
    cijfer.key as cijfer_id,
    'NL' as gebied,
    cijfer.value as waarde
from per_groep
union all
select
    cijfer.key as cijfer_id,
    'NL' as gebied,
    cijfer.value as waarde
from per_verschil
order by
    cijfer_id,
    gebied
