-- what: de afmeldingen (+1) en correcties (-1) van het halfjaar; zonder grootboek de maandtellingen van het overzicht.
-- grain: één rij per afmelding of correctie, zonder grootboek één per gemeente en maand
with parameters as (
    select
        begin,
        eind
    from invoer.parameters
),

grootboek as (
    select afmeldingen as geleverd
    from staging.aanwezig
)

select
    afmeldingen.sleutel,
    afmeldingen.afmelding_id,
    afmeldingen.gemeentecode,
    afmeldingen.datum,
    datediff('month', parameters.begin, afmeldingen.datum) + 1 as maand,
    afmeldingen.aantal::bigint as aantal,
    afmeldingen.soort,
    afmeldingen.corrigeert
from staging.afmeldingen as afmeldingen
inner join parameters
    on
        afmeldingen.datum >= parameters.begin
        and afmeldingen.datum < parameters.eind
union all
select
    null as sleutel,
    null as afmelding_id,
    maanden.gemeentecode,
    null as datum,
    maanden.maand,
    maanden.realisatie as aantal,
    'overzicht' as soort,
    null as corrigeert
from staging.realisatie_maand as maanden
inner join grootboek
    on not grootboek.geleverd
