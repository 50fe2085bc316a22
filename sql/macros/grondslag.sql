-- what: on what a figure rests: the article of the law or the published table that defines it, or that the definition is our own;
--   NULL for an id that no rule knows.
-- definition: the file that a figure is counted from is its `bron`; this is who says what is to be counted. A figure that is
--   set beside another edition rests on what the key figure rests on.
-- source: Huisvestingswet 2014, articles 28 and 29; Gemeentewet, article 124; Vreemdelingenwet 2000, article 8; the overview of the
--   housing of vergunninghouders as the Rijksoverheid publishes it
-- grain: scalar
create or replace macro grondslag(cijfer_id) as
    case
        when cijfer_id = 'taakstelling.netto' then 'Huisvestingswet 2014, artikel 28 en 29'
        when
            cijfer_id = 'taakstelling.aangekondigd'
            or regexp_matches(cijfer_id, '^vooruitblik\.(taakstelling|herzieningen)_')
            then 'Huisvestingswet 2014, artikel 29, eerste lid, onder a'
        when
            cijfer_id in ('taakstelling.saldo_begin', 'taakstelling.gecorrigeerd', 'saldo.eind')
            or regexp_matches(cijfer_id, '^realisatie\.(totaal$|percentage$|maand_|cumulatief_)')
            then 'het Overzicht huisvesting vergunninghouders van de Rijksoverheid, bij Huisvestingswet 2014, artikel 28'
        when cijfer_id = 'inwoners.peiljaar' then 'Huisvestingswet 2014, artikel 29, eerste lid, onder b'
        when cijfer_id = 'controle.artikel_29' then 'Huisvestingswet 2014, artikel 29, eerste lid'
        when cijfer_id = 'inwoners.aantal' then 'bevolking op 1 januari volgens het CBS'
        when cijfer_id = 'stand.gemeenten' then 'gemeentelijke indeling volgens het CBS'
        when regexp_matches(cijfer_id, '^controle\.') then 'eigen definitie; een controle naast Huisvestingswet 2014, artikel 29'
        when regexp_matches(cijfer_id, '^(vorige|verandering|herziening)\..')
            then 'eigen definitie; de grondslag van het kerncijfer staat bij dat cijfer'
        when regexp_matches(cijfer_id, '^klasse\.(op_schema|enigszins_achter|achter)$')
            then 'eigen definitie; naar het voorbeeld van de kaart van het Platform Opnieuw Thuis'
        when regexp_matches(cijfer_id, '^norm\..')
            then 'eigen keuze of afspraak; de bron van elke normtijd staat in het manifest'
        when regexp_matches(cijfer_id, '^wachttijd\.') and not contains(cijfer_id, '_gemiddeld')
            then 'eigen definitie; geschat volgens Kaplan en Meier'
        when regexp_matches(cijfer_id, '^toezicht\.(trede|verschoonbaar|niet_verschoonbaar|oordeel)')
            then 'oordeel van de provincie bij het toezicht volgens Gemeentewet, artikel 124'
        when regexp_matches(cijfer_id, '^opvang\.')
            then 'eigen definitie; wie vergunninghouder is, zegt Vreemdelingenwet 2000, artikel 8, onder a tot en met d'
        when
            regexp_matches(
                cijfer_id,
                '^(taakstelling|realisatie|saldo|stand|klasse|nulgehuisvest|boekhouding|koppelingen|vergunning)\..'
            )
            or regexp_matches(
                cijfer_id,
                '^(wachttijd|kansrijk|aansluiting|ind|nareis|toezicht|nagekomen|vooruitblik)\..'
            )
            then 'eigen definitie'
    end
