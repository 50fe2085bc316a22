"""History: this delivery beside the previous one. A difference is a warning, never a refusal.

Belongs here: finding the previous frozen extracts, and comparing rows and keys with them. Not here: what differences
are usual, which the contracts say.
"""

# Names in the SQL come from shipped contracts and are checked there; values are literals() or parameters.
# ruff: noqa: S608

import re
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.intake.contracts import Contract, History
from pipeline.core.intake.findings import Bevinding, Ernst
from pipeline.core.intake.sqltext import identifier
from pipeline.core.periods import Periode
from pipeline.core.vault import rows_of

if TYPE_CHECKING:
    import duckdb

_REMEDY = "Vraag de leverancier naar de reden."


def previous_sources(output: Path, periode: Periode) -> Path | None:
    """The folder with the frozen extracts of the latest edition of `periode`, else of the half-year before it."""
    for half in (periode, periode.vorige):
        editions = output / str(half) / "edities"
        if not editions.is_dir():
            continue
        numbers = [int(path.name) for path in editions.iterdir() if re.fullmatch(r"[1-9]\d*", path.name)]
        if numbers and (folder := editions / str(max(numbers)) / "bronnen").is_dir():
            return folder
    return None


def compare(con: "duckdb.DuckDBPyConnection", contract: Contract, previous: Path | None) -> tuple[Bevinding, ...]:
    """Warnings about `levering.<extract>` beside the previous frozen one; none when there is no previous one."""
    path = None if previous is None else previous / f"{contract.name}.parquet"
    if contract.history is None or path is None or not path.is_file():
        return ()
    old = rows_of(path)
    new = f"levering.{contract.name}"
    before, now = _count(con, f"select count(*) from {old}"), _count(con, f"select count(*) from {new}")
    if not before:
        return ()
    keys = ", ".join(identifier(column.name) for column in contract.key)
    gone = _count(con, f"select count(*) from {old} anti join {new} using ({keys})")
    return (*_rows(contract, contract.history, before, now), *_keys(contract, contract.history, before, gone))


def _rows(contract: Contract, history: History, before: int, now: int) -> tuple[Bevinding, ...]:
    if before * (1 - history.fewer) <= now <= before * (1 + history.more):
        return ()
    reason = f"het bestand heeft {now} rijen; de vorige levering had er {before}. {history.reason}"
    return (_warning(contract, reason, "aantal rijen tegenover vorige levering"),)


def _keys(contract: Contract, history: History, before: int, gone: int) -> tuple[Bevinding, ...]:
    if gone <= history.vanished * before:
        return ()
    reason = f"van de {before} rijen van de vorige levering staan er {gone} niet meer in. {history.reason}"
    return (_warning(contract, reason, "verdwenen rijen"),)


def _warning(contract: Contract, reason: str, kind: str) -> Bevinding:
    return Bevinding(contract.path, reason, _REMEDY, Ernst.WAARSCHUWING, kind)


def _count(con: "duckdb.DuckDBPyConnection", query: str) -> int:
    return int(con.execute(query).fetchall()[0][0])
