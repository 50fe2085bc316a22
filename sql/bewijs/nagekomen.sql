-- what: de afmeldingen van eerdere halfjaren die niet zo in de gepubliceerde editie staan, met hun gevolg voor de realisatie van toen.
-- grain: één rij per afmelding; een gewijzigde heeft er twee, zoals zij was en zoals zij is
select
    nagekomen.afmelding_id,
    nagekomen.periode,
    nagekomen.periode = parameters.periode_vorige as vorig_halfjaar,
    nagekomen.gemeentecode,
    nagekomen.soort,
    nagekomen.aantal
from metrics.nagekomen
cross join invoer.parameters
