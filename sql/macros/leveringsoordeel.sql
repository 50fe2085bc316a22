-- what: why a municipality did not do its task: voldaan, te_weinig_gekoppeld or te_weinig_gehuisvest; NULL when unknown.
-- definition: voldaan when the eindsaldo is 0 or less. Else, when at least as many persons were linked to it in the half-year as its
--   gecorrigeerde taakstelling, they were not housed; when fewer, the COA had not linked enough.
-- source: DOMAIN, what readers complain about: "the COA does not deliver"
-- grain: scalar
create or replace macro leveringsoordeel(eindsaldo, beschikbaar, gecorrigeerd) as
    case
        when eindsaldo <= 0 then 'voldaan'
        when eindsaldo > 0 and beschikbaar >= gecorrigeerd then 'te_weinig_gehuisvest'
        when eindsaldo > 0 and beschikbaar < gecorrigeerd then 'te_weinig_gekoppeld'
    end
