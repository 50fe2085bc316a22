-- what: the definitions of the figures of prognosis, announcement and outcome.
-- definition: written out per half-year; the ids end as in report.cijfers_vooruitblik.
-- grain: one row per cijfer_id
with halfjaren as (
    select
        unnest([-2, -1, 0, 1, 2]) as afstand,
        unnest(['_min_2', '_min_1', '_0', '_1', '_2']) as achtervoegsel,
        unnest([
            'het halfjaar voor het vorige',
            'het vorige halfjaar',
            'dit halfjaar',
            'het volgende halfjaar',
            'het halfjaar na het volgende'
        ]) as halfjaar
),

maten as (
    select *
    from (
        values
        (
            'vooruitblik.prognose_eerste', 'Eerste prognose voor {halfjaar}', 'personen', 2,
            'De eerste prognose van de landelijke taakstelling voor {halfjaar} die op de briefdatum bekend was.',
            'Ministerie, prognoses bij de aankondigingen'
        ),
        (
            'vooruitblik.prognose', 'Prognose voor {halfjaar}', 'personen', 2,
            'De laatste prognose van de landelijke taakstelling voor {halfjaar} die op de briefdatum bekend was.',
            'Ministerie, prognoses bij de aankondigingen'
        ),
        (
            'vooruitblik.prognose_verschil', 'Prognose min taakstelling van {halfjaar}', 'personen', 2,
            'De laatste prognose min de aangekondigde taakstelling van {halfjaar}. Eigen keuze: van beide telt de laatste die op de briefdatum bekend was.',
            'Eigen berekening'
        ),
        (
            'vooruitblik.taakstelling_eerste', 'Eerst aangekondigde taakstelling van {halfjaar}', 'personen', 2,
            'De landelijke taakstelling van {halfjaar}, zoals voor het eerst aangekondigd.',
            'Huisvestingswet 2014, artikel 29, eerste lid, onder a'
        ),
        (
            'vooruitblik.taakstelling', 'Taakstelling van {halfjaar}', 'personen', 2,
            'De aangekondigde landelijke taakstelling van {halfjaar}, zoals bekend op de briefdatum.',
            'Huisvestingswet 2014, artikel 29, eerste lid, onder a'
        ),
        (
            'vooruitblik.herzieningen', 'Herzieningen van de taakstelling van {halfjaar}', 'keer', 2,
            'Hoe vaak de taakstelling van {halfjaar} na de eerste aankondiging tot en met de briefdatum opnieuw is aangekondigd. Een herhaling met hetzelfde aantal telt mee.',
            'Huisvestingswet 2014, artikel 29, eerste lid, onder a'
        ),
        (
            'vooruitblik.realisatie', 'Realisatie van {halfjaar}', 'personen', 0,
            'De landelijke realisatie van {halfjaar}. Van een eerder halfjaar telt de gepubliceerde editie; is die er niet, dan is het cijfer niet van toepassing (n.v.t.).',
            'Gepubliceerde edities'
        ),
        (
            'vooruitblik.realisatie_verschil', 'Realisatie min aangekondigde taakstelling van {halfjaar}', 'personen', 0,
            'De landelijke realisatie van {halfjaar} min de aangekondigde taakstelling, zonder het saldo aan het begin.',
            'Eigen berekening'
        )
    ) as maat (cijfer_id, naam, eenheid, tot_en_met, definitie, bron)
)

select
    maten.cijfer_id || halfjaren.achtervoegsel as cijfer_id,
    replace(maten.naam, '{halfjaar}', halfjaren.halfjaar) as naam,
    maten.eenheid,
    0 as decimalen,
    false as optelbaar,
    replace(maten.definitie, '{halfjaar}', halfjaren.halfjaar) as definitie,
    maten.bron,
    'metrics.vooruitblik' as model
from maten
cross join halfjaren
where halfjaren.afstand <= maten.tot_en_met
order by
    cijfer_id
