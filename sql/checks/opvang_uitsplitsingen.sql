-- severity: block
-- tabel: metrics.opvang_uitsplitsing
-- titel: Elke uitsplitsing van de opvang telt op tot het geheel
-- what: breakdowns whose persons, or overdue persons, do not add up to those of the funnel.
-- why: a person without a class, or with a code of reception that is on no list, would silently miss from a table.
with totaal as (
    select
        coalesce(sum(personen), 0) as personen,
        coalesce(sum(langer_dan_norm), 0) as langer_dan_norm
    from metrics.opvang_uitsplitsing
    where dimensie = 'stand'
),

dimensies as (
    select
        unnest([
            'categorie', 'huishoudgrootte', 'nationaliteit', 'opvangvorm', 'verblijf', 'opvangprovincie', 'te_lang', 'reden_vertraging'
        ]) as dimensie
),

sommen as (
    select
        dimensies.dimensie,
        dimensies.dimensie in ('te_lang', 'reden_vertraging') as alleen_te_lang,
        coalesce(sum(uitsplitsing.personen), 0) as personen,
        coalesce(sum(uitsplitsing.langer_dan_norm), 0) as langer_dan_norm,
        coalesce(
            sum(uitsplitsing.personen) filter (where uitsplitsing.klasse = 'onbekend' and dimensies.dimensie = 'opvangprovincie'), 0
        ) as zonder_provincie
    from dimensies
    left join metrics.opvang_uitsplitsing as uitsplitsing
        on dimensies.dimensie = uitsplitsing.dimensie
    group by dimensies.dimensie
)

select
    sommen.dimensie,
    sommen.personen,
    sommen.langer_dan_norm,
    sommen.zonder_provincie
from sommen
cross join totaal
where
    sommen.langer_dan_norm <> totaal.langer_dan_norm
    or sommen.zonder_provincie > 0
    or sommen.personen <> case when sommen.alleen_te_lang then totaal.langer_dan_norm else totaal.personen end
order by
    sommen.dimensie
