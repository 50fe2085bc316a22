-- what: the persons of whom the COA and the IND do not know the same permit at the start of the peildatum.
-- definition: `verschil` is
--     alleen_ind      the IND knows a permit, the COA does not know the person or knows no permit (`bij_coa` tells which);
--     alleen_coa      the COA knows a permit, the IND knows no decision at all;
--     ingetrokken     the COA knows a permit, the last decision of the IND is a withdrawal, and the COA did not sign the person out for it
--                     (if it did they agree, and there is no difference);
--     andere_datum    both know a permit, of another day; `dagen` is the day of the COA minus that of the IND.
--   `in_opvang` is about the COA, `nareis_verwacht` about relatives who are still to arrive and so cannot be at the COA yet. Empty
--   when one of the two did not deliver.
-- source: staging.personen and staging.vergunningen
-- grain: one row per person with a difference
with aanwezig as (
    select
        personen,
        vergunningen
    from staging.aanwezig
),

personen as (
    select
        sleutel,
        vergunning,
        instroom is not null and vertrek is null as in_opvang,
        coalesce(vertrek_reden = 'ingetrokken', false) as om_intrekking_weg
    from staging.personen
),

vergunningen as (
    select *
    from staging.vergunningen
),

nareis as (
    select sleutel
    from staging.nareis
    where stand = 'verwacht'
),

vergeleken as (
    select
        coalesce(personen.sleutel, vergunningen.sleutel) as sleutel,
        case
            when personen.vergunning is null and vergunningen.vergunning is not null then 'alleen_ind'
            when personen.vergunning is null then null
            when vergunningen.sleutel is null then 'alleen_coa'
            when vergunningen.ingetrokken is not null and not personen.om_intrekking_weg then 'ingetrokken'
            when personen.vergunning <> vergunningen.vergunning then 'andere_datum'
        end as verschil,
        datediff('day', vergunningen.vergunning, personen.vergunning) as dagen,
        personen.sleutel is not null as bij_coa,
        coalesce(personen.in_opvang, false) as in_opvang
    from personen
    full join vergunningen
        on personen.sleutel = vergunningen.sleutel
)

select
    vergeleken.sleutel,
    vergeleken.verschil,
    vergeleken.dagen,
    vergeleken.bij_coa,
    vergeleken.in_opvang,
    vergeleken.verschil = 'alleen_ind' and nareis.sleutel is not null as nareis_verwacht
from vergeleken
inner join aanwezig
    on
        aanwezig.personen
        and aanwezig.vergunningen
left join nareis
    on vergeleken.sleutel = nareis.sleutel
where vergeleken.verschil is not null
