-- what: de vergunninghouders in de opvang op de peildatum, met hun lopende koppeling en de klassen waarin zij tellen.
-- grain: één rij per persoon in de opvang
with normen as (
    select *
    from staging.normen
)

select
    opvang.sleutel,
    opvang.huishouden,
    opvang.huishoudgrootte as leden,
    huishoudklasse(opvang.huishoudgrootte) as huishoudgrootte,
    opvang.categorie,
    opvang.nationaliteit,
    coalesce(nationaliteiten.klasse, 'onbekend') as nationaliteitklasse,
    opvang.opvanggemeentecode,
    opvang.opvangvorm,
    opvang.vergunning,
    opvang.aankomst,
    verblijfsklasse(opvang.dagen_opvang) as verblijf,
    opvang.koppeling_id,
    opvang.gemeentecode,
    opvang.koppeling,
    opvang.dagen_koppeling,
    opvang.aanbod_geldig,
    opvang.huurcontract,
    opvang.stand,
    case
        when opvang.stand = 'gekoppeld_langer_dan_norm' then te_lang_klasse(opvang.dagen_koppeling, normen.aanbod)
    end as te_lang,
    coalesce(opvang.reden_vertraging, 'onbekend') as reden_vertraging,
    langer_dan_norm(opvang.dagen_koppeling, normen.huisvesting) as huisvesting_te_lang,
    langer_dan_norm(opvang.dagen_vergunning, normen.vergunning) as vergunning_te_lang,
    langer_dan_norm(opvang.dagen_vergunning, normen.koppeling) as zonder_te_lang
from metrics.opvang_persoon as opvang
cross join normen
left join metrics.opvang_nationaliteit as nationaliteiten
    on opvang.nationaliteit = nationaliteiten.nationaliteit
