-- what: the definitions of the key figures beside the published edition of this half-year.
-- definition: made from the name of the figure itself; a difference of a percentage is in procentpunt.
-- grain: one row per cijfer_id
with kern as (
    select *
    from report.definities_kern
),

delen as (
    select
        unnest(['oud', 'verschil', 'definitie', 'eerder', 'correcties', 'nagekomen', 'herindeling']) as deel,
        unnest([
            'zoals gepubliceerd',
            'verschil met de gepubliceerde editie',
            'verschil door definitie of code',
            'verschil door eerdere edities',
            'verschil door correcties',
            'verschil door nagekomen gegevens',
            'verschil door herindeling'
        ]) as naam,
        unnest([
            'Het kerncijfer in de eerder gepubliceerde editie van dit halfjaar.',
            'Het kerncijfer van deze editie min dat van de gepubliceerde editie. De delen per oorzaak tellen op tot dit verschil.',
            'Het deel van het verschil dat ontstaat als de oude levering met de rekenregels en normen van nu wordt doorgerekend.',
            'Het deel door andere gepubliceerde cijfers van eerdere halfjaren.',
            'Het deel door rijen die nu anders zijn of weg, ook door de lijst van correcties.',
            'Het deel door rijen die nieuw zijn en gegevens die eerst leeg waren.',
            'Het deel door de lijst van herindelingen, de geleverde aandelen en de geleverde delen per persoon.'
        ]) as definitie
)

select
    'herziening.' || replace(kern.cijfer_id, '.', '_') || '_' || delen.deel as cijfer_id,
    kern.naam || ', ' || delen.naam as naam,
    case when kern.eenheid = 'procent' and delen.deel <> 'oud' then 'procentpunt' else kern.eenheid end as eenheid,
    kern.decimalen,
    false as optelbaar,
    delen.definitie || ' Niet van toepassing (n.v.t.) als dit halfjaar niet eerder is gepubliceerd.' as definitie,
    'Eigen berekening' as bron,
    'report.herzieningen' as model
from kern
cross join delen
union all
select
    cijfer_id,
    naam,
    eenheid,
    0 as decimalen,
    false as optelbaar,
    definitie || ' Niet van toepassing (n.v.t.) als dit halfjaar niet eerder is gepubliceerd.' as definitie,
    'Eigen berekening' as bron,
    'report.herzieningen' as model
from (
    values
    (
        'herziening.cijfers', 'Herziene cijfers', 'keer',
        'Het aantal cijfers, in alle gebieden, dat anders is dan in de eerder gepubliceerde editie van dit halfjaar.'
    ),
    (
        'herziening.gelijk', 'Niet herziene cijfers', 'keer',
        'Het aantal cijfers, in alle gebieden, dat gelijk is aan dat in de eerder gepubliceerde editie van dit halfjaar, of in beide n.v.t. is.'
    ),
    (
        'herziening.gemeenten', 'Gemeenten met een herzien eindsaldo', 'gemeenten',
        'Gemeenten met een ander eindsaldo dan in de eerder gepubliceerde editie van dit halfjaar.'
    )
) as geteld (cijfer_id, naam, eenheid, definitie)
order by
    cijfer_id
