"""The queries that a contract is compiled to, and the temporary tables that they read and fill.

Belongs here: the shape of a compiled rule, names of work tables. Not here: making queries (compiler.py,
controltotals.py), running them (rules.py).
"""

# Names in the SQL are fixed names of work tables.
# ruff: noqa: S608

from dataclasses import dataclass

from pipeline.core.intake.findings import GEVOLG, Ernst

TYPED = "intake_getypeerd"
"""Temporary table of the typed rows of the file under judgement."""

ROWS = f"(select * from {TYPED} where __soort = 'rij')"


FINDINGS = "intake_bevindingen"
"""Temporary table of findings: (deel, regel, volgorde, controle, ernst, kolom, waarde, reden, herstel)."""

LEFT_OVER = f"""(
    select * from {TYPED} as t where __soort = 'rij' and not exists (
        select 1 from {FINDINGS} as f where f.deel = t.deel and f.regel = t.regel and f.ernst = '{Ernst.GEWEIGERD}'
    )
)"""
"""The rows that no rule has refused so far."""

ON_THEIR_OWN = f"""(
    select * from {TYPED} as t where not exists (
        select 1 from {FINDINGS} as f where f.deel = t.deel and f.regel = t.regel and f.controle = '{GEVOLG}'
    )
)"""
"""The rows that were not refused for what they refer to: those follow their cause, and need no further words."""


@dataclass(frozen=True)
class Query:
    """One compiled rule. All but `name` and `severity` are SQL; `where` holds for offending rows of `source`.

    `late`: it judges rows by other rows, so it runs when the others have refused theirs.
    """

    name: str
    severity: Ernst
    source: str
    where: str
    line: str
    head: str
    value: str
    reason: str
    remedy: str
    part: str = "deel"
    late: bool = False
