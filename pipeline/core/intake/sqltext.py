"""Pieces of SQL text that intake builds its rules from.

Belongs here: literals, cleaning and showing a delivered value, number guards, message templates. Not here: which rules
there are (rules.py). Everything is RE2 and plain DuckDB functions, the same on 1.5 and 2.0; nothing here depends on the
order of rows.
"""

import re
from pathlib import Path

from pipeline.core.intake.findings import LONGEST_VALUE

INTEGER = "[+−-]?(0|[1-9][0-9]{0,8}|[1-9][0-9]{0,2}([.][0-9]{3}){1,2})"
"""A whole number as the Dutch write it: 12, -21, +3, 1.015. Nine digits at most, so that the cast cannot overflow.

Refused on purpose: 1,234 (a decimal to the Dutch, a thousand to others), 3.7 and 12,0 (a count with decimals was
computed or cut off somewhere), 0.015 and 007 (a code, or a thousand that lost its head), 1 015 (two cells run
together).
"""

_SPACES = "[\\s\\x{00A0}\\x{2007}\\x{202F}]"
_INVISIBLE = "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]"
# What needs no cleaning, which is nearly everything: matching is several times cheaper than replacing.
_PLAIN = "[!-~]+( [!-~]+)*"
_BRACES = re.compile(r"(?P<quote>'?)\{(?P<expression>[^{}]+)\}(?P=quote)")


def literal(text: str) -> str:
    """`text` as a string literal."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """`name` as a quoted identifier."""
    return '"' + name.replace('"', '""') + '"'


def file_pattern(path: Path) -> str:
    """The path of one file as `read_csv` and `read_parquet` take it, namely as a pattern: a folder with a bracket or a
    star stands for itself.
    """
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path))


def file_literal(path: Path) -> str:
    """`file_pattern` as a literal."""
    return literal(file_pattern(path))


def stripped(expression: str) -> str:
    """The value without spaces (the hard ones of spreadsheets too) at both ends; NULL stays NULL."""
    edges = f"regexp_replace({expression}, {literal(f'^{_SPACES}+|{_SPACES}+$')}, '', 'g')"
    return f"case when regexp_full_match({expression}, {literal(_PLAIN)}) then {expression} else {edges} end"


def normalised(expression: str) -> str:
    """A name as it is looked up: composed accents, one space between words, none around."""
    name = f"trim(regexp_replace(nfc_normalize({expression}), {literal(_SPACES + '+')}, ' ', 'g'))"
    return f"case when regexp_full_match({expression}, {literal(_PLAIN)}) then {expression} else {name} end"


def shown(expression: str) -> str:
    """The value as a sentence can carry it (findings.shown_value is its twin in Python)."""
    breaks = f"replace({expression}, chr(10), '⏎')"
    visible = f"regexp_replace({breaks}, {literal(_INVISIBLE)}, chr(65533), 'g')"
    shortened = f"left({visible}, {LONGEST_VALUE - 1}) || '…'"
    return f"case when length({visible}) <= {LONGEST_VALUE} then {visible} else {shortened} end"


def integer_value(expression: str) -> str:
    """The number in the stripped text `expression`, or NULL where it is not a whole number as INTEGER says."""
    digits = f"replace(replace(replace({expression}, '.', ''), '+', ''), '−', '-')"
    return f"case when regexp_full_match({expression}, {literal(INTEGER)}) then cast({digits} as integer) end"


def template(text: str, **values: str) -> str:
    """`text` as SQL: each `{expression}` becomes its value, `{name}` of `values` the SQL given for it; NULL is 'niets'.

    A value that stands between single quotes gets double ones when it holds a single quote itself ("'s-Gravenhage").
    """
    parts: list[str] = []
    position = 0
    for match in _BRACES.finditer(text):
        if match.start() > position:
            parts.append(literal(text[position : match.start()]))
        expression = match["expression"].strip()
        value = f"coalesce(cast(({values.get(expression, expression)}) as varchar), 'niets')"
        if match["quote"]:
            sign = f"case when contains({value}, chr(39)) then chr(34) else chr(39) end"
            value = f"{sign} || {value} || {sign}"
        parts.append(value)
        position = match.end()
    if position < len(text):
        parts.append(literal(text[position:]))
    return " || ".join(parts) or "''"
