-- what: limit of the 95 % band of a survival by the log-log transformation; `teken` -1 gives the lower limit, 1 the upper.
-- definition: S ^ exp(-teken * z * sqrt(variance) / -ln S) with z = 1.96 (to the last digit of a double). Before the first event both
--   limits are 1, and 0 where survival is 0 (`log_overleving` NULL): Greenwood has no variance there.
-- source: exponential Greenwood formula, as lifelines has it
-- grain: scalar
create or replace macro loglog_grens(log_overleving, variantie, teken) as
    case
        when log_overleving is null then 0::double
        when log_overleving = 0 then 1::double
        else exp(log_overleving * exp(teken * 1.959963984540054::double * deel(sqrt(variantie), log_overleving)))
    end
