-- what: the figures on koppelingen: the funnel, the overdue ones by class, and what the COA supplied.
-- definition: NULL (n.v.t.) where koppelingen were not delivered.
-- grain: one row per cijfer_id and gebied (who has no koppeling, and the breakdowns of the overdue, NL alone)
with aanwezig as (
    select koppelingen
    from staging.aanwezig
),

trechter as (
    select *
    from metrics.trechter_gebied
),

klassen as (
    select *
    from report.opvang_klassen
    where dimensie in ('categorie', 'huishoudgrootte', 'reden_vertraging')
),

uitsplitsing as (
    select *
    from metrics.opvang_uitsplitsing
),

gebied_gemeente as (
    select *
    from metrics.gebied_gemeente
),

koppelingen as (
    select *
    from metrics.koppelingen_gemeente
),

levering_gebied as (
    select
        gebied_gemeente.gebied,
        sum(koppelingen.gemaakt)::bigint as gemaakt,
        sum(koppelingen.begin)::bigint as begin,
        sum(koppelingen.beschikbaar)::bigint as beschikbaar,
        sum(koppelingen.gecorrigeerd)::bigint as gecorrigeerd,
        count(*) filter (where koppelingen.oordeel = 'voldaan') as voldaan,
        count(*) filter (where koppelingen.oordeel = 'te_weinig_gekoppeld') as te_weinig_gekoppeld,
        count(*) filter (where koppelingen.oordeel = 'te_weinig_gehuisvest') as te_weinig_gehuisvest
    from gebied_gemeente
    inner join koppelingen
        on gebied_gemeente.gemeentecode = koppelingen.gemeentecode
    group by gebied_gemeente.gebied
),

per_gebied as (
    select
        gebied,
        unnest(map_entries(map {
            'koppelingen.totaal': gekoppeld::decimal(18, 4),
            'koppelingen.totaal_huishoudens': gekoppeld_huishoudens,
            'koppelingen.binnen_norm': binnen_norm,
            'koppelingen.binnen_norm_huishoudens': binnen_norm_huishoudens,
            'koppelingen.langer_dan_norm': langer_dan_norm,
            'koppelingen.langer_dan_norm_huishoudens': langer_dan_norm_huishoudens,
            'koppelingen.met_aanbod': met_aanbod,
            'koppelingen.met_aanbod_huishoudens': met_aanbod_huishoudens,
            'koppelingen.met_huurcontract': met_huurcontract,
            'koppelingen.met_huurcontract_huishoudens': met_huurcontract_huishoudens,
            'koppelingen.langer_dan_huisvestingsnorm': huisvesting,
            'koppelingen.langer_dan_huisvestingsnorm_huishoudens': huisvesting_huishoudens,
            'koppelingen.te_lang_weken_1_4': weken_1_4,
            'koppelingen.te_lang_weken_1_4_huishoudens': weken_1_4_huishoudens,
            'koppelingen.te_lang_weken_5_13': weken_5_13,
            'koppelingen.te_lang_weken_5_13_huishoudens': weken_5_13_huishoudens,
            'koppelingen.te_lang_weken_14_26': weken_14_26,
            'koppelingen.te_lang_weken_14_26_huishoudens': weken_14_26_huishoudens,
            'koppelingen.te_lang_ernstig_vertraagd': ernstig_vertraagd,
            'koppelingen.te_lang_ernstig_vertraagd_huishoudens': ernstig_vertraagd_huishoudens,
            'koppelingen.langer_dan_norm_procent': procent(langer_dan_norm, gekoppeld)
        })) as cijfer
    from trechter
    union all
    select
        gebied,
        unnest(map_entries(map {
            'koppelingen.gemaakt': gemaakt::decimal(18, 4),
            'koppelingen.begin': begin,
            'koppelingen.beschikbaar': beschikbaar,
            'koppelingen.beschikbaar_procent': case when gecorrigeerd > 0 then procent(beschikbaar, gecorrigeerd) end,
            'koppelingen.gemeenten_voldaan': voldaan,
            'koppelingen.gemeenten_te_weinig_gekoppeld': te_weinig_gekoppeld,
            'koppelingen.gemeenten_te_weinig_gehuisvest': te_weinig_gehuisvest
        })) as cijfer
    from levering_gebied
),

zonder as (
    select
        coalesce(sum(personen), 0) as personen,
        coalesce(sum(huishoudens), 0) as huishoudens
    from uitsplitsing
    where
        dimensie = 'stand'
        and klasse = 'zonder_koppeling'
),

landelijk as (
    select
        unnest(map_entries(map {
            'koppelingen.zonder_koppeling': personen::decimal(18, 4),
            'koppelingen.zonder_koppeling_huishoudens': huishoudens
        })) as cijfer
    from zonder
    union all
    select
        unnest(map_entries(map {
            'koppelingen.te_lang_' || klassen.dimensie || '_' || klassen.klasse:
                coalesce(uitsplitsing.langer_dan_norm, 0)::decimal(18, 4),
            'koppelingen.te_lang_' || klassen.dimensie || '_' || klassen.klasse || '_huishoudens':
                coalesce(uitsplitsing.langer_dan_norm_huishoudens, 0)
        })) as cijfer
    from klassen
    left join uitsplitsing
        on
            klassen.dimensie = uitsplitsing.dimensie
            and klassen.klasse = uitsplitsing.klasse
),

alles as (
    select
        gebied,
        cijfer
    from per_gebied
    union all
    select
        'NL' as gebied,
        cijfer
    from landelijk
)

select
    alles.cijfer.key as cijfer_id,
    alles.gebied,
    case when aanwezig.koppelingen then alles.cijfer.value end as waarde
from alles
cross join aanwezig
order by
    cijfer_id,
    alles.gebied
