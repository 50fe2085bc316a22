-- what: the figures on the opvang: stock and flow, breakdowns, the clock of the permit, the norms.
-- definition: NULL (n.v.t.) where persons were not delivered, and for a nationality of a rank that nobody has.
-- grain: one row per cijfer_id and gebied (opvang.opgevangen per gebied, the others NL)
with aanwezig as (
    select personen
    from staging.aanwezig
),

totaal as (
    select *
    from metrics.opvang_totaal
),

stroom as (
    select *
    from metrics.opvang_stroom
),

normen as (
    select *
    from staging.normen
),

klassen as (
    select *
    from report.opvang_klassen
    where dimensie in ('categorie', 'huishoudgrootte', 'nationaliteit', 'opvangvorm', 'verblijf')
),

uitsplitsing as (
    select *
    from metrics.opvang_uitsplitsing
),

stroom_uitsplitsing as (
    select *
    from metrics.opvang_stroom_uitsplitsing
),

gebied_gemeente as (
    select *
    from metrics.gebied_gemeente
),

opgevangen as (
    select
        opvanggemeentecode as gemeentecode,
        count(*) as personen
    from metrics.opvang_persoon
    group by opvanggemeentecode
),

som as (
    select
        unnest(map_entries(map {
            'opvang.totaal': totaal.personen::decimal(18, 4),
            'opvang.huishoudens': totaal.huishoudens,
            'vergunning.langer_dan_norm': totaal.vergunning_langer_dan_norm,
            'vergunning.langer_dan_norm_huishoudens': totaal.vergunning_langer_dan_norm_huishoudens,
            'vergunning.zonder_koppeling_langer_dan_norm': totaal.zonder_koppeling_langer_dan_norm,
            'vergunning.zonder_koppeling_langer_dan_norm_huishoudens': totaal.zonder_koppeling_langer_dan_norm_huishoudens
        })) as cijfer
    from totaal
    union all
    select
        unnest(map_entries(map {
            'opvang.begin': sum(begin)::decimal(18, 4),
            'opvang.vergunningen': sum(vergunningen),
            'opvang.nareis': sum(nareis),
            'opvang.instroom': sum(vergunningen + nareis),
            'opvang.afgemeld': sum(afgemeld),
            'opvang.anders_vertrokken': sum(anders_vertrokken),
            'opvang.afgemeld_buiten_opvang': sum(buiten_opvang)
        })) as cijfer
    from stroom
    union all
    select
        unnest(map_entries(map {
            'opvang.begin_' || categorie: begin::decimal(18, 4),
            'opvang.instroom_' || categorie: vergunningen + nareis,
            'opvang.afgemeld_' || categorie: afgemeld,
            'opvang.anders_vertrokken_' || categorie: anders_vertrokken,
            'opvang.afgemeld_buiten_opvang_' || categorie: buiten_opvang
        })) as cijfer
    from stroom
),

per_klasse as (
    select
        'opvang.' || klassen.dimensie || '_' || klassen.klasse as cijfer_id,
        case when klassen.naam is not null then coalesce(uitsplitsing.personen, 0) end as personen
    from klassen
    left join uitsplitsing
        on
            klassen.dimensie = uitsplitsing.dimensie
            and klassen.klasse = uitsplitsing.klasse
),

stroom_per_klasse as (
    select
        unnest(map_entries(map {
            'opvang.begin_' || klassen.dimensie || '_' || klassen.klasse: coalesce(stroom.begin, 0),
            'opvang.instroom_' || klassen.dimensie || '_' || klassen.klasse: coalesce(stroom.vergunningen + stroom.nareis, 0),
            'opvang.afgemeld_' || klassen.dimensie || '_' || klassen.klasse: coalesce(stroom.afgemeld, 0),
            'opvang.anders_vertrokken_' || klassen.dimensie || '_' || klassen.klasse: coalesce(stroom.anders_vertrokken, 0)
        })) as cijfer,
        klassen.dimensie in ('nationaliteit', 'opvangvorm') as met_stroom,
        klassen.naam is not null as bestaat
    from klassen
    left join stroom_uitsplitsing as stroom
        on
            klassen.dimensie = stroom.dimensie
            and klassen.klasse = stroom.klasse
    where klassen.dimensie <> 'categorie'
),

per_gebied as (
    select
        gebied_gemeente.gebied,
        coalesce(sum(opgevangen.personen), 0) as personen
    from gebied_gemeente
    left join opgevangen
        on gebied_gemeente.gemeentecode = opgevangen.gemeentecode
    group by gebied_gemeente.gebied
),

norm as (
    select
        unnest(map_entries(map {
            'norm.koppeling': koppeling::decimal(18, 4),
            'norm.aanbod': aanbod,
            'norm.huisvesting': huisvesting,
            'norm.vergunning': vergunning
        })) as cijfer
    from normen
),

over_personen as (
    select
        cijfer.key as cijfer_id,
        'NL' as gebied,
        cijfer.value as waarde
    from som
    union all
    select
        cijfer_id,
        'NL' as gebied,
        personen as waarde
    from per_klasse
    union all
    select
        cijfer.key as cijfer_id,
        'NL' as gebied,
        case when bestaat then cijfer.value end as waarde
    from stroom_per_klasse
    where
        met_stroom
        or starts_with(cijfer.key, 'opvang.begin_')
    union all
    select
        'opvang.opgevangen' as cijfer_id,
        gebied,
        personen as waarde
    from per_gebied
)

select
    over_personen.cijfer_id,
    over_personen.gebied,
    case when aanwezig.personen then over_personen.waarde end as waarde
from over_personen
cross join aanwezig
union all
select
    cijfer.key as cijfer_id,
    'NL' as gebied,
    cijfer.value as waarde
from norm
order by
    cijfer_id,
    gebied
