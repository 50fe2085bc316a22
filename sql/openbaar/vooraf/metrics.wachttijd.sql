-- what: waiting times from 10 persons up; of fewer no median, quartile or average is given.
-- definition: the sum of days is that of the rounded number of persons at the same average.
-- source: DESIGN, Disclosure
-- grain: one row per traject, groepsoort and groep
with wachttijd as (
    select
        wachttijd.*,
        afronding.afgerond
    from metrics.wachttijd
    left join openbaar.afronding as afronding
        on
            'wachttijd.' || wachttijd.traject || '.' || wachttijd.groepsoort || '.' || wachttijd.groep || '.bereikt_halfjaar' = afronding.cel
            and afronding.van_gebied = 'NL'
)

select
    traject,
    groepsoort,
    groep,
    aantal,
    bereikt,
    case when aantal >= 10 then mediaan end as mediaan,
    case when aantal >= 10 then mediaan_ondergrens end as mediaan_ondergrens,
    case when aantal >= 10 then mediaan_bovengrens end as mediaan_bovengrens,
    case when aantal >= 10 then kwartiel_1 end as kwartiel_1,
    case when aantal >= 10 then kwartiel_1_ondergrens end as kwartiel_1_ondergrens,
    case when aantal >= 10 then kwartiel_1_bovengrens end as kwartiel_1_bovengrens,
    case when aantal >= 10 then kwartiel_3 end as kwartiel_3,
    case when aantal >= 10 then kwartiel_3_ondergrens end as kwartiel_3_ondergrens,
    case when aantal >= 10 then kwartiel_3_bovengrens end as kwartiel_3_bovengrens,
    bereikt_halfjaar,
    case when bereikt_halfjaar >= 10 then round(dagen_halfjaar * afgerond / bereikt_halfjaar)::bigint end as dagen_halfjaar
from wachttijd
