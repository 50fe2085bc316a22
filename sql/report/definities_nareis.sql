-- what: the definitions of the figures on nareis.
-- grain: one row per cijfer_id
select
    cijfer_id,
    naam,
    eenheid,
    decimalen,
    optelbaar,
    definitie,
    bron,
    model
from (
    values
    (
        'nareis.toegelaten', 'Toegelaten nareizigers', 'personen', 0, false,
        'Nareizigers met een besluit van de IND van vóór de peildatum, in alle geleverde jaren.',
        'IND, nareis', 'staging.nareis'
    ),
    (
        'nareis.toegelaten_halfjaar', 'Toegelaten in het halfjaar', 'personen', 0, false,
        'Nareizigers met een besluit van de IND in het halfjaar.',
        'IND, nareis', 'staging.nareis'
    ),
    (
        'nareis.aangekomen', 'Aangekomen nareizigers', 'personen', 0, false,
        'Toegelaten nareizigers die vóór de peildatum zijn aangekomen.',
        'IND, nareis', 'staging.nareis'
    ),
    (
        'nareis.aangekomen_halfjaar', 'Aangekomen in het halfjaar', 'personen', 0, false,
        'Toegelaten nareizigers die in het halfjaar zijn aangekomen.',
        'IND, nareis', 'staging.nareis'
    ),
    (
        'nareis.ingetrokken', 'Ingetrokken vóór aankomst', 'personen', 0, false,
        'Toegelaten nareizigers die niet zijn aangekomen en van wie de IND de vergunning heeft ingetrokken.',
        'IND, nareis en vergunningen', 'staging.nareis'
    ),
    (
        'nareis.verwacht', 'Nog verwachte nareizigers', 'personen', 0, false,
        'Toegelaten nareizigers die op de peildatum nog niet zijn aangekomen. Wie zijn vergunning kwijt is, telt niet mee.',
        'IND, nareis', 'staging.nareis'
    ),
    (
        'nareis.verwacht_verlopen', 'Verwachte dag voorbij', 'personen', 0, false,
        'Nog verwachte nareizigers van wie de verwachte dag vóór de peildatum ligt.',
        'IND, nareis', 'staging.nareis'
    ),
    (
        'nareis.verwacht_1', 'Verwacht in het volgende halfjaar', 'personen', 0, false,
        'Nog verwachte nareizigers met een verwachte dag in het volgende halfjaar. De verwachte dag is een schatting.',
        'IND, nareis', 'staging.nareis'
    ),
    (
        'nareis.verwacht_2', 'Verwacht in het halfjaar daarna', 'personen', 0, false,
        'Nog verwachte nareizigers met een verwachte dag in het halfjaar na het volgende.',
        'IND, nareis', 'staging.nareis'
    ),
    (
        'nareis.verwacht_later', 'Later verwacht', 'personen', 0, false,
        'Nog verwachte nareizigers met een verwachte dag na de twee volgende halfjaren.',
        'IND, nareis', 'staging.nareis'
    ),
    (
        'nareis.verwacht_zonder_dag', 'Verwacht zonder dag', 'personen', 0, false,
        'Nog verwachte nareizigers zonder verwachte dag.',
        'IND, nareis', 'staging.nareis'
    )
) as sjabloon (cijfer_id, naam, eenheid, decimalen, optelbaar, definitie, bron, model)
order by
    cijfer_id
