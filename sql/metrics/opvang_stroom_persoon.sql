-- what: the part of each person in stock and flow of the opvang in the half-year.
-- definition: a person of the opvang entered it as a vergunninghouder and had not left before that. `begin`: entered before the
--   half-year, not signed off by the ledger of then and not left otherwise. `eind`: not left, by the file of persons alone. `afgemeld`:
--   the ledger of the half-year, a correction counts -1. So begin + vergunningen + nareis - afgemeld - anders_vertrokken = eind is a
--   control of the two sources on each other (checks/stand_en_stroom). `buiten_opvang`: the ledger of who never was in the opvang.
-- source: DOMAIN, stock and flow
-- grain: one row per person with any part in the half-year
with parameters as (
    select begin
    from invoer.parameters
),

personen as (
    select
        sleutel,
        categorie,
        instroom,
        vertrek,
        vertrek_reden,
        instroom is not null and not coalesce(vertrek < instroom, false) as van_de_opvang
    from staging.personen
),

grootboek as (
    select
        afmeldingen.sleutel,
        (sum(afmeldingen.aantal) filter (where afmeldingen.datum < parameters.begin))::integer as voor,
        (sum(afmeldingen.aantal) filter (where afmeldingen.datum >= parameters.begin))::integer as tijdens
    from staging.afmeldingen
    cross join parameters
    group by afmeldingen.sleutel
),

delen as (
    select
        personen.sleutel,
        personen.categorie,
        (
            personen.van_de_opvang
            and personen.instroom < parameters.begin
            and coalesce(grootboek.voor, 0) <= 0
            and not coalesce(personen.vertrek < parameters.begin and personen.vertrek_reden <> 'gehuisvest', false)
        )::integer as begin,
        (
            personen.van_de_opvang
            and personen.instroom >= parameters.begin
            and personen.categorie <> 'nareis'
        )::integer as vergunningen,
        (
            personen.van_de_opvang
            and personen.instroom >= parameters.begin
            and personen.categorie = 'nareis'
        )::integer as nareis,
        case when personen.van_de_opvang then coalesce(grootboek.tijdens, 0) else 0 end as afgemeld,
        (
            personen.van_de_opvang
            and coalesce(personen.vertrek >= parameters.begin and personen.vertrek_reden <> 'gehuisvest', false)
        )::integer as anders_vertrokken,
        (personen.van_de_opvang and personen.vertrek is null)::integer as eind,
        case when personen.van_de_opvang then 0 else coalesce(grootboek.tijdens, 0) end as buiten_opvang
    from personen
    cross join parameters
    left join grootboek
        on personen.sleutel = grootboek.sleutel
)

select
    sleutel,
    categorie,
    begin,
    vergunningen,
    nareis,
    afgemeld,
    anders_vertrokken,
    eind,
    buiten_opvang
from delen
where
    begin <> 0
    or vergunningen <> 0
    or nareis <> 0
    or afgemeld <> 0
    or anders_vertrokken <> 0
    or eind <> 0
    or buiten_opvang <> 0
