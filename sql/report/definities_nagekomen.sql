-- what: the definitions of the figures on afmeldingen that came in after the published edition of their half-year.
-- grain: one row per cijfer_id
select
    cijfer_id,
    naam,
    eenheid,
    decimalen,
    optelbaar,
    definitie,
    bron,
    model
from (
    values
    (
        'nagekomen.afmeldingen', 'Nagekomen afmeldingen', 'personen', 0, true,
        'Afmeldingen, min correcties daarop, met een dag vóór dit halfjaar die nu wel in het grootboek van het COA staan en niet in dat van de gepubliceerde editie van hun halfjaar. Niet van toepassing (n.v.t.) zonder grootboek nu of in een gepubliceerde editie.',
        'COA, afmeldingen, en gepubliceerde edities', 'metrics.nagekomen_gemeente'
    ),
    (
        'nagekomen.gewijzigd', 'Gewijzigde afmeldingen', 'personen', 0, true,
        'Wat de realisatie van eerdere halfjaren meer of minder zou zijn door afmeldingen die nu een andere dag, gemeente of teken hebben dan in de gepubliceerde editie. Niet van toepassing (n.v.t.) zonder grootboek nu of in een gepubliceerde editie.',
        'COA, afmeldingen, en gepubliceerde edities', 'metrics.nagekomen_gemeente'
    ),
    (
        'nagekomen.vervallen', 'Vervallen afmeldingen', 'personen', 0, true,
        'Wat de realisatie van eerdere halfjaren meer of minder zou zijn door afmeldingen die wel in de gepubliceerde editie staan en nu niet meer in het grootboek. Niet van toepassing (n.v.t.) zonder grootboek nu of in een gepubliceerde editie.',
        'COA, afmeldingen, en gepubliceerde edities', 'metrics.nagekomen_gemeente'
    ),
    (
        'nagekomen.netto', 'Nagekomen realisatie', 'personen', 0, true,
        'Nagekomen, gewijzigde en vervallen afmeldingen samen: zoveel meer zou de realisatie van eerdere halfjaren nu zijn. Niet van toepassing (n.v.t.) zonder grootboek nu of in een gepubliceerde editie.',
        'COA, afmeldingen, en gepubliceerde edities', 'metrics.nagekomen_gemeente'
    ),
    (
        'nagekomen.netto_min_1', 'Nagekomen realisatie van het vorige halfjaar', 'personen', 0, true,
        'Het deel van de nagekomen realisatie dat bij het vorige halfjaar hoort. Niet van toepassing (n.v.t.) zonder grootboek nu of in een gepubliceerde editie.',
        'COA, afmeldingen, en gepubliceerde edities', 'metrics.nagekomen_gemeente'
    ),
    (
        'nagekomen.netto_eerder', 'Nagekomen realisatie van oudere halfjaren', 'personen', 0, true,
        'Het deel van de nagekomen realisatie dat bij halfjaren voor het vorige hoort. Niet van toepassing (n.v.t.) zonder grootboek nu of in een gepubliceerde editie.',
        'COA, afmeldingen, en gepubliceerde edities', 'metrics.nagekomen_gemeente'
    ),
    (
        'nagekomen.gemeenten', 'Gemeenten met een ander gepubliceerd saldo', 'gemeenten', 0, true,
        'Gemeenten waarvan het eindsaldo van het laatst gepubliceerde halfjaar met de nagekomen realisatie anders was geweest. Niet van toepassing (n.v.t.) zonder grootboek nu of in een gepubliceerde editie.',
        'COA, afmeldingen, en gepubliceerde edities', 'metrics.nagekomen_gemeente'
    ),
    (
        'nagekomen.eindsaldo_gepubliceerd', 'Gepubliceerd eindsaldo', 'personen', 0, false,
        'Het eindsaldo van het laatst gepubliceerde halfjaar, zoals gepubliceerd, op de gemeentelijke indeling van dit jaar. Niet van toepassing (n.v.t.) zonder grootboek nu of in een gepubliceerde editie.',
        'COA, afmeldingen, en gepubliceerde edities', 'metrics.nagekomen_gemeente'
    ),
    (
        'nagekomen.eindsaldo_met', 'Eindsaldo met nagekomen realisatie', 'personen', 0, false,
        'Het gepubliceerde eindsaldo min de nagekomen realisatie van dat halfjaar en alle halfjaren ervoor. De saldi in deze rapportage rekenen met het gepubliceerde eindsaldo. Niet van toepassing (n.v.t.) zonder grootboek nu of in een gepubliceerde editie.',
        'COA, afmeldingen, en gepubliceerde edities', 'metrics.nagekomen_gemeente'
    )
) as sjabloon (cijfer_id, naam, eenheid, decimalen, optelbaar, definitie, bron, model)
order by
    cijfer_id
