-- what: the figures on afmeldingen that came in after the published edition of their half-year, for every area.
-- definition: NULL (n.v.t.) when no published edition with a ledger is on hand, or no ledger now. min_1 is the half-
--   year before this one, eerder are those before it. gemeenten counts municipalities whose eindsaldo of the last published half-year
--   would have been another.
-- grain: one row per cijfer_id and gebied
with parameters as (
    select periode_vorige
    from invoer.parameters
),

gebied_gemeente as (
    select *
    from metrics.gebied_gemeente
),

bekend as (
    select
        aanwezig.afmeldingen and exists (select 1 from staging.grootboek_eerder) as bekend
    from staging.aanwezig
),

laatste as (
    select arg_max(periode, halfjaar_eind(periode)) as periode
    from (select distinct grootboek_eerder.periode from staging.grootboek_eerder) as edities
),

per_gemeente as (
    select
        nagekomen_gemeente.gemeentecode,
        sum(nagekomen_gemeente.nagekomen) as nagekomen,
        sum(nagekomen_gemeente.gewijzigd) as gewijzigd,
        sum(nagekomen_gemeente.vervallen) as vervallen,
        sum(nagekomen_gemeente.netto) as netto,
        sum(nagekomen_gemeente.netto) filter (where nagekomen_gemeente.periode = parameters.periode_vorige) as min_1,
        sum(nagekomen_gemeente.netto) filter (where nagekomen_gemeente.periode <> parameters.periode_vorige) as eerder,
        count(*) filter (where nagekomen_gemeente.periode = laatste.periode and nagekomen_gemeente.tot_en_met <> 0) as anders
    from metrics.nagekomen_gemeente
    cross join parameters
    cross join laatste
    group by nagekomen_gemeente.gemeentecode
),

per_gebied as (
    select
        gebied_gemeente.gebied,
        coalesce(sum(per_gemeente.nagekomen), 0) as nagekomen,
        coalesce(sum(per_gemeente.gewijzigd), 0) as gewijzigd,
        coalesce(sum(per_gemeente.vervallen), 0) as vervallen,
        coalesce(sum(per_gemeente.netto), 0) as netto,
        coalesce(sum(per_gemeente.min_1), 0) as min_1,
        coalesce(sum(per_gemeente.eerder), 0) as eerder,
        coalesce(sum(per_gemeente.anders), 0) as anders
    from gebied_gemeente
    left join per_gemeente
        on gebied_gemeente.gemeentecode = per_gemeente.gemeentecode
    group by gebied_gemeente.gebied
),

cijfers as (
    select
        per_gebied.gebied,
        unnest(map_entries(map {
            'nagekomen.afmeldingen': case when bekend.bekend then per_gebied.nagekomen end::decimal(18, 4),
            'nagekomen.gewijzigd': case when bekend.bekend then per_gebied.gewijzigd end,
            'nagekomen.vervallen': case when bekend.bekend then per_gebied.vervallen end,
            'nagekomen.netto': case when bekend.bekend then per_gebied.netto end,
            'nagekomen.netto_min_1': case when bekend.bekend then per_gebied.min_1 end,
            'nagekomen.netto_eerder': case when bekend.bekend then per_gebied.eerder end,
            'nagekomen.gemeenten': case when bekend.bekend then per_gebied.anders end
        })) as cijfer
    from per_gebied
    cross join bekend
),

saldi as (
    select
        nagekomen_gemeente.gemeentecode as gebied,
        unnest(map_entries(map {
            'nagekomen.eindsaldo_gepubliceerd': nagekomen_gemeente.eindsaldo_gepubliceerd::decimal(18, 4),
            'nagekomen.eindsaldo_met': nagekomen_gemeente.eindsaldo_met
        })) as cijfer
    from metrics.nagekomen_gemeente
    inner join laatste
        on nagekomen_gemeente.periode = laatste.periode
    where exists (select 1 from gebied_gemeente where gebied_gemeente.gebied = nagekomen_gemeente.gemeentecode)
),

landelijk as (
    select
        'NL' as gebied,
        unnest(map_entries(map {
            'nagekomen.eindsaldo_gepubliceerd': sum(eindsaldo)::decimal(18, 4),
            'nagekomen.eindsaldo_met': sum(eindsaldo) - sum(netto)
        })) as cijfer
    from (
        select
            cijfers.waarde as eindsaldo,
            (select coalesce(sum(nagekomen_gemeente.netto), 0) from metrics.nagekomen_gemeente) as netto
        from bekend
        left join laatste
            on bekend.bekend
        left join eerder.cijfers
            on
                laatste.periode = cijfers.periode
                and cijfers.gebied = 'NL'
                and cijfers.cijfer_id = 'saldo.eind'
    ) as totaal
)

select
    cijfer.key as cijfer_id,
    gebied,
    cijfer.value as waarde
from cijfers
union all
select
    cijfer.key as cijfer_id,
    gebied,
    cijfer.value as waarde
from saldi
union all
select
    cijfer.key as cijfer_id,
    gebied,
    cijfer.value as waarde
from landelijk
order by
    cijfer_id,
    gebied
