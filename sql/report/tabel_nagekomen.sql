-- what: what came in late per published half-year and municipality, as an open table.
-- definition: as in metrics.nagekomen_gemeente; of municipalities of the period's year.
-- grain: one row per periode and gemeente with something late in that half-year or before it
with gemeenten as (
    select *
    from report.gemeenten
)

select
    nagekomen_gemeente.periode,
    nagekomen_gemeente.gemeentecode,
    gemeenten.gemeente,
    nagekomen_gemeente.nagekomen,
    nagekomen_gemeente.gewijzigd,
    nagekomen_gemeente.vervallen,
    nagekomen_gemeente.netto,
    nagekomen_gemeente.tot_en_met,
    nagekomen_gemeente.eindsaldo_gepubliceerd,
    nagekomen_gemeente.eindsaldo_met
from metrics.nagekomen_gemeente
inner join gemeenten
    on nagekomen_gemeente.gemeentecode = gemeenten.gemeentecode
order by
    halfjaar_eind(nagekomen_gemeente.periode),
    gemeenten.volgorde
