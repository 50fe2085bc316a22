-- what: the place of each municipality in its groups, and what each of these groups did as a whole.
-- definition: place 1 has the highest realisatie in percent; equals share a place; without a percentage (n.v.t.) there is no place.
--   Of a group the sums over its municipalities are taken, not the mean of their percentages.
-- grain: one row per cijfer_id and gebied (gemeentecode)
with groepen as (
    select *
    from gemeentebladen.groepen
),

register as (
    select *
    from editie.cijfers
),

soorten as (
    select distinct
        groepen.gemeentecode,
        soorten.soort
    from groepen
    cross join (values ('grootte'), ('provincie'), ('land')) as soorten (soort)
),

rekening as (
    select
        gebied as gemeentecode,
        max(waarde) filter (where cijfer_id = 'taakstelling.gecorrigeerd') as gecorrigeerd,
        max(waarde) filter (where cijfer_id = 'realisatie.totaal') as realisatie,
        max(waarde) filter (where cijfer_id = 'realisatie.percentage') as percentage,
        max(waarde) filter (where cijfer_id = 'stand.voldaan') as voldaan,
        max(waarde) filter (where cijfer_id = 'koppelingen.totaal') as gekoppeld,
        max(waarde) filter (where cijfer_id = 'koppelingen.langer_dan_norm') as langer_dan_norm
    from register
    group by gebied
),

leden as (
    select
        groepen.soort,
        groepen.groep,
        rekening.*
    from groepen
    inner join rekening
        on groepen.gemeentecode = rekening.gemeentecode
),

plaatsen as (
    select
        soort,
        groep,
        gemeentecode,
        case
            when percentage is not null
                then rank() over (
                    partition by soort, groep
                    order by percentage desc nulls last
                )
        end as plaats
    from leden
),

samen as (
    select
        soort,
        groep,
        count(*) as gemeenten,
        count(percentage) as met_percentage,
        sum(gecorrigeerd)::bigint as gecorrigeerd,
        sum(realisatie)::bigint as realisatie,
        sum(voldaan)::bigint as voldaan,
        sum(gekoppeld)::bigint as gekoppeld,
        sum(langer_dan_norm)::bigint as langer_dan_norm
    from leden
    group by
        soort,
        groep
),

per_soort as (
    select
        soorten.gemeentecode,
        soorten.soort,
        unnest(map_entries(map {
            'plaats': plaatsen.plaats::decimal(18, 4),
            'gemeenten': samen.gemeenten,
            'met_percentage': samen.met_percentage,
            'realisatie_procent': realisatie_percentage(samen.realisatie, samen.gecorrigeerd),
            'voldaan': samen.voldaan,
            'langer_dan_norm_procent': procent(samen.langer_dan_norm, samen.gekoppeld)
        })) as cijfer
    from soorten
    left join plaatsen
        on
            soorten.gemeentecode = plaatsen.gemeentecode
            and soorten.soort = plaatsen.soort
    left join samen
        on
            plaatsen.soort = samen.soort
            and plaatsen.groep = samen.groep
)

select
    'vergelijking.' || soort || '_' || cijfer.key as cijfer_id,
    gemeentecode as gebied,
    cijfer.value as waarde
from per_soort
order by
    cijfer_id,
    gebied
