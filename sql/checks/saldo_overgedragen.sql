-- severity: block
-- tabel: staging.eerder_totaal
-- titel: Elk gepubliceerd eindsaldo gaat in zijn geheel over naar gemeenten van dit jaar
-- tegen: staging.eerder_totaal where cijfer_id = 'eindsaldo'
-- what: municipalities of which the published eindsaldo does not arrive whole at municipalities of the period's year.
-- why: a municipality that vanished without a known successor, or shares that are not one together, would lose or make persons.
with eindsaldo as (
    select
        eerder_totaal.oude_code,
        max(eerder_totaal.waarde) as eindsaldo,
        coalesce(sum(eerder_totaal.deel) filter (where gemeenten.gemeentecode is not null), 0)::bigint as overgedragen
    from staging.eerder_totaal
    left join staging.gemeenten
        on eerder_totaal.gemeentecode = gemeenten.gemeentecode
    where eerder_totaal.cijfer_id = 'eindsaldo'
    group by eerder_totaal.oude_code
    having count(*) = count(eerder_totaal.deel)
),

namen as (
    select *
    from staging.gemeentenamen
)

select
    namen.gemeente,
    eindsaldo.oude_code as gemeentecode,
    eindsaldo.eindsaldo,
    eindsaldo.overgedragen
from eindsaldo
left join namen
    on eindsaldo.oude_code = namen.gemeentecode
where eindsaldo.eindsaldo <> eindsaldo.overgedragen
order by
    gemeentecode
