-- what: the account of each municipality beside that of the COA, in one line.
-- definition: what the COA counts is
--     geplaatst = gelijk + andere_datum + andere_gemeente + gemeente_leverde_niet + gemeente_ander_halfjaar + alleen_coa
--   and what the municipality counts is
--     gemeld = gelijk + andere_datum + andere_gemeente_gemeld + alleen_gemeente + onbekend_coa + coa_ander_halfjaar + dubbel_gemeld
--   with andere_gemeente placed here and reported elsewhere, andere_gemeente_gemeld the other way round, and dubbel_gemeld reported here
--   while the line of another municipality counts. `late_afmelding` are those of alleen_gemeente who are still in the opvang,
--   `buiten_halfjaar` the lines with a day outside the half-year, which count nowhere. On the municipality's own count the realisatie
--   is realisatie - geplaatst + gemeld: the corrections on earlier half-years stay. What needs the list of the municipality is NULL
--   where it delivered none; all but `geleverd` is NULL without a ledger of the COA.
-- source: metrics.plaatsing, staging.gemeentemeldingen, metrics.aansluiting_persoon
-- grain: one row per gemeente of the period's year
with aanwezig as (
    select
        afmeldingen,
        gemeenten
    from staging.aanwezig
),

gemeentelevering as (
    select *
    from staging.gemeentelevering
),

realisatie as (
    select
        gemeentecode,
        realisatie
    from metrics.taakstelling
),

geplaatst as (
    select
        gemeentecode,
        count(*) as personen
    from metrics.plaatsing
    group by gemeentecode
),

gemeld as (
    select
        gemeentecode,
        count(*) filter (where telling = 'binnen') as personen,
        count(*) filter (where telling in ('eerder', 'later')) as buiten
    from staging.gemeentemeldingen
    group by gemeentecode
),

coa as (
    select
        coa_gemeentecode as gemeentecode,
        count(*) filter (where klasse = 'gelijk') as gelijk,
        count(*) filter (where klasse = 'andere_datum') as andere_datum,
        count(*) filter (where klasse = 'andere_gemeente') as andere_gemeente,
        count(*) filter (where klasse = 'gemeente_leverde_niet') as gemeente_leverde_niet,
        count(*) filter (where klasse = 'gemeente_ander_halfjaar') as gemeente_ander_halfjaar,
        count(*) filter (where klasse = 'alleen_coa') as alleen_coa
    from metrics.aansluiting_persoon
    where coa_gemeentecode is not null
    group by coa_gemeentecode
),

melding as (
    select
        gemeld_gemeentecode as gemeentecode,
        count(*) as personen,
        count(*) filter (where klasse = 'andere_gemeente') as andere_gemeente,
        count(*) filter (where klasse = 'alleen_gemeente') as alleen_gemeente,
        count(*) filter (where klasse = 'alleen_gemeente' and in_opvang) as late_afmelding,
        count(*) filter (where klasse = 'onbekend_coa') as onbekend_coa,
        count(*) filter (where klasse = 'coa_ander_halfjaar') as coa_ander_halfjaar
    from metrics.aansluiting_persoon
    where gemeld_gemeentecode is not null
    group by gemeld_gemeentecode
),

vertraging as (
    select *
    from metrics.aansluiting_vertraging
),

naast_elkaar as (
    select
        gemeentelevering.gemeentecode,
        case when aanwezig.gemeenten then gemeentelevering.geleverd end as geleverd,
        gemeentelevering.geleverd and aanwezig.afmeldingen as lijst,
        case when aanwezig.afmeldingen then coalesce(geplaatst.personen, 0) end as geplaatst,
        case when gemeentelevering.geleverd and aanwezig.afmeldingen then coalesce(gemeld.personen, 0) end as gemeld,
        coalesce(gemeld.buiten, 0) as buiten,
        coalesce(coa.gelijk, 0) as gelijk,
        coalesce(coa.andere_datum, 0) as andere_datum,
        case when aanwezig.gemeenten and aanwezig.afmeldingen then coalesce(coa.andere_gemeente, 0) end as andere_gemeente,
        case when aanwezig.gemeenten and aanwezig.afmeldingen then coalesce(coa.gemeente_leverde_niet, 0) end as gemeente_leverde_niet,
        coalesce(coa.gemeente_ander_halfjaar, 0) as gemeente_ander_halfjaar,
        coalesce(coa.alleen_coa, 0) as alleen_coa,
        coalesce(melding.andere_gemeente, 0) as andere_gemeente_gemeld,
        coalesce(melding.alleen_gemeente, 0) as alleen_gemeente,
        coalesce(melding.late_afmelding, 0) as late_afmelding,
        coalesce(melding.onbekend_coa, 0) as onbekend_coa,
        coalesce(melding.coa_ander_halfjaar, 0) as coa_ander_halfjaar,
        coalesce(gemeld.personen, 0) - coalesce(melding.personen, 0) as dubbel_gemeld,
        vertraging.mediaan as vertraging_mediaan,
        case when aanwezig.afmeldingen then realisatie.realisatie end as realisatie
    from gemeentelevering
    cross join aanwezig
    left join realisatie
        on gemeentelevering.gemeentecode = realisatie.gemeentecode
    left join geplaatst
        on gemeentelevering.gemeentecode = geplaatst.gemeentecode
    left join gemeld
        on gemeentelevering.gemeentecode = gemeld.gemeentecode
    left join coa
        on gemeentelevering.gemeentecode = coa.gemeentecode
    left join melding
        on gemeentelevering.gemeentecode = melding.gemeentecode
    left join vertraging
        on gemeentelevering.gemeentecode = vertraging.gebied
)

select
    gemeentecode,
    geleverd,
    geplaatst,
    gemeld,
    case when lijst then gelijk end as gelijk,
    case when lijst then andere_datum end as andere_datum,
    andere_gemeente,
    gemeente_leverde_niet,
    case when lijst then gemeente_ander_halfjaar end as gemeente_ander_halfjaar,
    case when lijst then alleen_coa end as alleen_coa,
    case when lijst then andere_gemeente_gemeld end as andere_gemeente_gemeld,
    case when lijst then alleen_gemeente end as alleen_gemeente,
    case when lijst then late_afmelding end as late_afmelding,
    case when lijst then onbekend_coa end as onbekend_coa,
    case when lijst then coa_ander_halfjaar end as coa_ander_halfjaar,
    case when lijst then dubbel_gemeld end as dubbel_gemeld,
    case when lijst then buiten end as buiten_halfjaar,
    vertraging_mediaan,
    realisatie,
    realisatie - geplaatst + gemeld as realisatie_eigen_telling,
    gemeld - geplaatst as verschil
from naast_elkaar
