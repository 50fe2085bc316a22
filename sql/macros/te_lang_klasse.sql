-- what: how long beyond the norm, as a class: weken_1_4, weken_5_13, weken_14_26 or ernstig_vertraagd; NULL when in time or unknown.
-- definition: a week that has begun counts, so the first day beyond the norm is in week 1; ernstig vertraagd is more than 26 weeks
--   beyond it (a choice: about half a year).
-- grain: scalar
create or replace macro te_lang_klasse(dagen, norm_weken) as
    case
        when dagen <= 7 * norm_weken then null
        when dagen <= 7 * (norm_weken + 4) then 'weken_1_4'
        when dagen <= 7 * (norm_weken + 13) then 'weken_5_13'
        when dagen <= 7 * (norm_weken + 26) then 'weken_14_26'
        when dagen > 7 * (norm_weken + 26) then 'ernstig_vertraagd'
    end
