-- severity: block
-- tabel: metrics.taakstelling_gebied
-- titel: Achter, exact en voor tellen samen op tot het aantal gemeenten, en de klassen ook
-- what: areas where the counts of municipalities do not add up.
-- why: a municipality without a saldo would fall outside every class.
select
    gebied,
    gemeenten,
    achter,
    exact,
    voor,
    op_schema,
    enigszins_achter,
    klasse_achter
from metrics.taakstelling_gebied
where
    achter + exact + voor <> gemeenten
    or op_schema + enigszins_achter + klasse_achter <> gemeenten
order by
    gebied
