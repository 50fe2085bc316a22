"""Dates with slashes of which nothing proves that the day stands first.

Belongs here: the warning about them, one per column of a part. Not here: reading dates (dates.py).

A list in which every date is like 03/04/2016 is read day first without a sign that this is so; were it the other order,
every date would be wrong and none refused.
"""

# Names in the SQL come from shipped contracts and are checked there; values are literals() or parameters.
# ruff: noqa: S608

from collections.abc import Iterator, Mapping, Sequence

from pipeline.core.intake.columnsql import clean, display
from pipeline.core.intake.contracts import Column
from pipeline.core.intake.dates import MONTH_FIRST, proves_day_first, two_days
from pipeline.core.intake.findings import Ernst
from pipeline.core.intake.queries import ROWS, Query
from pipeline.core.intake.sqltext import literal, template


def order_queries(columns: Sequence[Column], heads: Mapping[str, str]) -> Iterator[Query]:
    """Per column that may hold dates with slashes the query of the first row that can be two days, in parts where no
    date proves an order. `heads`: SQL of the head of each column.
    """
    slashed = [column for column in columns if column.type == "date" and "schuin" in column.forms]
    proof = " or ".join(f"bool_or({proves_day_first(clean(column))})" for column in slashed)
    for column in slashed:
        doubtful = two_days(clean(column))
        first = f"""
            select deel, min(regel) filter (where {doubtful}) as regel, count(*) filter (where {doubtful}) as __aantal
            from {ROWS}
            group by deel
            having not ({proof}) and not bool_or({MONTH_FIRST})
        """
        reason = template(
            "'{waarde}' is gelezen met de dag voorop, maar geen datum hier bewijst die volgorde; in deze kolom "
            "{aantal}.",
            waarde=display(column),
            aantal="case __aantal when 1 then 'kan 1 datum ook met de maand voorop zijn' "
            "else 'kunnen ' || __aantal || ' datums ook met de maand voorop zijn' end",
        )
        yield Query(
            name="volgorde van dag en maand",
            severity=Ernst.WAARSCHUWING,
            source=f"(select * from {ROWS} inner join ({first}) using (deel, regel))",
            where="true",
            line="regel",
            head=heads[column.name],
            value=display(column),
            reason=reason,
            remedy=literal(
                "Vraag de leverancier of de dag voorop staat, of laat de datums leveren als dag-maand-jaar met "
                "streepjes, zoals 01-07-2016."
            ),
        )
