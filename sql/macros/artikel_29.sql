-- what: taakstelling of a municipality by the letter of the law: ceil(vg * iG / iN), in whole numbers.
-- source: Huisvestingswet 2014, art. 29 lid 1
-- grain: scalar
create or replace macro artikel_29(vg, inwoners_gemeente, inwoners_nederland) as
    (vg::bigint * inwoners_gemeente + inwoners_nederland - 1) // nullif(inwoners_nederland, 0)
