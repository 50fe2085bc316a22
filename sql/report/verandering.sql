-- what: the key figures of the country beside those of the previous half-year.
-- definition: vorige is what the published edition of the previous half-year says; NULL (n.v.t.) where that is not on hand, or
--   where it did not have the figure. verschil = this half-year - the previous one.
-- source: eerder.cijfers
-- grain: one row per cijfer_id (NL)
with kern as (
    select
        unnest([
            'taakstelling.netto',
            'taakstelling.gecorrigeerd',
            'realisatie.totaal',
            'realisatie.percentage',
            'saldo.eind',
            'saldo.achterstand',
            'saldo.voorsprong',
            'stand.achter',
            'stand.exact',
            'stand.voor',
            'stand.voldaan',
            'nulgehuisvest.gemeenten',
            'opvang.totaal',
            'opvang.vergunningen',
            'opvang.nareis',
            'koppelingen.totaal',
            'koppelingen.zonder_koppeling',
            'koppelingen.langer_dan_norm',
            'koppelingen.te_lang_ernstig_vertraagd',
            'vergunning.langer_dan_norm',
            'wachttijd.vergunning_huisvesting_mediaan_weken'
        ]) as cijfer_id
),

nu as (
    select
        cijfer_id,
        waarde
    from report.cijfers_taakstelling
    where gebied = 'NL'
    union all
    select
        cijfer_id,
        waarde
    from report.cijfers_opvang
    where gebied = 'NL'
    union all
    select
        cijfer_id,
        waarde
    from report.cijfers_koppelingen
    where gebied = 'NL'
    union all
    select
        cijfer_id,
        waarde
    from report.cijfers_wachttijd
    where gebied = 'NL'
),

vorige as (
    select
        cijfers.cijfer_id,
        cijfers.waarde
    from eerder.cijfers
    inner join invoer.parameters
        on cijfers.periode = parameters.periode_vorige
    where cijfers.gebied = 'NL'
)

select
    kern.cijfer_id,
    'NL' as gebied,
    nu.waarde,
    vorige.waarde as vorige,
    nu.waarde - vorige.waarde as verschil
from kern
inner join nu
    on kern.cijfer_id = nu.cijfer_id
left join vorige
    on kern.cijfer_id = vorige.cijfer_id
order by
    kern.cijfer_id
