"""The SQL of one column of the typed table: its names there, and what its cells can be.

Belongs here: expressions about a single column. Not here: queries (compiler.py), SQL that knows no column (sqltext.py).
"""

# Names in the SQL come from shipped contracts and are checked there; values are literals() or parameters.
# ruff: noqa: S608

from pipeline.core.intake.contracts import Column
from pipeline.core.intake.sqltext import identifier, literal, normalised, shown, stripped, template

INTEGER_REMEDY = "Vul een geheel getal in, zoals 12, -21 of 1.015."
FORMULA_REMEDY = "Bewaar het bestand met waarden in plaats van formules."


def lookup_table(column: Column) -> str:
    """Temporary table of the code list of `column`."""
    return f"intake_opzoek_{column.name}"


def suggestion_table(column: Column) -> str:
    """Temporary table of the suggestions for unknown names in `column`."""
    return f"intake_suggestie_{column.name}"


def raw(column: Column) -> str:
    """The cell as delivered."""
    return identifier(f"{column.name}__ruw")


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
    return f"regexp_matches(coalesce({clean(column)}, ''), '^[=@]')"


def unknown(column: Column) -> str:
    """Whether the cell holds a name that its code list does not know."""
    known = f"exists (select 1 from {lookup_table(column)} as k where k.alias = {clean(column)})"
    return f"{filled(column)} and not {formula(column)} and not {known}"


def outside(column: Column) -> str | None:
    """Whether the typed value lies outside its bounds; None when there are none."""
    if column.minimum is None or column.maximum is None:
        return None
    return f"({identifier(column.name)} not between {column.minimum} and {column.maximum})"


def formula_reason(column: Column) -> str:
    """What a message says of a formula."""
    return template("'{waarde}' is een formule, geen waarde.", waarde=shown(raw(column)))


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
    return template("'{waarde}' {einde}", waarde=shown(raw(column)), einde=ending)


def integer_remedy(column: Column) -> str:
    """What a message advises then."""
    return f"case when {formula(column)} then {literal(FORMULA_REMEDY)} else {literal(INTEGER_REMEDY)} end"
