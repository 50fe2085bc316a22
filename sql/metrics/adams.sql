-- what: the taakstelling of each municipality by Adams' divisor method, a control beside the published number.
-- definition: the largest rate r with sum(ceil(r * inhabitants)) <= the announced number, over the municipalities without an
--   exemption. Raising r past k / inhabitants adds the (k+1)th person, so r is the n-th smallest of those breakpoints, with n the
--   announced number less one per participant, plus one. The inhabitants of a municipality that another one carries are counted
--   with that one: so Leeuwarden comes out at its published 139 (rounding first and moving afterwards gives 141).
--   The rate follows from all of them together: where the inhabitants of one are not known (a part of a municipality that was
--   divided) there is no rate, for nobody.
-- source: fits the published numbers (DOMAIN, distributing the national number); art. 29 lid 2 for carrying
-- grain: one row per gemeente; none where the inhabitants of one are not known
with parameters as (
    select periode
    from invoer.parameters
),

landelijk as (
    select landelijke_taakstelling.taakstelling
    from staging.landelijke_taakstelling
    inner join parameters
        on landelijke_taakstelling.periode = parameters.periode
),

afspraken as (
    select
        verdeelafspraken.gemeentecode,
        verdeelafspraken.soort,
        verdeelafspraken.drager_code
    from referentie.verdeelafspraken
    inner join parameters
        on verdeelafspraken.periode = parameters.periode
),

volledig as (
    select count(*) = count(inwoners) as volledig
    from staging.inwoners_verdeling
),

deelnemers as (
    select
        coalesce(gedragen.drager_code, inwoners_verdeling.gemeentecode) as gemeentecode,
        sum(inwoners_verdeling.inwoners)::bigint as inwoners,
        max(inwoners_verdeling.inwoners_nederland) as inwoners_nederland
    from staging.inwoners_verdeling
    left join afspraken as vrijgesteld
        on
            inwoners_verdeling.gemeentecode = vrijgesteld.gemeentecode
            and vrijgesteld.soort = 'vrijgesteld'
    left join afspraken as gedragen
        on
            inwoners_verdeling.gemeentecode = gedragen.gemeentecode
            and gedragen.soort = 'gedragen_door'
    where
        inwoners_verdeling.inwoners > 0
        and vrijgesteld.gemeentecode is null
    group by coalesce(gedragen.drager_code, inwoners_verdeling.gemeentecode)
),

aantal as (
    select count(*) as deelnemers
    from deelnemers
),

breekpunten as (
    select
        deelnemers.gemeentecode,
        stap.k,
        deel(stap.k, deelnemers.inwoners) as breekpunt
    from deelnemers
    cross join landelijk
    cross join lateral (
        select unnest(range(1, 2 + 2 * artikel_29(
            landelijk.taakstelling, deelnemers.inwoners, deelnemers.inwoners_nederland
        ))) as k
    ) as stap
),

rangorde as (
    select
        breekpunt,
        count(*) over (order by breekpunt) as tot_en_met
    from breekpunten
),

tarief as (
    select min(rangorde.breekpunt) as tarief
    from rangorde
    cross join landelijk
    cross join aantal
    where rangorde.tot_en_met >= landelijk.taakstelling - aantal.deelnemers + 1
),

toegedeeld as (
    select
        deelnemers.gemeentecode,
        1 + count(breekpunten.k) as personen
    from deelnemers
    cross join tarief
    left join breekpunten
        on
            deelnemers.gemeentecode = breekpunten.gemeentecode
            and breekpunten.breekpunt < tarief.tarief
    group by deelnemers.gemeentecode
)

select
    inwoners_verdeling.gemeentecode,
    coalesce(toegedeeld.personen, 0) as adams
from staging.inwoners_verdeling
cross join landelijk
inner join volledig
    on volledig.volledig
left join toegedeeld
    on inwoners_verdeling.gemeentecode = toegedeeld.gemeentecode
