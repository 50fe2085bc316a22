-- what: the classes of the breakdowns of the opvang with their words and order, whether somebody is in them or not.
-- definition: the nationalities stand under their rank; a rank that nobody has is without a name.
-- grain: one row per dimensie and klasse
with nationaliteiten as (
    select
        nationaliteit,
        klasse
    from metrics.opvang_nationaliteit
),

gebieden as (
    select *
    from report.gebieden
    where soort = 'provincie'
),

rangen as (
    select unnest(range(1, 11)) as rang
),

vast as (
    select
        dimensie,
        klasse,
        naam,
        volgorde
    from (
        values
        ('stand', 'zonder_koppeling', 'Zonder koppeling', 1),
        ('stand', 'gekoppeld_binnen_norm', 'Gekoppeld, binnen de norm, geen aanbod', 2),
        ('stand', 'gekoppeld_langer_dan_norm', 'Gekoppeld, langer dan de norm, geen aanbod', 3),
        ('stand', 'met_aanbod', 'Met aanbod', 4),
        ('stand', 'met_huurcontract', 'Met huurcontract', 5),
        ('categorie', 'asiel', 'Asiel', 1),
        ('categorie', 'nareis', 'Nareis', 2),
        ('categorie', 'amv', 'Alleenstaande minderjarige', 3),
        ('huishoudgrootte', 'een', '1 persoon', 1),
        ('huishoudgrootte', 'twee', '2 personen', 2),
        ('huishoudgrootte', 'drie_vier', '3 of 4 personen', 3),
        ('huishoudgrootte', 'vijf_meer', '5 of meer personen', 4),
        ('nationaliteit', 'overig', 'Overige nationaliteiten', 11),
        ('nationaliteit', 'onbekend', 'Onbekend', 12),
        ('opvangvorm', 'azc', 'Asielzoekerscentrum', 1),
        ('opvangvorm', 'pol', 'Procesopvanglocatie', 2),
        ('opvangvorm', 'noodopvang', 'Noodopvang', 3),
        ('opvangvorm', 'crisisnoodopvang', 'Crisisnoodopvang', 4),
        ('opvangvorm', 'kleinschalig_amv', 'Kleinschalige opvang voor minderjarigen', 5),
        ('opvangvorm', 'gva', 'Gemeentelijk versnellingsarrangement', 6),
        ('verblijf', 'tot_90', 'Tot en met 90 dagen', 1),
        ('verblijf', 'tot_180', '91 tot en met 180 dagen', 2),
        ('verblijf', 'tot_365', '181 tot en met 365 dagen', 3),
        ('verblijf', 'langer', 'Meer dan 365 dagen', 4),
        ('te_lang', 'weken_1_4', '1 tot en met 4 weken', 1),
        ('te_lang', 'weken_5_13', '5 tot en met 13 weken', 2),
        ('te_lang', 'weken_14_26', '14 tot en met 26 weken', 3),
        ('te_lang', 'ernstig_vertraagd', 'Meer dan 26 weken (ernstig vertraagd)', 4),
        ('reden_vertraging', 'geen_woning', 'Geen woning', 1),
        ('reden_vertraging', 'groot_gezin', 'Groot gezin', 2),
        ('reden_vertraging', 'medisch', 'Medisch', 3),
        ('reden_vertraging', 'wacht_op_gezin', 'Wacht op gezinshereniging', 4),
        ('reden_vertraging', 'woning_in_aanbouw', 'Woning in aanbouw', 5),
        ('reden_vertraging', 'overig', 'Overig', 6),
        ('reden_vertraging', 'onbekend', 'Niet opgegeven', 7)
    ) as klassen (dimensie, klasse, naam, volgorde)
)

select
    dimensie,
    klasse,
    naam,
    volgorde
from vast
union all
select
    'nationaliteit' as dimensie,
    rangen.rang::varchar as klasse,
    nationaliteiten.nationaliteit as naam,
    rangen.rang as volgorde
from rangen
left join nationaliteiten
    on rangen.rang::varchar = nationaliteiten.klasse
union all
select
    'opvangprovincie' as dimensie,
    gebied as klasse,
    naam,
    volgorde
from gebieden
order by
    dimensie,
    volgorde
