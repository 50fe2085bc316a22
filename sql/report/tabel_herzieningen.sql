-- what: every figure that differs from the published edition of this half-year, as an open table.
-- definition: as in report.herzieningen; no rows when this half-year was not published before.
-- grain: one row per cijfer_id and gebied that differs
with gebieden as (
    select *
    from report.gebieden
)

select
    herzieningen.cijfer_id,
    herzieningen.gebied,
    gebieden.naam,
    herzieningen.oud,
    herzieningen.nieuw,
    herzieningen.verschil,
    herzieningen.definitie,
    herzieningen.eerder,
    herzieningen.correcties,
    herzieningen.nagekomen,
    herzieningen.herindeling,
    herzieningen.oorzaken
from report.herzieningen
left join gebieden
    on herzieningen.gebied = gebieden.gebied
order by
    gebieden.volgorde nulls last,
    herzieningen.gebied,
    herzieningen.cijfer_id
