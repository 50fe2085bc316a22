-- what: the key by which names are put in alphabetical order: without accents, lower case, without a leading apostrophe-s or sign.
-- definition: 's-Gravenhage stands under g, 't Zand under z, as in CBS lists.
-- grain: scalar
create or replace macro alfabetisch(naam) as
    regexp_replace(regexp_replace(lower(strip_accents(naam)), '^''[st]\W+', ''), '[^a-z0-9 ]', '', 'g')
