-- what: the koppelingen of each municipality as an open table: the funnel, the classes beyond the norm, and what the COA supplied.
-- definition: columns as in report.definities. Empty where koppelingen were not delivered.
-- grain: one row per gemeente
with gemeenten as (
    select *
    from report.gemeenten
),

trechter as (
    select *
    from metrics.trechter_gebied
),

koppelingen as (
    select *
    from metrics.koppelingen_gemeente
),

aanwezig as (
    select koppelingen
    from staging.aanwezig
)

select
    gemeenten.gemeentecode,
    gemeenten.gemeente,
    gemeenten.provincie,
    gemeenten.regio as arbeidsmarktregio,
    case when aanwezig.koppelingen then trechter.gekoppeld end as gekoppeld,
    case when aanwezig.koppelingen then trechter.binnen_norm end as binnen_norm,
    case when aanwezig.koppelingen then trechter.langer_dan_norm end as langer_dan_norm,
    case when aanwezig.koppelingen then trechter.met_aanbod end as met_aanbod,
    case when aanwezig.koppelingen then trechter.met_huurcontract end as met_huurcontract,
    case when aanwezig.koppelingen then trechter.langer_dan_norm_huishoudens end as langer_dan_norm_huishoudens,
    case when aanwezig.koppelingen then trechter.weken_1_4 end as te_lang_weken_1_4,
    case when aanwezig.koppelingen then trechter.weken_5_13 end as te_lang_weken_5_13,
    case when aanwezig.koppelingen then trechter.weken_14_26 end as te_lang_weken_14_26,
    case when aanwezig.koppelingen then trechter.ernstig_vertraagd end as ernstig_vertraagd,
    koppelingen.gecorrigeerd,
    koppelingen.realisatie,
    koppelingen.eindsaldo,
    case when aanwezig.koppelingen then koppelingen.gemaakt end as gemaakt,
    case when aanwezig.koppelingen then koppelingen.begin end as gekoppeld_begin,
    case when aanwezig.koppelingen then koppelingen.beschikbaar end as beschikbaar,
    case when aanwezig.koppelingen then koppelingen.oordeel end as oordeel
from gemeenten
cross join aanwezig
inner join trechter
    on gemeenten.gemeentecode = trechter.gebied
inner join koppelingen
    on gemeenten.gemeentecode = koppelingen.gemeentecode
order by
    gemeenten.volgorde
