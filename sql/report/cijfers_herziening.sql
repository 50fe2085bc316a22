-- what: the key figures beside the published edition of this half-year, as figures of the register.
-- definition: herziening.saldo_eind_oud and so on belong to saldo.eind: what was published, the difference, and the part of each cause.
--   NULL (n.v.t.) when this half-year was not published before. Of municipalities those two that report.herzien lists.
-- grain: one row per cijfer_id and gebied
with is_gepubliceerd as (
    select count(*) > 0 as ja
    from herziening.editie
),

waarden as (
    select *
    from report.waarden
),

herzieningen as (
    select *
    from report.herzieningen
),

alle as (
    select
        cijfer_id,
        gebied
    from waarden
    union
    select
        cijfer_id,
        gebied
    from herziening.stappen
),

kern as (
    select
        cijfer_id,
        'NL' as gebied
    from report.verandering
    union all
    select
        unnest(['realisatie.totaal', 'saldo.eind']) as cijfer_id,
        gebied
    from report.herzien
    where gebied <> 'NL'
),

naast_elkaar as (
    select
        kern.cijfer_id,
        kern.gebied,
        is_gepubliceerd.ja,
        herzieningen.cijfer_id is not null as anders,
        waarden.waarde,
        herzieningen.oud,
        herzieningen.verschil,
        herzieningen.definitie,
        herzieningen.eerder,
        herzieningen.correcties,
        herzieningen.nagekomen,
        herzieningen.herindeling
    from kern
    cross join is_gepubliceerd
    left join waarden
        on
            kern.cijfer_id = waarden.cijfer_id
            and kern.gebied = waarden.gebied
    left join herzieningen
        on
            kern.cijfer_id = herzieningen.cijfer_id
            and kern.gebied = herzieningen.gebied
),

gevuld as (
    select
        'herziening.' || replace(cijfer_id, '.', '_') as stam,
        gebied,
        case when anders then oud when ja then waarde end::decimal(18, 4) as oud,
        case when anders then verschil when ja and waarde is not null then 0 end::decimal(18, 4) as verschil,
        case when anders then definitie when ja and waarde is not null then 0 end::decimal(18, 4) as definitie,
        case when anders then eerder when ja and waarde is not null then 0 end::decimal(18, 4) as eerder,
        case when anders then correcties when ja and waarde is not null then 0 end::decimal(18, 4) as correcties,
        case when anders then nagekomen when ja and waarde is not null then 0 end::decimal(18, 4) as nagekomen,
        case when anders then herindeling when ja and waarde is not null then 0 end::decimal(18, 4) as herindeling
    from naast_elkaar
),

per_deel as (
    select
        stam,
        gebied,
        unnest(map_entries(map {
            'oud': oud,
            'verschil': verschil,
            'definitie': definitie,
            'eerder': eerder,
            'correcties': correcties,
            'nagekomen': nagekomen,
            'herindeling': herindeling
        })) as deel
    from gevuld
),

geteld as (
    select
        unnest(map_entries(map {
            'herziening.cijfers': case when is_gepubliceerd.ja then naast.anders end::decimal(18, 4),
            'herziening.gelijk': case when is_gepubliceerd.ja then naast.gelijk end,
            'herziening.gemeenten': case when is_gepubliceerd.ja then naast.gemeenten end
        })) as cijfer
    from is_gepubliceerd
    cross join (
        select
            count(herzieningen.cijfer_id) as anders,
            count(*) filter (where herzieningen.cijfer_id is null) as gelijk,
            count(*) filter (where herzieningen.cijfer_id = 'saldo.eind' and herzieningen.gebied like 'GM%') as gemeenten
        from alle
        left join herzieningen
            on
                alle.cijfer_id = herzieningen.cijfer_id
                and alle.gebied = herzieningen.gebied
    ) as naast
)

select
    stam || '_' || deel.key as cijfer_id,
    gebied,
    deel.value as waarde
from per_deel
union all
select
    cijfer.key as cijfer_id,
    'NL' as gebied,
    cijfer.value as waarde
from geteld
order by
    cijfer_id,
    gebied
