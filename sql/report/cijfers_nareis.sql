-- what: the figures on nareis, for the country.
-- definition: NULL (n.v.t.) when the IND delivered no nareis. `1` and `2` are the two half-years after the period, later is after
--   those; verlopen is an expected day of before the peildatum.
-- grain: one row per cijfer_id (NL)
with parameters as (
    select *
    from invoer.parameters
),

aanwezig as (
    select nareis
    from staging.aanwezig
),

nareis as (
    select *
    from staging.nareis
),

geteld as (
    select
        count(nareis.sleutel) as toegelaten,
        count(*) filter (where nareis.toegelaten >= parameters.begin) as toegelaten_halfjaar,
        count(*) filter (where nareis.stand = 'aangekomen') as aangekomen,
        count(*) filter (where nareis.aankomst >= parameters.begin) as aangekomen_halfjaar,
        count(*) filter (where nareis.stand = 'ingetrokken') as ingetrokken,
        count(*) filter (where nareis.stand = 'verwacht') as verwacht,
        count(*) filter (where nareis.stand = 'verwacht' and nareis.verwacht < parameters.peildatum) as verlopen,
        count(*) filter (
            where nareis.stand = 'verwacht'
            and halfjaar(nareis.verwacht) = parameters.periode_volgende
        ) as verwacht_1,
        count(*) filter (
            where nareis.stand = 'verwacht'
            and halfjaar(nareis.verwacht) = parameters.periode_daarna
        ) as verwacht_2,
        count(*) filter (where nareis.stand = 'verwacht' and nareis.verwacht >= parameters.eind + to_months(12)) as later,
        count(*) filter (where nareis.stand = 'verwacht' and nareis.verwacht is null) as zonder_dag
    from parameters
    left join nareis
        on nareis.sleutel is not null
),

cijfers as (
    select
        unnest(map_entries(map {
            'nareis.toegelaten': case when aanwezig.nareis then geteld.toegelaten end::decimal(18, 4),
            'nareis.toegelaten_halfjaar': case when aanwezig.nareis then geteld.toegelaten_halfjaar end,
            'nareis.aangekomen': case when aanwezig.nareis then geteld.aangekomen end,
            'nareis.aangekomen_halfjaar': case when aanwezig.nareis then geteld.aangekomen_halfjaar end,
            'nareis.ingetrokken': case when aanwezig.nareis then geteld.ingetrokken end,
            'nareis.verwacht': case when aanwezig.nareis then geteld.verwacht end,
            'nareis.verwacht_verlopen': case when aanwezig.nareis then geteld.verlopen end,
            'nareis.verwacht_1': case when aanwezig.nareis then geteld.verwacht_1 end,
            'nareis.verwacht_2': case when aanwezig.nareis then geteld.verwacht_2 end,
            'nareis.verwacht_later': case when aanwezig.nareis then geteld.later end,
            'nareis.verwacht_zonder_dag': case when aanwezig.nareis then geteld.zonder_dag end
        })) as cijfer
    from geteld
    cross join aanwezig
)

select
    cijfer.key as cijfer_id,
    'NL' as gebied,
    cijfer.value as waarde
from cijfers
order by
    cijfer_id
