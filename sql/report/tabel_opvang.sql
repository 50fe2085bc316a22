-- what: the breakdowns of the opvang as an open table.
-- definition: te_lang and reden_vertraging are about the overdue koppelingen alone. Households do not add up over classes. Empty where
--   persons were not delivered.
-- grain: one row per dimensie and klasse
with klassen as (
    select *
    from report.opvang_klassen
),

uitsplitsing as (
    select *
    from metrics.opvang_uitsplitsing
),

aanwezig as (
    select personen
    from staging.aanwezig
)

select
    klassen.dimensie,
    klassen.klasse,
    klassen.naam,
    case when aanwezig.personen then coalesce(uitsplitsing.personen, 0) end as personen,
    case when aanwezig.personen then coalesce(uitsplitsing.huishoudens, 0) end as huishoudens,
    case when aanwezig.personen then coalesce(uitsplitsing.langer_dan_norm, 0) end as langer_dan_norm,
    case when aanwezig.personen then coalesce(uitsplitsing.langer_dan_norm_huishoudens, 0) end as langer_dan_norm_huishoudens
from klassen
cross join aanwezig
left join uitsplitsing
    on
        klassen.dimensie = uitsplitsing.dimensie
        and klassen.klasse = uitsplitsing.klasse
where klassen.naam is not null
order by
    klassen.dimensie,
    klassen.volgorde
