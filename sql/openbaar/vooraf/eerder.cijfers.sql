-- what: what earlier half-years said, as it was said outside: the breakdowns of persons as the openbaar edition rounded them.
-- definition: NULL where there is no openbaar edition of that half-year; the exact figures of the internal one are not for readers.
-- grain: one row per periode, cijfer_id and gebied
select
    cijfers.periode,
    cijfers.cijfer_id,
    cijfers.gebied,
    case when soorten.soort = 'exact' then cijfers.waarde else afronding.afgerond end as waarde
from eerder.cijfers as cijfers
left join openbaar.soorten as soorten
    on cijfers.cijfer_id = soorten.cijfer_id
left join openbaar.afronding as afronding
    on
        'eerder.' || cijfers.periode || '.' || cijfers.cijfer_id = afronding.cel
        and cijfers.gebied = afronding.van_gebied
