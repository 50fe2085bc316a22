-- what: per half-year the announced national number that was known on the briefdatum.
-- definition: of the versions known on the briefdatum the last one counts; a later revision replaces an earlier announcement.
-- source: Huisvestingswet 2014, art. 29 lid 1 onder a (announcement in the Staatscourant); referentie.landelijk
-- grain: one row per half-year with a known announcement
with parameters as (
    select briefdatum
    from invoer.parameters
),

landelijk as (
    select *
    from referentie.landelijk
)

select
    landelijk.periode,
    arg_max(landelijk.waarde, landelijk.volgnummer) as taakstelling,
    arg_max(landelijk.bekend_op, landelijk.volgnummer) as bekend_op,
    arg_max(landelijk.bron, landelijk.volgnummer) as bron,
    count(*) as versies
from landelijk
cross join parameters
where
    landelijk.grootheid = 'taakstelling'
    and landelijk.bekend_op <= parameters.briefdatum
group by landelijk.periode
