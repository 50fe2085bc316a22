-- what: realisatie per municipality per month of the period, net of corrections (so a month can be below zero).
-- definition: the sum of the ledger of afmeldingen over the days of the month: +1 for a move, -1 for a correction, counted on its own
--   day. The overview is only the control (checks/overzicht_maanden). A delivery without a ledger, of only the overview, is read
--   from the overview.
-- source: staging.afmeldingen, else levering.coa_overzicht
-- grain: one row per gemeente and maand (1 to 6)
with parameters as (
    select
        begin,
        eind
    from invoer.parameters
),

afmeldingen as (
    select *
    from staging.afmeldingen
),

aanwezig as (
    select afmeldingen as grootboek
    from staging.aanwezig
),

overzicht as (
    select *
    from levering.coa_overzicht
),

gemeenten as (
    select gemeentecode
    from staging.gemeenten
),

maanden as (
    select unnest([1, 2, 3, 4, 5, 6]) as maand
),

grootboek as (
    select
        afmeldingen.gemeentecode,
        datediff('month', parameters.begin, afmeldingen.datum) + 1 as maand,
        sum(afmeldingen.aantal) as realisatie
    from afmeldingen
    inner join parameters
        on
            afmeldingen.datum >= parameters.begin
            and afmeldingen.datum < parameters.eind
    group by
        afmeldingen.gemeentecode,
        datediff('month', parameters.begin, afmeldingen.datum) + 1
)

select
    gemeenten.gemeentecode,
    maanden.maand,
    coalesce(grootboek.realisatie, 0)::bigint as realisatie
from gemeenten
cross join maanden
left join grootboek
    on
        gemeenten.gemeentecode = grootboek.gemeentecode
        and maanden.maand = grootboek.maand
where exists (select 1 from aanwezig where aanwezig.grootboek)
union all
select
    gemeentecode,
    unnest([1, 2, 3, 4, 5, 6]) as maand,
    unnest([maand_1, maand_2, maand_3, maand_4, maand_5, maand_6])::bigint as realisatie
from overzicht
where exists (select 1 from aanwezig where not aanwezig.grootboek)
