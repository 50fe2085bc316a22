-- what: per half-year the announced national number that was known on the briefdatum.
-- definition: of the versions known on the briefdatum the last one counts; a later revision replaces an earlier announcement.
-- source: staging.aankondigingen
-- grain: one row per half-year with a known announcement
select
    periode,
    aantal as taakstelling,
    bekend_op,
    bron,
    versie as versies
from staging.aankondigingen
where
    grootheid = 'taakstelling'
    and laatste
