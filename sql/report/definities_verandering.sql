-- what: the definitions of the key figures of the previous half-year and of the change since.
-- definition: made from the definition of the figure itself; a change of a percentage is in procentpunt.
-- grain: one row per cijfer_id
with kern as (
    select *
    from report.definities_kern
)

select
    'vorige.' || replace(cijfer_id, '.', '_') as cijfer_id,
    naam || ', vorig halfjaar' as naam,
    eenheid,
    decimalen,
    false as optelbaar,
    naam || ' van het vorige halfjaar, zoals gepubliceerd. Niet van toepassing (n.v.t.) als daarvan geen gepubliceerde editie beschikbaar is.'
        as definitie,
    'Gepubliceerde editie van het vorige halfjaar' as bron,
    'report.verandering' as model
from kern
union all
select
    'verandering.' || replace(cijfer_id, '.', '_') as cijfer_id,
    naam || ', verandering' as naam,
    case when eenheid = 'procent' then 'procentpunt' else eenheid end as eenheid,
    decimalen,
    false as optelbaar,
    'Dit halfjaar min het vorige halfjaar, zoals gepubliceerd: ' || lower(naam[1]) || naam[2:]
    || '. Niet van toepassing (n.v.t.) als van het vorige halfjaar geen gepubliceerde editie beschikbaar is.' as definitie,
    'Eigen berekening' as bron,
    'report.verandering' as model
from kern
order by
    cijfer_id
