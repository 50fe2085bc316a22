"""Dates as deliverers write them, read in SQL: only what is one day to every reader, and only days that exist.

Belongs here: the accepted forms and what a message says of the others. Not here: which column accepts which form (the
contracts).

A date with slashes can have the month first. It is read day first, as the Dutch write it, but not where a date in the
same file proves the other order, nor without leading zeros (1/7/2016), as only American programs write it. Where no
date proves any order, dateorder.py says so.
"""

from datetime import date

from pipeline.core.intake.sqltext import literal

DATE_REMEDY = "Schrijf de datum als dag-maand-jaar met vier cijfers voor het jaar, zoals 01-07-2016."

MONTH_FIRST = '"__maand_voorop"'
"""Column of the typed table: whether the file proves that its dates with slashes have the month first."""

SERIAL_START = '"__serie_begin"'
"""Column of the typed table: the day from which the part counts its serial numbers; NULL where that is not known."""

SERIALS_1900, SERIALS_1904 = date(1899, 12, 30), date(1904, 1, 1)

_MONTHS = (
    ("januari", "jan"),
    ("februari", "feb"),
    ("maart", "mrt"),
    ("april", "apr"),
    ("mei",),
    ("juni", "jun"),
    ("juli", "jul"),
    ("augustus", "aug"),
    ("september", "sep", "sept"),
    ("oktober", "okt"),
    ("november", "nov"),
    ("december", "dec"),
)
_DASHES = "[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}"
_ISO = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_WORDS = "[0-9]{1,2} [a-zA-Z]+[.]? [0-9]{4}"
_SLASHES = "[0-9]{2}/[0-9]{2}/[0-9]{4}"
_SHORT_SLASHES = "[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}"
_SERIAL = "[0-9]{5}"
_MIDNIGHT = "[ T]0?0:00(:00([.]0+)?)?$"
# A house number or an amount is not taken for a day.
_SERIAL_DAYS = "date '2000-01-01' and date '2049-12-31'"


def date_value(text: str, forms: tuple[str, ...]) -> str:
    """The day in the stripped text `text`, or NULL where it is none or not surely one."""
    day = _day_part(text)
    known = {
        "streepjes": (_DASHES, f"try_strptime({day}, '%d-%m-%Y')"),
        "iso": (_ISO, f"try_strptime({day}, '%Y-%m-%d')"),
        "maandnaam": (_WORDS, f"try_strptime({_numbered(day)}, '%d %m %Y')"),
        "schuin": (_SLASHES, f"case when not {MONTH_FIRST} then try_strptime({day}, '%d/%m/%Y') end"),
        "serie": (_SERIAL, _serial(day)),
    }
    cases = " ".join(
        f"when regexp_full_match({day}, {literal(pattern)}) then cast({value} as date)"
        for pattern, value in (known[form] for form in forms)
    )
    # The two usual forms first and without looking for midnight: a file has millions of them.
    usual = " ".join(
        f"when regexp_full_match({text}, {literal(pattern)}) then cast(try_strptime({text}, '{parts}') as date)"
        for form, pattern, parts in (("streepjes", _DASHES, "%d-%m-%Y"), ("iso", _ISO, "%Y-%m-%d"))
        if form in forms
    )
    return f"case {usual} {cases} end"


def proves_month_first(text: str) -> str:
    """Whether the text is a date with slashes that can only have the month first."""
    _, second = _slashed(text, _SHORT_SLASHES)
    return f"coalesce({second} > 12, false)"


def proves_day_first(text: str) -> str:
    """Whether the text is a date with slashes that can only have the day first."""
    first, second = _slashed(text, _SHORT_SLASHES)
    return f"coalesce({first} > 12 and {second} <= 12, false)"


def two_days(text: str) -> str:
    """Whether the text is a date with slashes that is another day with the month first."""
    first, second = _slashed(text, _SLASHES)
    return f"coalesce({first} <= 12 and {second} <= 12 and {first} <> {second}, false)"


def _slashed(text: str, pattern: str) -> tuple[str, str]:
    """The first two numbers of a date with slashes; NULL for any other text."""
    day = _day_part(text)
    whole = f"regexp_full_match({day}, {literal(pattern)})"
    return (
        f"case when {whole} then try_cast(split_part({day}, '/', 1) as integer) end",
        f"case when {whole} then try_cast(split_part({day}, '/', 2) as integer) end",
    )


def date_reason(text: str, forms: tuple[str, ...]) -> str:
    """SQL of the half sentence that says why `text` is not read."""
    day = _day_part(text)
    two_ways = "kan twee dagen zijn: met de dag of met de maand voorop."
    never = "is een dag die niet bestaat."
    refused = [
        ("[=@](?s:.*)", "is een formule, geen waarde."),
        (_DASHES, never),
        (_ISO, never),
        (_SHORT_SLASHES, two_ways if "schuin" in forms else "heeft schuine strepen, dus de volgorde is niet zeker."),
        ("[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{2}", "heeft een jaar van twee cijfers."),
        (f"({_DASHES}|{_ISO})[ T][0-9:.]+", "heeft ook een tijd; verwacht alleen een dag."),
        ("[0-9]+([.,][0-9]+)?", "is een getal, geen datum."),
    ]
    slashes = f"when regexp_full_match({day}, {literal(_SLASHES)}) and not {MONTH_FIRST} then {literal(never)} "
    cases = " ".join(
        f"when regexp_full_match({day}, {literal(pattern)}) then {literal(reason)}" for pattern, reason in refused
    )
    return f"case {slashes if 'schuin' in forms else ''}{cases} else 'is geen datum.' end"


def _day_part(text: str) -> str:
    """Without the midnight that spreadsheets and databases put behind a day."""
    return f"regexp_replace({text}, {literal(_MIDNIGHT)}, '')"


def _numbered(day: str) -> str:
    month = f"rtrim(lower(split_part({day}, ' ', 2)), '.')"
    cases = " ".join(
        f"when {literal(name)} then {literal(str(number))}"
        for number, names in enumerate(_MONTHS, start=1)
        for name in names
    )
    return f"(split_part({day}, ' ', 1) || ' ' || case {month} {cases} end || ' ' || split_part({day}, ' ', 3))"


def _serial(day: str) -> str:
    found = f"{SERIAL_START} + try_cast({day} as integer)"
    return f"case when {found} between {_SERIAL_DAYS} then {found} end"
