-- what: every figure beside the published edition of this half-year, and what made it differ.
-- definition: verschil = nieuw - oud, split over the steps of herziening.stappen, each the value after a step minus the last known
--   value before it: definitie (SQL, norms, reference data; also the rest, where other code made the new edition than compared it),
--   eerder (the published editions of earlier half-years), correcties (rows of the delivery that changed or are gone), nagekomen
--   (rows that are new), herindeling (the shipped register and the delivered shares). The parts add up to verschil. They are NULL
--   where the figure is not known (n.v.t.) before or after; `oorzaken` then still names the steps that changed it. Where persons
--   cannot be told from one another (another key for V-numbers), correcties and nagekomen are NULL for what one of them changed.
-- source: herziening.stappen, herziening.bevindingen
-- grain: one row per cijfer_id and gebied that differs, or that has a value on one side alone; causes that cancel out give none.
--   None without a published edition of this half-year
with stappen as (
    select *
    from herziening.stappen
),

personen as (
    select count(*) > 0 as onherkenbaar
    from herziening.bevindingen
    where soort = 'sleutel'
),

waarden as (
    select
        cijfer_id,
        gebied,
        waarde::decimal(18, 4) as waarde
    from report.waarden
),

naast_elkaar as (
    select
        coalesce(stappen.cijfer_id, waarden.cijfer_id) as cijfer_id,
        coalesce(stappen.gebied, waarden.gebied) as gebied,
        stappen.oud,
        stappen.register,
        stappen.definitie,
        stappen.eerder,
        stappen.correcties,
        stappen.nagekomen,
        stappen.slot,
        waarden.waarde as nieuw
    from stappen
    full join waarden
        on
            stappen.cijfer_id = waarden.cijfer_id
            and stappen.gebied = waarden.gebied
    where exists (select 1 from stappen)
),

bekend as (
    select
        cijfer_id,
        gebied,
        oud,
        nieuw,
        oud is not null and nieuw is not null as telbaar,
        personen.onherkenbaar and nagekomen is distinct from eerder as gemengd,
        coalesce(register, oud) as na_register,
        coalesce(definitie, register, oud) as na_definitie,
        coalesce(eerder, definitie, register, oud) as na_eerder,
        coalesce(correcties, eerder, definitie, register, oud) as na_correcties,
        coalesce(nagekomen, correcties, eerder, definitie, register, oud) as na_nagekomen,
        coalesce(slot, nagekomen, correcties, eerder, definitie, register, oud) as na_slot,
        concat_ws(
            ', ',
            case when definitie is distinct from register or nieuw is distinct from slot then 'definitie' end,
            case when eerder is distinct from definitie then 'eerder' end,
            case when correcties is distinct from eerder or gemengd then 'correcties' end,
            case when nagekomen is distinct from correcties then 'nagekomen' end,
            case when register is distinct from oud or slot is distinct from nagekomen then 'herindeling' end
        ) as oorzaken
    from naast_elkaar
    cross join personen
)

select
    cijfer_id,
    gebied,
    oud,
    nieuw,
    nieuw - oud as verschil,
    case when telbaar then na_definitie - na_register + nieuw - na_slot end as definitie,
    case when telbaar then na_eerder - na_definitie end as eerder,
    case when telbaar and not gemengd then na_correcties - na_eerder end as correcties,
    case when telbaar and not gemengd then na_nagekomen - na_correcties end as nagekomen,
    case when telbaar then na_register - oud + na_slot - na_nagekomen end as herindeling,
    oorzaken
from bekend
where oud is distinct from nieuw
order by
    cijfer_id,
    gebied
