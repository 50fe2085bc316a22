-- what: class against the schedule after so many months: op_schema, enigszins_achter or achter.
-- definition: the schedule is months / 6 of the gecorrigeerde taakstelling; enigszins_achter from `midden_procent` per cent of the
--   schedule (a choice: the Platform never published its thresholds); where the gecorrigeerde taakstelling is 0 or less the
--   class follows the saldo. In whole numbers, so that a boundary is exact.
-- grain: scalar
create or replace macro schemaklasse(realisatie, gecorrigeerd, maanden, midden_procent) as
    case
        when realisatie is null or gecorrigeerd is null then null
        when gecorrigeerd <= 0 and gecorrigeerd - realisatie <= 0 then 'op_schema'
        when gecorrigeerd <= 0 then 'achter'
        when realisatie * 6 >= gecorrigeerd * maanden then 'op_schema'
        when realisatie * 600 >= gecorrigeerd * maanden * midden_procent then 'enigszins_achter'
        else 'achter'
    end
