-- what: per municipality and published half-year what came in late, and what its published eindsaldo would have been with it.
-- definition: netto = nagekomen + gewijzigd + vervallen. What a half-year lacks it hands on in its balance, so eindsaldo_met =
--   eindsaldo_gepubliceerd less netto of that half-year and of all before it (`tot_en_met`). Both are on the municipalities of the
--   period's year; NULL where the published number cannot be carried to these.
-- source: metrics.nagekomen, staging.eerder_totaal
-- grain: one row per periode and gemeente with something late in that half-year or before it
with nagekomen as (
    select *
    from metrics.nagekomen
),

edities as (
    select periode
    from staging.grootboek_eerder
    group by periode
),

gemeenten as (
    select gemeentecode
    from nagekomen
    group by gemeentecode
),

gepubliceerd as (
    select
        periode,
        gemeentecode,
        case when count(*) = count(deel) then sum(deel)::bigint end as eindsaldo
    from staging.eerder_totaal
    where cijfer_id = 'saldo.eind'
    group by
        periode,
        gemeentecode
),

geteld as (
    select
        edities.periode,
        gemeenten.gemeentecode,
        coalesce(sum(nagekomen.aantal) filter (where nagekomen.soort = 'nagekomen'), 0)::bigint as nagekomen,
        coalesce(sum(nagekomen.aantal) filter (where nagekomen.soort = 'gewijzigd'), 0)::bigint as gewijzigd,
        coalesce(sum(nagekomen.aantal) filter (where nagekomen.soort = 'vervallen'), 0)::bigint as vervallen,
        coalesce(sum(nagekomen.aantal), 0)::bigint as netto,
        count(nagekomen.aantal) as afmeldingen
    from edities
    cross join gemeenten
    left join nagekomen
        on
            edities.periode = nagekomen.periode
            and gemeenten.gemeentecode = nagekomen.gemeentecode
    group by
        edities.periode,
        gemeenten.gemeentecode
),

opgeteld as (
    select
        *,
        (sum(netto) over tot_hier)::bigint as tot_en_met
    from geteld
    window tot_hier as (
        partition by gemeentecode
        order by halfjaar_eind(periode)
        rows unbounded preceding
    )
)

select
    opgeteld.periode,
    opgeteld.gemeentecode,
    opgeteld.nagekomen,
    opgeteld.gewijzigd,
    opgeteld.vervallen,
    opgeteld.netto,
    opgeteld.tot_en_met,
    gepubliceerd.eindsaldo as eindsaldo_gepubliceerd,
    gepubliceerd.eindsaldo - opgeteld.tot_en_met as eindsaldo_met
from opgeteld
left join gepubliceerd
    on
        opgeteld.periode = gepubliceerd.periode
        and opgeteld.gemeentecode = gepubliceerd.gemeentecode
where
    opgeteld.afmeldingen > 0
    or opgeteld.tot_en_met <> 0
