-- what: sentences that depend on the data and carry no number from the register.
-- grain: one row per sleutel
with parameters as (
    select *
    from invoer.parameters
),

inwoners as (
    select distinct
        peiljaar,
        wettelijk_peiljaar
    from staging.inwoners_verdeling
),

eerder as (
    select count(*) as gemeenten
    from eerder.eindsaldo
)

select
    'inwoners_control' as sleutel,
    case
        when peiljaar = wettelijk_peiljaar
            then 'De controles rekenen met het aantal inwoners op 1 januari ' || peiljaar || ', de peildatum van artikel 29.'
        else
            'De wet gaat uit van het aantal inwoners op 1 januari ' || wettelijk_peiljaar || '. Dat aantal ontbreekt in de gebruikte '
            || 'gegevens. De controles rekenen daarom met het aantal inwoners op 1 januari ' || peiljaar
            || ' en kunnen iets afwijken van de verdeling die het ministerie maakte.'
    end as tekst
from inwoners
union all
select
    'boekhouding_halfjaren' as sleutel,
    case
        when eerder.gemeenten > 0
            then 'Het saldo aan het begin komt uit de gepubliceerde editie van het vorige halfjaar.'
        else
            'Van eerdere halfjaren is geen gepubliceerde editie beschikbaar. Een achterstand aan het begin staat daarom als één post '
            || 'vóór ' || parameters.periode || '.'
    end as tekst
from eerder
cross join parameters
union all
select
    'reeks_indeling' as sleutel,
    'Reeksen van gemeenten staan op de gemeentelijke indeling van ' || jaar
    || '. Cijfers van gemeenten die zijn samengevoegd, zijn opgeteld; die van een gesplitste gemeente '
    || 'zijn verdeeld naar de aandelen die het Rijk heeft geleverd.' as tekst
from parameters
union all
select
    'herziening' as sleutel,
    case
        when editie.editie is null then 'Van dit halfjaar is niet eerder een editie gepubliceerd. Er is dus niets herzien.'
        else
            'Van dit halfjaar is eerder editie ' || editie.editie || ' gepubliceerd. Deze bijlage zegt wat sindsdien is veranderd.'
    end as tekst
from parameters
left join herziening.editie
    on parameters.periode = editie.periode
union all
select
    'herziening_bij' as sleutel,
    coalesce(string_agg(zin, ' ' order by volgnummer), '')
    || case when bool_or(not zeker) then ' De verdeling over correcties en nagekomen is daarom niet zeker.' else '' end as tekst
from herziening.bevindingen
order by
    sleutel
