-- what: the koppelingen as they were known at the start of the peildatum, on the municipalities of the period's year.
-- definition: a koppeling of the peildatum or later does not exist yet; an end, offer, refusal or contract of then has not happened
--   yet. An offer that was refused terecht is no offer (`aanbod_geldig` is empty); refused onterecht it stays one.
-- source: levering.coa_koppelingen; DOMAIN, the funnel
-- form: view
-- grain: one row per koppeling
with parameters as (
    select peildatum
    from invoer.parameters
),

koppelingen as (
    select *
    from levering.coa_koppelingen
),

eenduidig as (
    select *
    from staging.gemeente_overgang
    where deel_code is null
),

per_persoon as (
    select *
    from staging.persoon_overgang
)

select
    koppelingen.koppeling_id,
    persoonsleutel(koppelingen.persoon) as sleutel,
    coalesce(per_persoon.nieuwe_code, eenduidig.nieuwe_code, koppelingen.gemeentecode) as gemeentecode,
    koppelingen.datum_koppeling as koppeling,
    case when koppelingen.datum_einde < parameters.peildatum then koppelingen.datum_einde end as einde,
    case when koppelingen.datum_einde < parameters.peildatum then koppelingen.reden_einde end as reden_einde,
    case when koppelingen.datum_aanbod < parameters.peildatum then koppelingen.datum_aanbod end as aanbod,
    case when koppelingen.datum_weigering < parameters.peildatum then koppelingen.weigering end as weigering,
    case
        when
            koppelingen.datum_aanbod < parameters.peildatum
            and not coalesce(koppelingen.weigering = 'terecht' and koppelingen.datum_weigering < parameters.peildatum, false)
            then koppelingen.datum_aanbod
    end as aanbod_geldig,
    case when koppelingen.datum_huurcontract < parameters.peildatum then koppelingen.datum_huurcontract end as huurcontract,
    koppelingen.koppelingsgrond,
    koppelingen.arbeidsmarktscreening,
    koppelingen.reden_vertraging
from koppelingen
cross join parameters
left join eenduidig
    on
        koppelingen.gemeentecode = eenduidig.oude_code
        and koppelingen.datum_koppeling < eenduidig.tot
left join per_persoon
    on
        koppelingen.gemeentecode = per_persoon.oude_code
        and persoonsleutel(koppelingen.persoon) = per_persoon.sleutel
        and koppelingen.datum_koppeling < per_persoon.tot
where koppelingen.datum_koppeling < parameters.peildatum
