-- what: every announced national number and every prognosis that was known on the briefdatum, as versions.
-- definition: where the delivery holds announcements these alone count, else the shipped series. A number of which nobody knows when
--   it became known is left out. `versie` counts from 1 in the order in which they became known, `laatste` marks the last one.
-- source: levering.rijk_taakstelling, else referentie.landelijk; Huisvestingswet 2014, art. 29 lid 1 onder a
-- grain: one row per periode, grootheid (taakstelling or prognose) and versie
with parameters as (
    select briefdatum
    from invoer.parameters
),

aanwezig as (
    select taakstelling as geleverd
    from staging.aanwezig
),

bekend as (
    select
        periode,
        grootheid,
        aantal,
        publicatiedatum,
        bekend_op,
        bron,
        0 as volgnummer
    from levering.rijk_taakstelling
    union all
    select
        landelijk.periode,
        landelijk.grootheid,
        landelijk.waarde as aantal,
        landelijk.publicatiedatum,
        landelijk.bekend_op,
        landelijk.bron,
        landelijk.volgnummer
    from referentie.landelijk
    cross join aanwezig
    where
        landelijk.grootheid in ('taakstelling', 'prognose')
        and not aanwezig.geleverd
)

select
    bekend.periode,
    bekend.grootheid,
    row_number() over (
        partition by
            bekend.periode,
            bekend.grootheid
        order by
            bekend.bekend_op,
            bekend.volgnummer
    ) as versie,
    row_number() over (
        partition by
            bekend.periode,
            bekend.grootheid
        order by
            bekend.bekend_op desc,
            bekend.volgnummer desc
    ) = 1 as laatste,
    bekend.aantal,
    bekend.publicatiedatum,
    bekend.bekend_op,
    bekend.bron
from bekend
cross join parameters
where bekend.bekend_op <= parameters.briefdatum
