-- what: every person who was placed in the half-year according to the COA or reported by a municipality, in exactly one class.
-- definition: the first of these that holds.
--   Both count the person in this half-year:
--     andere_gemeente         the municipalities differ (whatever the days);
--     andere_datum            the same municipality, another day;
--     gelijk                  the same municipality and day.
--   Only the COA does:
--     gemeente_leverde_niet   the municipality of the afmelding delivered no list;
--     gemeente_ander_halfjaar that municipality does report the person, with a day outside the half-year;
--     alleen_coa              that municipality does not report the person.
--   Only a municipality does:
--     onbekend_coa            the COA does not know the person;
--     coa_ander_halfjaar      the COA signed the person off before the half-year, uncorrected;
--     alleen_gemeente         known at the COA and not signed off; `in_opvang` says that it still shelters the person (a late afmelding).
--   Where several municipalities report one person the line of the municipality of the afmelding counts, else that of the latest day,
--   then of the lowest code; `meldingen` is their number. `dagen` is the day of the afmelding minus that of the municipality: above 0
--   the COA was later. `bij_ind` is about the permit: bekend, andere_datum (`dagen_ind` the day of the COA minus that of the IND),
--   ingetrokken or onbekend; NULL when the IND did not deliver.
-- source: metrics.plaatsing, staging.gemeentemeldingen, staging.vergunningen, metrics.vergunning_verschil; the classes are a choice
-- grain: one row per person
with aanwezig as (
    select
        personen,
        afmeldingen,
        vergunningen
    from staging.aanwezig
),

parameters as (
    select begin
    from invoer.parameters
),

plaatsing as (
    select
        sleutel,
        gemeentecode,
        datum
    from metrics.plaatsing
),

binnen as (
    select
        sleutel,
        gemeentecode,
        datum
    from staging.gemeentemeldingen
    where telling = 'binnen'
),

buiten as (
    select
        sleutel,
        gemeentecode,
        datum
    from staging.gemeentemeldingen
    where telling in ('eerder', 'later')
),

gemeentelevering as (
    select *
    from staging.gemeentelevering
),

personen as (
    select
        sleutel,
        vergunning,
        instroom is not null and vertrek is null as in_opvang
    from staging.personen
),

verschillen as (
    select
        sleutel,
        verschil,
        dagen
    from metrics.vergunning_verschil
),

-- Few persons: only for those whom several municipalities report a choice is needed.
meermaals as (
    select
        sleutel,
        count(*) as meldingen
    from binnen
    group by sleutel
    having count(*) > 1
),

gekozen as (
    select
        meermaals.sleutel,
        max(meermaals.meldingen) as meldingen,
        arg_min(
            {'gemeentecode': binnen.gemeentecode, 'datum': binnen.datum},
            (
                plaatsing.gemeentecode is distinct from binnen.gemeentecode,
                datediff('day', binnen.datum, parameters.begin),
                binnen.gemeentecode
            )
        ) as melding
    from meermaals
    inner join binnen
        on meermaals.sleutel = binnen.sleutel
    cross join parameters
    left join plaatsing
        on meermaals.sleutel = plaatsing.sleutel
    group by meermaals.sleutel
),

gemeld as (
    select
        binnen.sleutel,
        binnen.gemeentecode,
        binnen.datum,
        1 as meldingen
    from binnen
    left join meermaals
        on binnen.sleutel = meermaals.sleutel
    where meermaals.sleutel is null
    union all
    select
        sleutel,
        melding.gemeentecode as gemeentecode,
        melding.datum as datum,
        meldingen
    from gekozen
),

samen as (
    select
        coalesce(plaatsing.sleutel, gemeld.sleutel) as sleutel,
        plaatsing.gemeentecode as coa_gemeentecode,
        plaatsing.datum as coa_datum,
        gemeld.gemeentecode as gemeld_gemeentecode,
        gemeld.datum as gemeld_datum,
        coalesce(gemeld.meldingen, 0) as meldingen
    from plaatsing
    full join gemeld
        on plaatsing.sleutel = gemeld.sleutel
),

-- Without the persons of the COA there is no difference to read: what the IND knows stands alone.
alleen_bij_ind as (
    select vergunningen.sleutel
    from staging.vergunningen
    inner join aanwezig
        on not aanwezig.personen
    where vergunningen.vergunning is not null
),

-- Few persons: those whom only a municipality counts.
eerder_afgemeld as (
    select
        samen.sleutel,
        max(afmeldingen.datum) as datum
    from samen
    inner join staging.afmeldingen
        on samen.sleutel = afmeldingen.sleutel
    cross join parameters
    where
        samen.coa_datum is null
        and afmeldingen.aantal > 0
        and not afmeldingen.teruggedraaid
        and afmeldingen.datum < parameters.begin
    group by samen.sleutel
)

select
    samen.sleutel,
    case
        when samen.coa_gemeentecode <> samen.gemeld_gemeentecode then 'andere_gemeente'
        when samen.coa_datum <> samen.gemeld_datum then 'andere_datum'
        when samen.coa_datum = samen.gemeld_datum then 'gelijk'
        when samen.coa_datum is not null and not gemeentelevering.geleverd then 'gemeente_leverde_niet'
        when buiten.sleutel is not null then 'gemeente_ander_halfjaar'
        when samen.coa_datum is not null then 'alleen_coa'
        when personen.sleutel is null then 'onbekend_coa'
        when eerder_afgemeld.sleutel is not null then 'coa_ander_halfjaar'
        else 'alleen_gemeente'
    end as klasse,
    samen.coa_gemeentecode,
    samen.coa_datum,
    samen.gemeld_gemeentecode,
    coalesce(samen.gemeld_datum, buiten.datum) as gemeld_datum,
    datediff(
        'day',
        coalesce(samen.gemeld_datum, buiten.datum),
        coalesce(samen.coa_datum, eerder_afgemeld.datum)
    ) as dagen,
    samen.meldingen,
    coalesce(personen.in_opvang, false) as in_opvang,
    case
        when not aanwezig.vergunningen then null
        when verschillen.verschil = 'alleen_ind' or alleen_bij_ind.sleutel is not null then 'bekend'
        when verschillen.verschil = 'alleen_coa' or personen.vergunning is null then 'onbekend'
        else coalesce(verschillen.verschil, 'bekend')
    end as bij_ind,
    case when verschillen.verschil = 'andere_datum' then verschillen.dagen end as dagen_ind
from samen
inner join aanwezig
    on aanwezig.afmeldingen
left join gemeentelevering
    on samen.coa_gemeentecode = gemeentelevering.gemeentecode
left join buiten
    on
        samen.sleutel = buiten.sleutel
        and samen.coa_gemeentecode = buiten.gemeentecode
left join eerder_afgemeld
    on samen.sleutel = eerder_afgemeld.sleutel
left join personen
    on samen.sleutel = personen.sleutel
left join verschillen
    on samen.sleutel = verschillen.sleutel
left join alleen_bij_ind
    on samen.sleutel = alleen_bij_ind.sleutel
