-- severity: block
-- tabel: levering.herkomst
-- titel: Elke gelezen rij van een bestand is behouden of geweigerd, of is een totaalregel
-- what: delivered files of which the rows that the reader handed over are not the rows kept, refused and read as totals.
-- why: a row that is in none of these was lost between reading and judging; one that is in two was counted double.
with herkomst as (
    select *
    from levering.herkomst
)

select
    bestand,
    rijen_gelezen,
    rijen_behouden,
    rijen_geweigerd,
    totaalregels
from herkomst
where rijen_gelezen is distinct from rijen_behouden + rijen_geweigerd + totaalregels
order by
    bestand
