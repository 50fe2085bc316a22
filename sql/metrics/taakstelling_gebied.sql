-- what: the account of every area: sums, gross achterstand and voorsprong beside the net saldo, counts of municipalities.
-- definition: bruto achterstand / voorsprong = sum of the positive / negative saldi of municipalities; the net saldo hides both.
--   nulgehuisvest: nobody housed on balance while the gecorrigeerde taakstelling was above 0.
-- source: DOMAIN, words and formulas
-- grain: one row per gebied
with gebied_gemeente as (
    select *
    from metrics.gebied_gemeente
),

taakstelling as (
    select *
    from metrics.taakstelling
),

inwoners as (
    select
        gemeentecode,
        inwoners
    from staging.gemeenten
)

select
    gebied_gemeente.gebied,
    sum(taakstelling.taakstelling)::bigint as taakstelling,
    sum(taakstelling.saldo_begin)::bigint as saldo_begin,
    sum(taakstelling.gecorrigeerd)::bigint as gecorrigeerd,
    sum(taakstelling.realisatie)::bigint as realisatie,
    sum(taakstelling.eindsaldo)::bigint as eindsaldo,
    sum(achterstand(taakstelling.saldo_begin))::bigint as begin_achterstand,
    sum(voorsprong(taakstelling.saldo_begin))::bigint as begin_voorsprong,
    sum(achterstand(taakstelling.eindsaldo))::bigint as achterstand,
    sum(voorsprong(taakstelling.eindsaldo))::bigint as voorsprong,
    count(*) as gemeenten,
    count(*) filter (where taakstelling.stand = 'achter') as achter,
    count(*) filter (where taakstelling.stand = 'exact') as exact,
    count(*) filter (where taakstelling.stand = 'voor') as voor,
    count(*) filter (where taakstelling.klasse = 'op_schema') as op_schema,
    count(*) filter (where taakstelling.klasse = 'enigszins_achter') as enigszins_achter,
    count(*) filter (where taakstelling.klasse = 'achter') as klasse_achter,
    count(*) filter (where nulgehuisvest(taakstelling.realisatie, taakstelling.gecorrigeerd)) as nulgehuisvest,
    sum(inwoners.inwoners)::bigint as inwoners
from gebied_gemeente
inner join taakstelling
    on gebied_gemeente.gemeentecode = taakstelling.gemeentecode
inner join inwoners
    on gebied_gemeente.gemeentecode = inwoners.gemeentecode
group by gebied_gemeente.gebied
