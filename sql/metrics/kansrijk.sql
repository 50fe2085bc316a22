-- what: the koppelingen of the half-year by ground and screening, and how many lead to the gemeente or arbeidsmarktregio of the reception.
-- definition: of persons who never were in the opvang there is no reception to compare with: `met_opvang` leaves them out.
--   `opvangregio` holds those to the gemeente of the reception too; it is NULL where the division into regions is not known. All is NULL
--   when the koppelingen were not delivered.
-- source: letter to Parliament of 29 September 2016, kansrijk koppelen
-- grain: one row per groepsoort (totaal, grond, screening, grond_screening) and groep; totaal always
with parameters as (
    select begin
    from invoer.parameters
),

indeling as (
    select count(regiocode) > 0 as bekend
    from staging.gemeenten
),

aanwezig as (
    select koppelingen as geleverd
    from staging.aanwezig
),

cellen as (
    select
        cellen.grond,
        cellen.screening,
        cellen.nabij,
        sum(cellen.aantal)::bigint as aantal
    from metrics.wachttijd_cel as cellen
    inner join parameters
        on cellen.cohort = parameters.begin
    where cellen.traject = 'koppeling_huisvesting'
    group by
        cellen.grond,
        cellen.screening,
        cellen.nabij
),

groepen as (
    select
        case
            when grouping(grond) = 0 and grouping(screening) = 0 then 'grond_screening'
            when grouping(grond) = 0 then 'grond'
            when grouping(screening) = 0 then 'screening'
            else 'totaal'
        end as groepsoort,
        case
            when grouping(grond) = 0 and grouping(screening) = 0 then grond || '_' || screening
            when grouping(grond) = 0 then grond
            when grouping(screening) = 0 then screening
            else 'totaal'
        end as groep,
        coalesce(sum(aantal), 0)::bigint as koppelingen,
        coalesce(sum(aantal) filter (where nabij <> 'geen_opvang'), 0)::bigint as met_opvang,
        coalesce(sum(aantal) filter (where nabij = 'gemeente'), 0)::bigint as opvanggemeente,
        coalesce(sum(aantal) filter (where nabij in ('gemeente', 'regio')), 0)::bigint as opvangregio
    from cellen
    group by grouping sets ((), grond, screening, (grond, screening))
)

select
    groepen.groepsoort,
    groepen.groep,
    case when aanwezig.geleverd then groepen.koppelingen end as koppelingen,
    case when aanwezig.geleverd then groepen.met_opvang end as met_opvang,
    case when aanwezig.geleverd then groepen.opvanggemeente end as opvanggemeente,
    case when aanwezig.geleverd and indeling.bekend then groepen.opvangregio end as opvangregio
from groepen
cross join indeling
cross join aanwezig
