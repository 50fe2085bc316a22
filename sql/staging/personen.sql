-- what: the persons that the COA knows, as they were at the start of the peildatum.
-- definition: `instroom` is the day from which somebody is a vergunninghouder in the opvang: the later of permit and entry; NULL for
--   who never was in the opvang or has no permit. A departure on or after the peildatum has not happened yet, nor has a permit.
-- form: view
-- grain: one row per person
with parameters as (
    select peildatum
    from invoer.parameters
),

personen as (
    select *
    from levering.coa_personen
)

select
    persoonsleutel(personen.persoon) as sleutel,
    hash(personen.huishouden) as huishouden,
    personen.geboortejaar,
    personen.nationaliteit,
    personen.categorie,
    case when personen.datum_vergunning < parameters.peildatum then personen.datum_vergunning end as vergunning,
    case when personen.datum_instroom_opvang < parameters.peildatum then personen.datum_instroom_opvang end as aankomst,
    case
        when personen.datum_vergunning < parameters.peildatum and personen.datum_instroom_opvang < parameters.peildatum
            then greatest(personen.datum_vergunning, personen.datum_instroom_opvang)
    end as instroom,
    personen.opvanggemeentecode,
    personen.opvangvorm,
    case when personen.vertrek_datum < parameters.peildatum then personen.vertrek_datum end as vertrek,
    case when personen.vertrek_datum < parameters.peildatum then personen.vertrek_reden end as vertrek_reden
from personen
cross join parameters
