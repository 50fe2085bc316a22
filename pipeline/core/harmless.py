"""Texts from a delivery in a CSV that people open in a spreadsheet: none of them may run as a formula there.

Belongs here: which texts, and what they become, in Python and in SQL. Not here: workbooks, whose cells say that they
are text (workbooks.py).
"""

import re

# A number below zero stays a number. The same expression for both engines.
_FORMULA = r"^[-=+@\t\r]"
_NUMBER = r"^-[0-9][0-9.,]*$"


def harmless(value: object) -> object:
    """`value`, with an apostrophe before a text that a spreadsheet would take for a formula."""
    if isinstance(value, str) and re.search(_FORMULA, value) and not re.fullmatch(_NUMBER, value):
        return f"'{value}"
    return value


def harmless_sql(column: str) -> str:
    """The same of a column of texts, as an expression of its own name."""
    return (
        f"case when regexp_matches({column}, '{_FORMULA}') and not regexp_matches({column}, '{_NUMBER}') "
        f"then '''' || {column} else {column} end as {column}"
    )
