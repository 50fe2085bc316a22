-- what: the municipalities of the year of the period, with province, arbeidsmarktregio and inhabitants.
-- definition: inhabitants on 1 January of that year; regiocode is NULL for years without a shipped regional division.
-- source: CBS, gemeentelijke indeling and bevolking; BZK regioatlas
-- grain: one row per gemeente
with parameters as (
    select jaar
    from invoer.parameters
),

gemeenten as (
    select *
    from referentie.gemeenten
),

inwoners as (
    select *
    from referentie.inwoners
),

regios as (
    select *
    from referentie.arbeidsmarktregios
)

select
    gemeenten.gemeentecode,
    gemeenten.gemeente,
    gemeenten.provinciecode,
    gemeenten.provincie,
    regios.regiocode,
    regios.regio,
    inwoners.inwoners
from gemeenten
inner join parameters
    on gemeenten.jaar = parameters.jaar
left join inwoners
    on
        gemeenten.gemeentecode = inwoners.gemeentecode
        and gemeenten.jaar = inwoners.jaar
left join regios
    on
        gemeenten.gemeentecode = regios.gemeentecode
        and gemeenten.jaar = regios.jaar
