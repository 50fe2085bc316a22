"""What intake says of a cell that is empty or cannot be read, per kind of column.

Belongs here: names of rules, reasons and remedies about one cell. Not here: when they apply (compiler.py), names in a
code list (lookups.py).
"""

from collections.abc import Iterator

from pipeline.core.intake.columnsql import (
    FORMULA_REMEDY,
    clean,
    display,
    formula,
    formula_reason,
    holds_number,
    holds_text,
    integer_reason,
    integer_remedy,
)
from pipeline.core.intake.contracts import Column
from pipeline.core.intake.dates import DATE_REMEDY, date_reason
from pipeline.core.intake.sqltext import literal, template

_V_NUMBER_REMEDY = "Schrijf het V-nummer als een V met tien cijfers; zoek het op bij de persoon."


def empty_cell(column: Column) -> tuple[str, str]:
    """Reason and remedy, as text, for a cell that must be filled."""
    if column.type == "date":
        return "de cel is leeg; verwacht een datum.", "Vul de datum in, zoals 01-07-2016."
    if column.type == "integer":
        counts = column.minimum is None or (isinstance(column.minimum, int) and column.minimum <= 0)
        remedy = "Vul het aantal in; geen personen schrijft u als 0." if counts else "Vul het getal in."
        return "de cel is leeg; verwacht een geheel getal.", remedy
    if column.values:
        return (
            f"de cel is leeg; verwacht {_listed([name for name, _ in column.values])}.",
            "Vul een van deze waarden in.",
        )
    name = f"{column.article} {column.title}"
    return f"de cel is leeg; verwacht {name}.", f"Vul {name} in."


def unreadable_cells(column: Column) -> Iterator[tuple[str, str, str, str]]:
    """Per kind of unreadable cell: name of the rule, SQL of which cells, SQL of reason and remedy."""
    if column.type == "integer":
        yield "geen geheel getal", "true", integer_reason(column), integer_remedy(column)
    elif column.type == "date":
        ending = date_reason(clean(column), column.forms)
        reason = template("'{waarde}' {einde}", waarde=display(column), einde=ending)
        yield "geen datum", "true", reason, literal(DATE_REMEDY)
    elif column.pseudonym:
        reason = template("'{waarde}' is geen V-nummer; verwacht een V en tien cijfers.", waarde=display(column))
        yield "geen V-nummer", "true", reason, literal(_V_NUMBER_REMEDY)
    elif column.values:
        expected = _listed([name for name, _ in column.values])
        reason = template(f"'{{waarde}}' is geen {column.title}; verwacht {expected}.", waarde=display(column))
        yield "onbekende waarde", "true", reason, literal("Gebruik een van deze waarden.")
    else:
        yield "formule", formula(column), formula_reason(column), literal(FORMULA_REMEDY)
        if holds_text(column):
            reason = literal(f"hier staat een V-nummer, en dat hoort niet in de kolom {column.title}.")
            remedy = literal("Controleer of de kolommen niet zijn verschoven.")
            yield "V-nummer in andere kolom", f"not {formula(column)} and {holds_number(column)}", reason, remedy


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} of {names[-1]}"
