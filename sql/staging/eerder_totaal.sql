-- what: what published editions of earlier half-years say of municipalities, carried to the municipalities of the period's year.
-- definition: what merged is added up by whoever reads this. What was divided goes by the delivered shares, by largest remainder
--   (ties by code), so that the parts are together exactly the whole; a number below zero is divided as its opposite. `deel` is
--   NULL where no shares were delivered: unknown, not zero; only of a whole of 0 every part is 0 without them. cijfer_id 'eindsaldo'
--   is the balance that is carried over.
-- source: eerder.eindsaldo, eerder.cijfers; DOMAIN, herindeling
-- grain: one row per periode, cijfer_id, oude_code and gemeentecode (and part, where two parts of one municipality met again)
with gepubliceerd as (
    select
        periode,
        'eindsaldo' as cijfer_id,
        gemeentecode as oude_code,
        eindsaldo as waarde
    from eerder.eindsaldo
    union all
    select
        periode,
        cijfer_id,
        gebied as oude_code,
        waarde::bigint as waarde
    from eerder.cijfers
    where gebied like 'GM%'
),

overgang as (
    select *
    from staging.gemeente_overgang
),

gedeeld as (
    select
        gepubliceerd.periode,
        gepubliceerd.cijfer_id,
        gepubliceerd.oude_code,
        coalesce(overgang.nieuwe_code, gepubliceerd.oude_code) as gemeentecode,
        overgang.deel_code,
        gepubliceerd.waarde,
        case when overgang.oude_code is null then 1 else overgang.teller end as teller,
        case when overgang.oude_code is null then 1 else overgang.noemer end as noemer
    from gepubliceerd
    left join overgang
        on gepubliceerd.oude_code = overgang.oude_code
),

afgerond as (
    select
        *,
        case when waarde = 0 then 0 else aandeel_heel(abs(waarde), teller, noemer) end as heel,
        case when waarde = 0 then 0 else aandeel_rest(abs(waarde), teller, noemer) end as rest
    from gedeeld
),

gerangschikt as (
    select
        *,
        case
            when count(*) over totaal = count(heel) over totaal
                then abs(waarde) - sum(heel) over totaal
        end as overschot,
        row_number() over (
            partition by
                periode,
                cijfer_id,
                oude_code
            order by
                deel(rest, noemer) desc nulls last,
                gemeentecode,
                deel_code
        ) as rang
    from afgerond
    window totaal as (
        partition by
            periode,
            cijfer_id,
            oude_code
    )
)

select
    periode,
    cijfer_id,
    oude_code,
    gemeentecode,
    deel_code,
    waarde,
    case
        when overschot is not null
            then (sign(waarde) * (heel + case when rang <= overschot then 1 else 0 end))::bigint
    end as deel
from gerangschikt
