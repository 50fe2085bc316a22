-- what: achter (saldo > 0), exact (= 0) or voor (< 0).
-- definition: voldaan is exact or voor
-- grain: scalar
create or replace macro stand(saldo) as
    case
        when saldo > 0 then 'achter'
        when saldo = 0 then 'exact'
        when saldo < 0 then 'voor'
    end
