-- what: the place in the funnel of somebody in the opvang: zonder_koppeling, gekoppeld_binnen_norm, gekoppeld_langer_dan_norm,
--   met_aanbod or met_huurcontract.
-- definition: a huurcontract goes before a valid aanbod, an aanbod before the clock; `dagen` since the current koppeling, NULL without
--   one. An aanbod that was refused terecht is no valid aanbod.
-- grain: scalar
create or replace macro trechterstand(dagen, aanbod_geldig, huurcontract, norm_weken) as
    case
        when dagen is null then 'zonder_koppeling'
        when huurcontract is not null then 'met_huurcontract'
        when aanbod_geldig is not null then 'met_aanbod'
        when langer_dan_norm(dagen, norm_weken) then 'gekoppeld_langer_dan_norm'
        when not langer_dan_norm(dagen, norm_weken) then 'gekoppeld_binnen_norm'
    end
