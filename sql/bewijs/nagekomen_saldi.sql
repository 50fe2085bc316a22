-- what: het laatst gepubliceerde eindsaldo, en wat het met de nagekomen afmeldingen zou zijn, van gemeenten waarvoor iets is nagekomen
--   en van het land.
-- grain: één rij per gebied
with laatste as (
    select arg_max(periode, halfjaar_eind(periode)) as periode
    from (select distinct grootboek_eerder.periode from staging.grootboek_eerder) as edities
)

select
    nagekomen_gemeente.gemeentecode as gebied,
    nagekomen_gemeente.gemeentecode,
    nagekomen_gemeente.eindsaldo_gepubliceerd,
    nagekomen_gemeente.tot_en_met as nagekomen
from metrics.nagekomen_gemeente
inner join laatste
    on nagekomen_gemeente.periode = laatste.periode
union all
select
    cijfers.gebied,
    null as gemeentecode,
    cijfers.waarde as eindsaldo_gepubliceerd,
    (select coalesce(sum(nagekomen.aantal), 0) from metrics.nagekomen) as nagekomen
from eerder.cijfers
inner join laatste
    on cijfers.periode = laatste.periode
where
    cijfers.gebied = 'NL'
    and cijfers.cijfer_id = 'saldo.eind'
