-- what: which extracts the delivery holds; a figure about persons who were not delivered is n.v.t., never 0.
-- grain: one row
select
    exists (select 1 from levering.coa_personen) as personen,
    exists (select 1 from levering.coa_koppelingen) as koppelingen,
    exists (select 1 from levering.coa_afmeldingen) as afmeldingen,
    exists (select 1 from levering.ind_vergunningen) as vergunningen,
    exists (select 1 from levering.ind_nareis) as nareis,
    exists (select 1 from levering.gemeenten_levering) as gemeenten,
    exists (select 1 from levering.rijk_taakstelling) as taakstelling,
    exists (select 1 from levering.provincies_toezicht) as toezicht
