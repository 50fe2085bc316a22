"""The SQL of one column of the typed table: its names there, and what its cells can be.

Belongs here: expressions about a single column. Not here: queries (compiler.py), SQL that knows no column (sqltext.py).
"""

# Names in the SQL come from shipped contracts and are checked there; values are literals() or parameters.

from datetime import date

from pipeline.core.intake.contracts import Column
from pipeline.core.intake.dates import date_value
from pipeline.core.intake.pseudonyms import mask_column
from pipeline.core.intake.sqltext import identifier, integer_value, literal, normalised, shown, stripped, template

INTEGER_REMEDY = "Vul een geheel getal in, zoals 12, -21 of 1.015."
FORMULA_REMEDY = "Bewaar het bestand met waarden in plaats van formules."


def lookup_table(column: Column) -> str:
    """Temporary table of the code list of `column`."""
    return f"intake_opzoek_{column.name}"


def suggestion_table(column: Column) -> str:
    """Temporary table of the suggestions for unknown names in `column`."""
    return f"intake_suggestie_{column.name}"


def raw(column: Column) -> str:
    """The cell as delivered; a pseudonym where it held a V-number."""
    return identifier(f"{column.name}__ruw")


def display(column: Column) -> str:
    """What a message may show of the cell."""
    return shown(identifier(mask_column(column.name)) if column.pseudonym else raw(column))


def fault(column: Column) -> str:
    """Whether the cell itself is wrong."""
    return identifier(f"{column.name}__fout")


def cleaned(column: Column) -> str:
    """SQL of the cell without spaces around; NULL when blank."""
    text = normalised(raw(column)) if column.type == "string" else stripped(raw(column))
    return f"nullif({text}, '')"


def clean(column: Column) -> str:
    """The cell without spaces around; NULL when blank."""
    return identifier(f"{column.name}__net")


def filled(column: Column) -> str:
    """Whether the cell holds anything."""
    return f"({clean(column)} is not null)"


def formula(column: Column) -> str:
    """Whether the cell is a formula of a spreadsheet."""
    return f"coalesce(left({clean(column)}, 1) in ('=', '@'), false)"


def stretch(column: Column) -> str:
    """The stretch of days whose names count for the cell (lookups.make_lookup); NULL when its day is unknown."""
    return identifier(f"{column.name}__tijdvak")


def codes(column: Column) -> str:
    """How many codes the name in the cell can mean; NULL when it is in no list."""
    return identifier(f"{column.name}__codes")


def unknown(column: Column) -> str:
    """Whether the cell holds a name that its code list does not know on its day."""
    return f"({filled(column)} and not {formula(column)} and {stretch(column)} is not null and {codes(column)} is null)"


def ambiguous(column: Column) -> str:
    """Whether the name in the cell can mean more than one code."""
    return f"coalesce({codes(column)} > 1, false)"


def value(column: Column) -> str:
    """The typed value of the stripped cell `clean(column)` (not of a name, which needs its code list); NULL where it
    cannot be read.
    """
    if column.type == "integer":
        return integer_value(clean(column))
    if column.type == "date":
        return date_value(clean(column), column.forms)
    if column.pseudonym:
        return f"case when regexp_full_match({raw(column)}, '[0-9a-f]{{64}}') then {raw(column)} end"
    if column.values:
        return enum_value(column)
    number = f" and not {holds_number(column)}" if holds_text(column) else ""
    return f"case when {filled(column)} and not {formula(column)}{number} then {clean(column)} end"


def null_value(column: Column) -> str:
    """The typed NULL of a column that the file lacks."""
    return f"cast(null as {sql_type(column)})"


def sql_type(column: Column) -> str:
    """The type of the column in the typed table."""
    return {"integer": "integer", "date": "date"}.get(column.type, "varchar")


def holds_text(column: Column) -> bool:
    """Whether anything can stand in the column, a V-number in the wrong place too."""
    return column.type == "string" and not (column.reference or column.values or column.pseudonym)


def holds_number(column: Column) -> str:
    """Whether the cell of a text column holds a V-number, also one cut up or in digits of another script."""
    together = f"regexp_replace({clean(column)}, '[\\s\\x{{00A0}}\\x{{2007}}\\x{{202F}}._-]', '', 'g')"
    number = f"regexp_matches({together}, '(^|\\P{{Nd}})\\p{{Nd}}{{10}}(\\P{{Nd}}|$)')"
    return f"coalesce(strlen({clean(column)}) >= 10 and {number}, false)"


def enum_value(column: Column) -> str:
    """The allowed value that the cell means: capitals do not matter, nor a space for an underscore."""
    # No IN: DuckDB makes a join of a long one, which is slower and loses the order of the rows (sieve.py needs that).
    plain = " ".join(f"when {literal(name)} then {literal(name)}" for name, _ in column.values)
    others = " ".join(
        f"when {literal(text.casefold().replace(' ', '_'))} then {literal(name)}"
        for name, spellings in column.values
        for text in (name, *spellings)
    )
    spelling = f"lower(replace({clean(column)}, ' ', '_'))"
    return f"case {clean(column)} {plain} else case {spelling} {others} end end"


def outside(column: Column) -> str | None:
    """Whether the typed value lies outside its bounds; None when there are none."""
    if column.minimum is None or column.maximum is None:
        return None
    return f"({identifier(column.name)} not between {_bound(column.minimum)} and {_bound(column.maximum)})"


def _bound(bound: int | date) -> str:
    return f"date '{bound}'" if isinstance(bound, date) else str(bound)


def formula_reason(column: Column) -> str:
    """What a message says of a formula."""
    return template("'{waarde}' is een formule, geen waarde.", waarde=display(column))


def integer_reason(column: Column) -> str:
    """What a message says of a cell that is no whole number."""
    text = clean(column)
    reasons = (
        ("[=@](?s:.*)", "is een formule, geen waarde."),
        (
            "[+−-]?[0-9]{1,3}(,[0-9]{3})+",
            "is niet eenduidig: het kan een duizendtal zijn of een getal met cijfers achter de komma.",
        ),
        ("[+−-]?[0-9.]*[1-9][0-9.]{9,}", "is te groot voor een aantal personen."),
    )
    cases = " ".join(
        f"when regexp_full_match({text}, {literal(pattern)}) then {literal(reason)}" for pattern, reason in reasons
    )
    ending = f"case {cases} else 'is geen geheel getal.' end"
    return template("'{waarde}' {einde}", waarde=display(column), einde=ending)


def integer_remedy(column: Column) -> str:
    """What a message advises then."""
    return f"case when {formula(column)} then {literal(FORMULA_REMEDY)} else {literal(INTEGER_REMEDY)} end"
