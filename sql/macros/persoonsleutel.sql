-- what: the short key by which tables are joined on a person; NULL for NULL.
-- definition: DuckDB's own 64-bit hash of the pseudonym: an eighth of its length, so that joins over millions of persons stay
--   small. Never printed, never ordered by; checks/sleutels_uniek blocks when two pseudonyms share one.
-- grain: scalar
create or replace macro persoonsleutel(persoon) as
    case when persoon is not null then hash(persoon) end
