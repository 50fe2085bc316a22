"""Control totals: what a totals row says, beside the rows that it is about.

Belongs here: comparing totals rows with rows. Not here: which rows are totals (compiler.py, by the labels in the
contract).

A totals row is about the rows since the total before it (a subtotal) or about all rows above it; one with no row above
it is about the whole table.
"""

# Names in the SQL come from shipped contracts and are checked there; values are literals() or parameters.
# ruff: noqa: S608

from collections.abc import Callable, Iterator, Mapping, Sequence

from pipeline.core.intake.columnsql import clean, display, fault, filled
from pipeline.core.intake.contracts import Column
from pipeline.core.intake.findings import Ernst
from pipeline.core.intake.queries import ROWS, TYPED, Query
from pipeline.core.intake.sqltext import identifier, integer_value, literal, template

_COUNT = "rijen"
_SINCE, _ABOVE = "__sinds_", "__boven_"


def holds_sums(columns: Sequence[Column]) -> bool:
    """Whether totals are sums of columns; else they count the rows."""
    return any(column.type == "integer" for column in columns)


def total_queries(columns: Sequence[Column], heads: Mapping[str, str], *, complete: bool) -> Iterator[Query]:
    """The queries about the totals rows of a file with these columns. `heads`: SQL of the head of each column;
    `complete`: every line of the file was a row.
    """
    if holds_sums(columns):
        yield from _sums([column for column in columns if column.type == "integer"], heads, complete=complete)
    else:
        yield from _counts(columns)


def _sums(numbers: Sequence[Column], heads: Mapping[str, str], *, complete: bool) -> Iterator[Query]:
    """Every filled number of a totals row equals the sum of its column.

    A sum can only be compared when no row was refused; that it was not compared is said.
    """
    source = _totals({column.name: identifier(column.name) for column in numbers})
    whole = f"not exists (select 1 from {TYPED} where __soort = 'los')" if complete else "false"
    wrong, unsure, partial = [], [], []
    for column in numbers:
        name = identifier(column.name)
        comparable = f"{whole} and not exists (select 1 from {ROWS} where {fault(column)})"
        unsure.append(f"({filled(column)} and not ({comparable}))")
        wrong.append(f"({filled(column)} and {comparable} and coalesce({_differs(name, column.name)}, true))")
        partial.append(f"coalesce({name} = {_since(column.name)}, true)")
        reason = template(
            "de rijen tellen op tot {som}, maar in de totaalregel staat '{waarde}'.",
            som=_found(column.name),
            waarde=display(column),
        )
        yield Query(
            name="totaalregel klopt niet",
            severity=Ernst.BLOKKADE,
            source=source,
            where=f"{name} is not null and {wrong[-1]}",
            line="regel",
            head=heads[column.name],
            value=display(column),
            reason=reason,
            remedy=literal("Controleer of er een rij ontbreekt, dubbel staat of is gewijzigd."),
        )
    doubt, fine = f"({' or '.join(unsure)})", f"not ({' or '.join(wrong)})"
    count = f"case when {' and '.join(partial)} then {_since(_COUNT)} else {_above(_COUNT)} end"
    reason = template(
        "deze totaalregel klopt met de som van de {aantal} en telt niet mee als rij.", aantal=_rows(count, "ene rij")
    )
    yield _remark("totaalregel", Ernst.OPMERKING, source, f"not {doubt} and {fine}", reason)
    skipped = "deze totaalregel is niet vergeleken, omdat er rijen zijn geweigerd; hij telt niet mee als rij."
    yield _remark("totaalregel niet vergeleken", Ernst.WAARSCHUWING, source, doubt, literal(skipped))


def _counts(columns: Sequence[Column]) -> Iterator[Query]:
    """Totals of a list: the number in a totals row is how many rows there are."""
    source = _totals({})
    cells = ", ".join(integer_value(clean(column)) for column in columns if not column.from_file)
    number = f"list_max([{cells}])"
    differs = f"coalesce({_differs(number, _COUNT)}, false)"
    reason = template(
        "in de totaalregel staat {getal}, maar er {zijn} {aantal} gelezen; de regel telt niet mee als rij.",
        getal=number,
        zijn=f"case when {_since(_COUNT)} = 1 and {_above(_COUNT)} = 1 then 'is' else 'zijn' end",
        aantal=_found(_COUNT, _rows),
    )
    yield _remark("totaalregel klopt niet", Ernst.WAARSCHUWING, source, differs, reason)
    count = f"case when {number} = {_above(_COUNT)} then {_above(_COUNT)} else {_since(_COUNT)} end"
    reason = template(
        "deze totaalregel is gelezen als controle op de {aantal} en telt niet mee als rij.",
        aantal=_rows(count, "ene rij"),
    )
    yield _remark("totaalregel", Ernst.OPMERKING, source, f"not {differs}", reason)


def _totals(values: Mapping[str, str]) -> str:
    """SQL of the totals rows of the typed table, each with the sum of `values` (name -> SQL of a row's value) and the
    number of rows, since the total before it and above it.
    """
    columns = {**values, _COUNT: "1"}
    row = "filter (where __soort = 'rij') over"
    above = ", ".join(
        f"coalesce(sum({value}) {row} (partition by deel order by regel), 0) as b_{name}, "
        f"coalesce(sum({value}) {row} (partition by deel), 0) as w_{name}"
        for name, value in columns.items()
    )
    # A total straight below another, or on top, is not about nothing.
    since = ", ".join(
        f"case when b_{_COUNT} = 0 then w_{name} else b_{name} end as {_ABOVE}{name}, "
        f"case when b_{_COUNT} = 0 then w_{name} when b_{_COUNT} = p_{_COUNT} then b_{name} "
        f"else b_{name} - p_{name} end as {_SINCE}{name}"
        for name in columns
    )
    before = ", ".join(f"lag(b_{name}, 1, 0) over (partition by deel order by regel) as p_{name}" for name in columns)
    return f"""(
        select t.*, s.* exclude (deel, regel)
        from {TYPED} as t
        inner join (
            select deel, regel, {since}
            from (
                select *, {before}
                from (select deel, regel, __soort, {above} from {TYPED})
                where __soort = 'totaal'
            )
        ) as s on s.deel = t.deel and s.regel = t.regel
    )"""


def _since(name: str) -> str:
    return f"{_SINCE}{name}"


def _above(name: str) -> str:
    return f"{_ABOVE}{name}"


def _differs(number: str, name: str) -> str:
    return f"({number} <> {_since(name)} and {number} <> {_above(name)})"


def _as_text(value: str) -> str:
    return f"cast({value} as varchar)"


def _rows(count: str, one: str = "1 rij") -> str:
    """SQL of a number of rows in words."""
    return f"case when ({count}) = 1 then {literal(one)} else ({count}) || ' rijen' end"


def _found(name: str, words: Callable[[str], str] = _as_text) -> str:
    """SQL of what the rows give: of a subtotal both what it could be about."""
    since, above = words(_since(name)), words(_above(name))
    both = f"({since}) || ' (sinds het vorige totaal) of ' || ({above}) || ' (in alles erboven)'"
    return f"case when {_since(name)} = {_above(name)} then {above} else {both} end"


def _remark(name: str, severity: Ernst, source: str, where: str, reason: str) -> Query:
    return Query(
        name=name,
        severity=severity,
        source=source,
        where=where,
        line="regel",
        head="null",
        value="null",
        reason=reason,
        remedy="''",
    )
