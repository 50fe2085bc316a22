-- what: the account of each municipality as an open table.
-- definition: columns as in report.definities; percentage is empty where it does not apply.
-- grain: one row per gemeente
with gemeenten as (
    select *
    from report.gemeenten
),

taakstelling as (
    select *
    from metrics.taakstelling
),

boekhouding as (
    select *
    from metrics.boekhouding
),

inwoners as (
    select
        gemeentecode,
        inwoners
    from staging.gemeenten
)

select
    gemeenten.gemeentecode,
    gemeenten.gemeente,
    gemeenten.provinciecode,
    gemeenten.provincie,
    gemeenten.regio as arbeidsmarktregio,
    inwoners.inwoners,
    taakstelling.saldo_begin,
    taakstelling.taakstelling,
    taakstelling.gecorrigeerd,
    taakstelling.realisatie,
    taakstelling.percentage::decimal(18, 1) as percentage,
    taakstelling.eindsaldo,
    taakstelling.stand,
    taakstelling.klasse,
    boekhouding.open_ouder,
    boekhouding.open_eigen,
    boekhouding.voorsprong
from gemeenten
inner join taakstelling
    on gemeenten.gemeentecode = taakstelling.gemeentecode
inner join boekhouding
    on gemeenten.gemeentecode = boekhouding.gemeentecode
inner join inwoners
    on gemeenten.gemeentecode = inwoners.gemeentecode
order by
    gemeenten.volgorde
