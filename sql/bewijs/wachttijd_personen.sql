-- what: wie met een vergunning in de opvang was, met de dagen van vergunning tot koppeling of huisvesting,
--   of tot het wachten uit beeld raakte.
-- definition: as metrics.wachttijd_cel counts them, but one by one; gevolgd are the starts of the last four half-years.
-- grain: één rij per traject en persoon
with parameters as (
    select
        begin,
        peildatum,
        halfjaar_terug(peildatum, 4) as oudste
    from invoer.parameters
),

huishoudens as (
    select
        huishouden,
        count(*) as leden
    from staging.personen
    group by huishouden
),

eerste_koppeling as (
    select
        sleutel,
        min(koppeling) as koppeling
    from staging.koppelingen
    group by sleutel
),

opvang as (
    select
        personen.sleutel,
        personen.categorie,
        huishoudklasse(huishoudens.leden) as grootte,
        personen.vergunning as start,
        coalesce(personen.vertrek, parameters.peildatum) as einde,
        eerste_koppeling.koppeling,
        case when personen.vertrek_reden = 'gehuisvest' then personen.vertrek end as huisvesting,
        personen.vergunning >= parameters.oudste as gevolgd
    from staging.personen as personen
    cross join parameters
    left join huishoudens
        on personen.huishouden = huishoudens.huishouden
    left join eerste_koppeling
        on personen.sleutel = eerste_koppeling.sleutel
    where
        personen.vergunning is not null
        and personen.aankomst is not null
        and (personen.vertrek is null or personen.vertrek >= personen.vergunning)
),

waarnemingen as (
    select
        'vergunning_koppeling' as traject,
        *,
        koppeling as doel
    from opvang
    union all
    select
        'vergunning_huisvesting' as traject,
        *,
        huisvesting as doel
    from opvang
)

select
    waarnemingen.traject,
    waarnemingen.sleutel,
    coalesce(waarnemingen.categorie, 'onbekend') as categorie,
    coalesce(waarnemingen.grootte, 'onbekend') as grootte,
    waarnemingen.start,
    waarnemingen.doel,
    least(waarnemingen.doel, waarnemingen.einde) - waarnemingen.start as dag,
    waarnemingen.gevolgd,
    coalesce(waarnemingen.doel <= waarnemingen.einde, false) as bereikt,
    coalesce(waarnemingen.doel <= waarnemingen.einde and waarnemingen.doel >= parameters.begin, false) as bereikt_in_halfjaar
from waarnemingen
cross join parameters
