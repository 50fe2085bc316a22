-- what: the compared tables by hand, straight from the frozen Parquet: what somebody who knows DuckDB would write for this one half-year.
-- definition: the same figures as the files under sql/, in as few statements as they take. No contract, check, register or provenance, no
--   earlier edition and no municipality that was divided (hand.py refuses those). Ends of statements are ';' at the end of a line.
-- grain: a temporary table per table of tests/bench/peers/outputs.py, and the steps before them
create temp macro tienden(teller, noemer) as
    case when noemer <> 0 then sign(teller) * ((2 * abs(teller) + noemer) // (2 * noemer)) * 0.1::decimal(9, 1) end;

create temp macro alfabetisch(naam) as
    regexp_replace(regexp_replace(lower(strip_accents(naam)), '^''[st]\W+', ''), '[^a-z0-9 ]', '', 'g');

create temp table overgang as
with recursive stap as (
    select
        oude_code,
        nieuwe_code,
        datum,
        soort = 'splitsing' as gesplitst
    from read_parquet(getvariable('bronnen') || '/referentie.herindelingen.parquet')
    where datum <= make_date(year(getvariable('begin')), 1, 1)
),

keten as (
    select
        oude_code,
        make_date(year(datum - 1) + 1, 1, 1) as tot,
        datum,
        nieuwe_code,
        gesplitst
    from stap
    union all
    select
        keten.oude_code,
        keten.tot,
        stap.datum,
        stap.nieuwe_code,
        keten.gesplitst or stap.gesplitst as gesplitst
    from keten
    inner join stap
        on keten.nieuwe_code = stap.oude_code and keten.datum < stap.datum
)

select
    oude_code,
    tot,
    nieuwe_code
from keten
where
    not gesplitst
    and not exists (select 1 from stap where stap.oude_code = keten.nieuwe_code and stap.datum > keten.datum);

create temp table gemeenten as
select
    gemeenten.*,
    inwoners.inwoners,
    regios.regiocode,
    regios.regio,
    row_number() over (
        order by alfabetisch(gemeenten.provincie), alfabetisch(gemeenten.gemeente), gemeenten.gemeentecode
    ) as volgorde
from read_parquet(getvariable('bronnen') || '/referentie.gemeenten.parquet') as gemeenten
left join read_parquet(getvariable('bronnen') || '/referentie.inwoners.parquet') as inwoners using (jaar, gemeentecode)
left join read_parquet(getvariable('bronnen') || '/referentie.arbeidsmarktregios.parquet') as regios
    using (jaar, gemeentecode)
where jaar = year(getvariable('begin'));

create temp table personen as
select
    hash(persoon) as s,
    hash(huishouden) as h,
    categorie,
    opvanggemeentecode,
    case when datum_vergunning < getvariable('eind') then datum_vergunning end as vergunning,
    case when datum_instroom_opvang < getvariable('eind') then datum_instroom_opvang end as aankomst,
    case
        when datum_vergunning < getvariable('eind') and datum_instroom_opvang < getvariable('eind')
            then greatest(datum_vergunning, datum_instroom_opvang)
    end as instroom,
    case when vertrek_datum < getvariable('eind') then vertrek_datum end as vertrek,
    case when vertrek_datum < getvariable('eind') then vertrek_reden end as vertrek_reden
from read_parquet(getvariable('bronnen') || '/coa_personen.parquet');

create temp table koppelingen as
select
    k.koppeling_id,
    hash(k.persoon) as s,
    coalesce(overgang.nieuwe_code, k.gemeentecode) as gemeentecode,
    k.datum_koppeling as koppeling,
    case when k.datum_einde < getvariable('eind') then k.datum_einde end as einde,
    case when k.datum_einde < getvariable('eind') and k.reden_einde = 'gehuisvest' then k.datum_einde end as huisvesting,
    case
        when
            k.datum_aanbod < getvariable('eind')
            and not coalesce(k.weigering = 'terecht' and k.datum_weigering < getvariable('eind'), false)
            then k.datum_aanbod
    end as aanbod,
    coalesce(k.datum_huurcontract < getvariable('eind'), false) as huurcontract,
    k.koppelingsgrond as grond,
    k.arbeidsmarktscreening as screening
from read_parquet(getvariable('bronnen') || '/coa_koppelingen.parquet') as k
left join overgang
    on k.gemeentecode = overgang.oude_code and k.datum_koppeling < overgang.tot
where k.datum_koppeling < getvariable('eind');

create temp table afmeldingen as
with grootboek as (
    select *
    from read_parquet(getvariable('bronnen') || '/coa_afmeldingen.parquet')
    where datum < getvariable('eind')
)

select
    a.afmelding_id,
    hash(a.persoon) as s,
    coalesce(overgang.nieuwe_code, a.gemeentecode) as gemeentecode,
    a.datum,
    a.aantal,
    a.afmelding_id in (select corrigeert from grootboek where corrigeert is not null) as teruggedraaid
from grootboek as a
left join overgang
    on a.gemeentecode = overgang.oude_code and a.datum < overgang.tot;

create temp table tabel_realisatie_per_maand as
with per_maand as (
    select
        gemeentecode,
        month(datum) as maand,
        sum(aantal) as realisatie
    from afmeldingen
    where datum >= getvariable('begin')
    group by all
)

select
    gemeenten.gemeentecode,
    gemeenten.gemeente,
    strftime(getvariable('begin') + to_months(m.maand - 1), '%Y-%m') as maand,
    coalesce(per_maand.realisatie, 0)::bigint as realisatie
from gemeenten
cross join (select unnest(range(6)) + month(getvariable('begin')) as maand) as m
left join per_maand
    on gemeenten.gemeentecode = per_maand.gemeentecode and m.maand = per_maand.maand
order by gemeenten.volgorde, m.maand;

create temp table tabel_gemeenten as
with realisatie as (
    select gemeentecode, sum(realisatie)::bigint as realisatie
    from tabel_realisatie_per_maand
    group by gemeentecode
),

rekening as (
    select
        gemeenten.*,
        overzicht.saldo_begin,
        overzicht.taakstelling,
        overzicht.taakstelling + overzicht.saldo_begin as gecorrigeerd,
        realisatie.realisatie,
        overzicht.taakstelling + overzicht.saldo_begin - realisatie.realisatie as eindsaldo
    from gemeenten
    inner join realisatie using (gemeentecode)
    left join read_parquet(getvariable('bronnen') || '/levering.coa_overzicht.parquet') as overzicht using (gemeentecode)
)

select
    gemeentecode,
    gemeente,
    provinciecode,
    provincie,
    regio as arbeidsmarktregio,
    inwoners,
    saldo_begin,
    taakstelling,
    gecorrigeerd,
    realisatie,
    case
        when gecorrigeerd > 0
            then tienden(1000 * realisatie, gecorrigeerd)
    end as percentage,
    eindsaldo,
    case when eindsaldo > 0 then 'achter' when eindsaldo = 0 then 'exact' else 'voor' end as stand,
    case
        when gecorrigeerd <= 0 and eindsaldo <= 0 then 'op_schema'
        when gecorrigeerd <= 0 then 'achter'
        when realisatie >= gecorrigeerd then 'op_schema'
        when 100 * realisatie >= 75 * gecorrigeerd then 'enigszins_achter'
        else 'achter'
    end as klasse
from rekening
order by volgorde;

create temp table tabel_koppelingen as
with lopend as (
    select
        k.s,
        p.h,
        k.gemeentecode,
        getvariable('eind') - k.koppeling as dagen,
        case
            when k.huurcontract then 'huurcontract'
            when k.aanbod is not null then 'aanbod'
            when getvariable('eind') - k.koppeling > 70 then 'langer'
            else 'binnen'
        end as stand
    from koppelingen as k
    inner join personen as p using (s)
    where k.einde is null and p.instroom is not null and p.vertrek is null
    qualify row_number() over (partition by k.s order by k.koppeling desc, k.koppeling_id desc) = 1
),

trechter as (
    select
        gemeentecode,
        count(*) as gekoppeld,
        count(*) filter (where stand = 'binnen') as binnen_norm,
        count(*) filter (where stand = 'langer') as langer_dan_norm,
        count(*) filter (where stand = 'aanbod') as met_aanbod,
        count(*) filter (where stand = 'huurcontract') as met_huurcontract,
        count(distinct h) filter (where stand = 'langer') as langer_dan_norm_huishoudens,
        count(*) filter (where stand = 'langer' and dagen <= 98) as te_lang_weken_1_4,
        count(*) filter (where stand = 'langer' and dagen between 99 and 161) as te_lang_weken_5_13,
        count(*) filter (where stand = 'langer' and dagen between 162 and 252) as te_lang_weken_14_26,
        count(*) filter (where stand = 'langer' and dagen > 252) as ernstig_vertraagd
    from lopend
    group by gemeentecode
),

geleverd as (
    select
        gemeentecode,
        count(*) filter (where koppeling >= getvariable('begin')) as gemaakt,
        count(distinct s) filter (where koppeling < getvariable('begin')) as gekoppeld_begin,
        count(distinct s) as beschikbaar
    from koppelingen
    where einde is null or einde >= getvariable('begin')
    group by gemeentecode
)

select
    g.gemeentecode,
    g.gemeente,
    g.provincie,
    g.arbeidsmarktregio,
    coalesce(columns(trechter.* exclude (gemeentecode)), 0),
    g.gecorrigeerd,
    g.realisatie,
    g.eindsaldo,
    coalesce(columns(geleverd.* exclude (gemeentecode)), 0),
    case
        when g.eindsaldo <= 0 then 'voldaan'
        when coalesce(geleverd.beschikbaar, 0) >= g.gecorrigeerd then 'te_weinig_gehuisvest'
        else 'te_weinig_gekoppeld'
    end as oordeel
from tabel_gemeenten as g
left join trechter using (gemeentecode)
left join geleverd using (gemeentecode)
order by g.rowid;

create temp table tabel_wachttijden as
with huishoudens as (
    select
        h,
        case
            when count(*) = 1 then 'een'
            when count(*) = 2 then 'twee'
            when count(*) <= 4 then 'drie_vier'
            else 'vijf_meer'
        end as grootte
    from personen
    group by h
),

wie as (
    select
        p.* replace (coalesce(p.categorie, 'onbekend') as categorie),
        huishoudens.grootte,
        gemeenten.regiocode
    from personen as p
    inner join huishoudens using (h)
    left join gemeenten
        on p.opvanggemeentecode = gemeenten.gemeentecode
    where p.aankomst is not null
),

eerste as (
    select s, min(koppeling) as koppeling
    from koppelingen
    group by s
),

per_koppeling as (
    select
        k.koppeling as start,
        coalesce(k.einde, getvariable('eind')) as einde,
        k.aanbod,
        k.huisvesting,
        wie.categorie,
        wie.grootte,
        k.grond,
        k.screening,
        case
            when k.gemeentecode = wie.opvanggemeentecode then 'gemeente'
            when gemeenten.regiocode = wie.regiocode then 'regio'
            when gemeenten.regiocode <> wie.regiocode then 'elders'
            else 'andere_gemeente'
        end as nabij
    from koppelingen as k
    inner join wie using (s)
    left join gemeenten using (gemeentecode)
),

per_persoon as (
    select
        wie.vergunning as start,
        coalesce(wie.vertrek, getvariable('eind')) as einde,
        eerste.koppeling,
        case when wie.vertrek_reden = 'gehuisvest' then wie.vertrek end as huisvesting,
        wie.categorie,
        wie.grootte
    from wie
    left join eerste using (s)
    where wie.vergunning is not null and (wie.vertrek is null or wie.vertrek >= wie.vergunning)
),

waarnemingen as (
    select 'koppeling_aanbod' as traject, start, einde, aanbod as doel, categorie, grootte, grond, screening, nabij
    from per_koppeling
    union all
    select 'koppeling_huisvesting', start, einde, huisvesting, categorie, grootte, grond, screening, nabij
    from per_koppeling
    union all
    select 'vergunning_koppeling', start, einde, koppeling, categorie, grootte, null, null, null
    from per_persoon
    union all
    select 'vergunning_huisvesting', start, einde, huisvesting, categorie, grootte, null, null, null
    from per_persoon
),

cellen as (
    select
        traject,
        case
            when start >= getvariable('eind') - interval 24 month
                then year(start) || case when month(start) > 6 then '-II' else '-I' end
        end as cohort,
        categorie,
        grootte,
        grond,
        screening,
        nabij,
        least(doel, einde) - start as dag,
        count(*) as n,
        count(*) filter (where doel <= einde) as bereikt,
        count(*) filter (where doel <= einde and doel >= getvariable('begin')) as bereikt_halfjaar
    from waarnemingen
    group by all
),

per_dag as (
    select
        traject,
        case grouping(cohort, categorie, grootte, grond, screening, nabij)
            when 31 then 'cohort'
            when 47 then 'categorie'
            when 55 then 'grootte'
            when 59 then 'grond'
            when 61 then 'screening'
            when 57 then 'grond_screening'
            when 62 then 'nabij'
            else 'totaal'
        end as groepsoort,
        case grouping(cohort, categorie, grootte, grond, screening, nabij)
            when 31 then cohort
            when 47 then categorie
            when 55 then grootte
            when 59 then grond
            when 61 then screening
            when 57 then grond || '_' || screening
            when 62 then nabij
            else 'totaal'
        end as groep,
        dag,
        sum(n_cohort) as n,
        sum(bereikt_cohort) as bereikt,
        sum(bereikt_halfjaar) as bereikt_halfjaar
    from (
        select
            * exclude (n, bereikt),
            case when cohort is not null then n else 0 end as n_cohort,
            case when cohort is not null then bereikt else 0 end as bereikt_cohort
        from cellen
    ) as cellen
    group by
        traject,
        dag,
        grouping sets ((), (cohort), (categorie), (grootte), (grond), (screening), (grond, screening), (nabij))
    having groep is not null and sum(n_cohort) + sum(bereikt_halfjaar) > 0
),

tellingen as (
    select
        traject,
        groepsoort,
        groep,
        sum(n)::bigint as aantal,
        sum(bereikt)::bigint as bereikt,
        sum(bereikt_halfjaar)::bigint as gemiddeld_aantal,
        sum(dag * bereikt_halfjaar)::bigint as dagen
    from per_dag
    group by all
),

wachtenden as (
    select
        *,
        sum(n) over (partition by traject, groepsoort, groep order by dag desc)::double as wachtend
    from per_dag
    where n > 0
),

kromme as (
    select
        traject,
        groepsoort,
        groep,
        dag,
        bereikt < wachtend as over,
        sum(case when bereikt < wachtend then ln((wachtend - bereikt) / wachtend) end) over tot as log_s,
        sum(case when bereikt < wachtend then bereikt / (wachtend * (wachtend - bereikt)) end) over tot as variantie
    from wachtenden
    window tot as (partition by traject, groepsoort, groep order by dag)
),

banden as (
    select
        traject,
        groepsoort,
        groep,
        dag,
        case when over then exp(log_s) else 0 end as kans,
        case
            when not over then 0
            when log_s = 0 then 1
            else exp(log_s * exp(-1.959963984540054 * sqrt(variantie) / log_s))
        end as onder,
        case
            when not over then 0
            when log_s = 0 then 1
            else exp(log_s * exp(1.959963984540054 * sqrt(variantie) / log_s))
        end as boven
    from kromme
),

kwantielen as (
    select
        traject,
        groepsoort,
        groep,
        min(dag) filter (where kans <= 0.5 + 1e-12) as mediaan_dagen,
        min(dag) filter (where onder <= 0.5 + 1e-12) as mediaan_ondergrens_dagen,
        min(dag) filter (where boven <= 0.5 + 1e-12) as mediaan_bovengrens_dagen,
        min(dag) filter (where kans <= 0.75 + 1e-12) as kwartiel_1_dagen,
        min(dag) filter (where onder <= 0.75 + 1e-12) as kwartiel_1_ondergrens_dagen,
        min(dag) filter (where boven <= 0.75 + 1e-12) as kwartiel_1_bovengrens_dagen,
        min(dag) filter (where kans <= 0.25 + 1e-12) as kwartiel_3_dagen,
        min(dag) filter (where onder <= 0.25 + 1e-12) as kwartiel_3_ondergrens_dagen,
        min(dag) filter (where boven <= 0.25 + 1e-12) as kwartiel_3_bovengrens_dagen
    from banden
    group by all
)

select
    traject,
    groepsoort,
    groep,
    aantal,
    bereikt,
    kwantielen.* exclude (traject, groepsoort, groep),
    tienden(10 * mediaan_dagen, 7) as mediaan_weken,
    gemiddeld_aantal,
    tienden(10 * dagen, 7 * gemiddeld_aantal) as gemiddeld_weken
from tellingen
left join kwantielen using (traject, groepsoort, groep)
order by
    traject,
    list_position(
        ['totaal', 'cohort', 'categorie', 'grootte', 'grond', 'screening', 'grond_screening', 'nabij'], groepsoort
    ),
    groep;

create temp table tabel_aansluiting as
with plaatsing as (
    select s, gemeentecode, datum
    from afmeldingen
    where aantal > 0 and not teruggedraaid and datum >= getvariable('begin')
    qualify row_number() over (partition by s order by datum desc, afmelding_id desc) = 1
),

lijsten as (
    select distinct coalesce(overgang.nieuwe_code, lijst.gemeentecode) as gemeentecode
    from read_parquet(getvariable('bronnen') || '/levering.gemeenten_levering.parquet') as lijst
    left join overgang
        on lijst.gemeentecode = overgang.oude_code
),

meldingen as (
    select
        hash(m.persoon) as s,
        coalesce(overgang.nieuwe_code, m.gemeentecode) as gemeentecode,
        m.datum_huisvesting as datum,
        m.datum_huisvesting >= getvariable('begin') and m.datum_huisvesting < getvariable('eind') as binnen
    from read_parquet(getvariable('bronnen') || '/gemeenten_huisvesting.parquet') as m
    left join overgang
        on m.gemeentecode = overgang.oude_code
    where coalesce(overgang.nieuwe_code, m.gemeentecode) in (select gemeentecode from gemeenten)
    -- Two lists of one municipality that merged may both name a person.
    qualify row_number() over (partition by s, 2 order by binnen desc, datum desc, m.gemeentecode desc) = 1
),

-- Where several municipalities report a person: that of the ledger, else the latest day.
gemeld as (
    select m.s, m.gemeentecode, m.datum
    from meldingen as m
    left join plaatsing using (s)
    where m.binnen
    qualify row_number() over (
        partition by m.s
        order by plaatsing.gemeentecode is not distinct from m.gemeentecode desc, m.datum desc, m.gemeentecode
    ) = 1
),

eerder as (
    select distinct s
    from afmeldingen
    where aantal > 0 and not teruggedraaid and datum < getvariable('begin')
),

samen as (
    select
        p.gemeentecode as coa,
        gemeld.gemeentecode as gemeente,
        p.datum - gemeld.datum as dagen,
        w.instroom is not null and w.vertrek is null as in_opvang,
        case
            when p.gemeentecode <> gemeld.gemeentecode then 'andere_gemeente'
            when p.datum <> gemeld.datum then 'andere_datum'
            when p.datum = gemeld.datum then 'gelijk'
            when p.s is not null and p.gemeentecode in (select gemeentecode from gemeenten)
                and p.gemeentecode not in (select gemeentecode from lijsten) then 'gemeente_leverde_niet'
            when elders.s is not null then 'gemeente_ander_halfjaar'
            when p.s is not null then 'alleen_coa'
            when w.s is null then 'onbekend_coa'
            when eerder.s is not null then 'coa_ander_halfjaar'
            else 'alleen_gemeente'
        end as klasse
    from plaatsing as p
    full join gemeld
        on p.s = gemeld.s
    left join (from meldingen where not binnen) as elders
        on p.s = elders.s and p.gemeentecode = elders.gemeentecode
    left join personen as w
        on coalesce(p.s, gemeld.s) = w.s
    left join eerder
        on coalesce(p.s, gemeld.s) = eerder.s
),

coa as (
    select
        coa as gemeentecode,
        count(*) as geplaatst,
        count(*) filter (where klasse = 'gelijk') as gelijk,
        count(*) filter (where klasse = 'andere_datum') as andere_datum,
        count(*) filter (where klasse = 'andere_gemeente') as andere_gemeente,
        count(*) filter (where klasse = 'gemeente_leverde_niet') as gemeente_leverde_niet,
        count(*) filter (where klasse = 'gemeente_ander_halfjaar') as gemeente_ander_halfjaar,
        count(*) filter (where klasse = 'alleen_coa') as alleen_coa,
        median(dagen) filter (where klasse in ('gelijk', 'andere_datum')) as vertraging_mediaan
    from samen
    where coa is not null
    group by coa
),

gemeente as (
    select
        gemeente as gemeentecode,
        count(*) as personen,
        count(*) filter (where klasse = 'andere_gemeente') as andere_gemeente_gemeld,
        count(*) filter (where klasse = 'alleen_gemeente') as alleen_gemeente,
        count(*) filter (where klasse = 'alleen_gemeente' and in_opvang) as late_afmelding,
        count(*) filter (where klasse = 'onbekend_coa') as onbekend_coa,
        count(*) filter (where klasse = 'coa_ander_halfjaar') as coa_ander_halfjaar
    from samen
    where gemeente is not null
    group by gemeente
),

regels as (
    select
        gemeentecode,
        count(*) filter (where binnen) as gemeld,
        count(*) filter (where not binnen) as buiten_halfjaar
    from meldingen
    group by gemeentecode
),

naast_elkaar as (
    select
        g.gemeentecode,
        g.gemeente,
        g.rowid as volgorde,
        lijsten.gemeentecode is not null as lijst,
        coalesce(coa.geplaatst, 0) as geplaatst,
        coalesce(regels.gemeld, 0) as gemeld,
        coalesce(columns(coa.* exclude (gemeentecode, geplaatst, vertraging_mediaan)), 0),
        coalesce(columns(gemeente.* exclude (gemeentecode, personen)), 0),
        coalesce(regels.gemeld, 0) - coalesce(gemeente.personen, 0) as dubbel_gemeld,
        coalesce(regels.buiten_halfjaar, 0) as buiten_halfjaar,
        coa.vertraging_mediaan,
        g.realisatie
    from tabel_gemeenten as g
    left join lijsten using (gemeentecode)
    left join coa using (gemeentecode)
    left join regels using (gemeentecode)
    left join gemeente using (gemeentecode)
)

select
    gemeentecode,
    gemeente,
    case when lijst then 'ja' else 'nee' end as geleverd,
    geplaatst,
    case when lijst then gemeld end as gemeld,
    case when lijst then gelijk end as gelijk,
    case when lijst then andere_datum end as andere_datum,
    andere_gemeente,
    gemeente_leverde_niet,
    case when lijst then gemeente_ander_halfjaar end as gemeente_ander_halfjaar,
    case when lijst then alleen_coa end as alleen_coa,
    case when lijst then andere_gemeente_gemeld end as andere_gemeente_gemeld,
    case when lijst then alleen_gemeente end as alleen_gemeente,
    case when lijst then late_afmelding end as late_afmelding,
    case when lijst then onbekend_coa end as onbekend_coa,
    case when lijst then coa_ander_halfjaar end as coa_ander_halfjaar,
    case when lijst then dubbel_gemeld end as dubbel_gemeld,
    case when lijst then buiten_halfjaar end as buiten_halfjaar,
    vertraging_mediaan,
    realisatie,
    case when lijst then realisatie - geplaatst + gemeld end as realisatie_eigen_telling,
    case when lijst then gemeld - geplaatst end as verschil
from naast_elkaar
order by volgorde;

create temp table opvang_stroom as
with grootboek as (
    select
        s,
        coalesce(sum(aantal) filter (where datum < getvariable('begin')), 0) as voor,
        coalesce(sum(aantal) filter (where datum >= getvariable('begin')), 0) as tijdens
    from afmeldingen
    group by s
),

delen as (
    select
        p.categorie,
        p.instroom,
        p.instroom is not null and not coalesce(p.vertrek < p.instroom, false) as opvang,
        p.vertrek,
        coalesce(p.vertrek_reden <> 'gehuisvest', false) as anders,
        coalesce(grootboek.voor, 0) as voor,
        coalesce(grootboek.tijdens, 0) as tijdens
    from personen as p
    left join grootboek using (s)
)

select
    c.categorie,
    count(*) filter (
        where opvang and instroom < getvariable('begin') and voor <= 0
        and not (anders and coalesce(vertrek < getvariable('begin'), false))
    ) as begin,
    count(*) filter (where opvang and instroom >= getvariable('begin') and c.categorie <> 'nareis') as vergunningen,
    count(*) filter (where opvang and instroom >= getvariable('begin') and c.categorie = 'nareis') as nareis,
    coalesce(sum(tijdens) filter (where opvang), 0) as afgemeld,
    count(*) filter (where opvang and anders and vertrek >= getvariable('begin')) as anders_vertrokken,
    count(*) filter (where opvang and vertrek is null) as eind,
    coalesce(sum(tijdens) filter (where not opvang), 0) as buiten_opvang
from (select unnest(['asiel', 'nareis', 'amv']) as categorie) as c
left join delen using (categorie)
group by c.categorie;
