-- what: elk cijfer van de gepubliceerde editie van dit halfjaar naast dat van nu, met het deel van elke oorzaak.
-- grain: één rij per cijfer en gebied
with alle as (
    select
        cijfer_id,
        gebied
    from herziening.stappen
    union
    select
        cijfer_id,
        gebied
    from report.waarden
    where exists (select 1 from herziening.editie)
)

select
    alle.cijfer_id,
    replace(alle.cijfer_id, '.', '_') as kerncijfer,
    alle.gebied,
    case when herzieningen.cijfer_id is null then stappen.oud else herzieningen.oud end as oud,
    case when herzieningen.cijfer_id is null then stappen.oud else herzieningen.nieuw end as nieuw,
    case when herzieningen.cijfer_id is null then 0 else herzieningen.verschil end as verschil,
    case when herzieningen.cijfer_id is null then 0 else herzieningen.definitie end as definitie,
    case when herzieningen.cijfer_id is null then 0 else herzieningen.eerder end as eerder,
    case when herzieningen.cijfer_id is null then 0 else herzieningen.correcties end as correcties,
    case when herzieningen.cijfer_id is null then 0 else herzieningen.nagekomen end as nagekomen,
    case when herzieningen.cijfer_id is null then 0 else herzieningen.herindeling end as herindeling
from alle
left join herziening.stappen
    on
        alle.cijfer_id = stappen.cijfer_id
        and alle.gebied = stappen.gebied
left join report.herzieningen
    on
        alle.cijfer_id = herzieningen.cijfer_id
        and alle.gebied = herzieningen.gebied
