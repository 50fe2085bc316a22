-- what: elk cijfer van de gepubliceerde editie van dit halfjaar naast dat van nu, met het deel van elke oorzaak.
-- grain: één rij per cijfer en gebied
select
    coalesce(herzieningen.cijfer_id, stappen.cijfer_id) as cijfer_id,
    replace(coalesce(herzieningen.cijfer_id, stappen.cijfer_id), '.', '_') as kerncijfer,
    coalesce(herzieningen.gebied, stappen.gebied) as gebied,
    case when herzieningen.cijfer_id is null then stappen.oud else herzieningen.oud end as oud,
    case when herzieningen.cijfer_id is null then stappen.oud else herzieningen.nieuw end as nieuw,
    case when herzieningen.cijfer_id is null then 0 else herzieningen.verschil end as verschil,
    case when herzieningen.cijfer_id is null then 0 else herzieningen.definitie end as definitie,
    case when herzieningen.cijfer_id is null then 0 else herzieningen.eerder end as eerder,
    case when herzieningen.cijfer_id is null then 0 else herzieningen.correcties end as correcties,
    case when herzieningen.cijfer_id is null then 0 else herzieningen.nagekomen end as nagekomen,
    case when herzieningen.cijfer_id is null then 0 else herzieningen.herindeling end as herindeling
from herziening.stappen
full join report.herzieningen
    on
        stappen.cijfer_id = herzieningen.cijfer_id
        and stappen.gebied = herzieningen.gebied
