"""Corrections applied to the rows of a landed table, each to exactly what it expects.

Belongs here: finding, changing, removing and adding rows, and telling which lines of a large file could be concerned.
Not here: what a correction is (corrections.py), judging values, also corrected ones (rules.py).
"""

# Names in the SQL are checked against the columns of the landed table; values are parameters.
# ruff: noqa: S608

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipeline.core.intake.columnsql import raw
from pipeline.core.intake.contracts import Column, Contract
from pipeline.core.intake.corrections import BESTAND, Correctie, CorrectieFout, Toegepast, Values
from pipeline.core.intake.correctionstatus import HERSTELD
from pipeline.core.intake.findings import quoted, shown_value
from pipeline.core.intake.pseudonyms import Pseudonymiser, mask_column, masked
from pipeline.core.intake.rowstore import insert_rows
from pipeline.core.intake.sqltext import identifier, stripped

if TYPE_CHECKING:
    import duckdb

Pseudoniem = Callable[[str], str]
"""V-number as written -> pseudonym, with the key of this delivery."""

_ASIDE = "intake_apart"


def pseudonym_of(pseudonymiser: Pseudonymiser) -> Pseudoniem:
    """How corrections find a person: a V-number as written -> its pseudonym. CorrectieFout for what is no V-number."""

    def hide(text: str) -> str:
        if re.fullmatch(pseudonymiser.shape, text) is None:
            raise CorrectieFout(f"{BESTAND}: {quoted(_shown(text))} is geen V-nummer (V en tien cijfers)")
        return pseudonymiser.pseudonym(f"V{text[-10:]}")

    return hide


def apply(
    con: "duckdb.DuckDBPyConnection",
    tabel: str,
    extract: str,
    bestand: str,
    correcties: Iterable[Correctie],
    *,
    v_kolommen: Collection[str] = (),
    pseudoniem: Pseudoniem | None = None,
) -> tuple[Toegepast, ...]:
    """Apply the corrections of `extract` that concern `bestand` to its landed table, in their order.

    `tabel` is all varchar with an integer column `regel`; an added row gets the negative number of its correction as
    line. Values for `v_kolommen` go through `pseudoniem`. Raises CorrectieFout, and leaves the table as it was, when
    one finds other rows or another value than it expects.
    """
    own = [item for item in correcties if item.extract == extract and item.bestand in (None, bestand)]
    if not own:
        return ()
    columns = {name for (name,) in con.execute(f"select column_name from (describe {identifier(tabel)})").fetchall()}
    landed = _Landed(con, tabel, columns, frozenset(v_kolommen), pseudoniem)
    con.execute("begin")
    try:
        applied = tuple(Toegepast(item, bestand, landed.apply(item)) for item in own)
    except BaseException:
        con.execute("rollback")
        raise
    con.execute("commit")
    return applied


@contextmanager
def concerned(
    con: "duckdb.DuckDBPyConnection", contract: Contract, correcties: Iterable[Correctie], shape: str
) -> Iterator[tuple[str, ...]]:
    """SQL, over the columns of `Compiler.sifted`, of the rows that a correction could be about: too many is no harm.
    V-numbers have the given shape. What it reads is gone after the block, for it holds V-numbers.
    """
    values: dict[Column, set[str]] = {}
    for item in correcties:
        column = None if item.regel is not None else _telling(contract, item)
        value = "" if column is None else dict(item.waar)[column.name].strip()
        # What is no V-number, applying the correction says.
        if column is not None and (not column.pseudonym or re.fullmatch(shape, value)):
            values.setdefault(column, set()).add(str(int(value[-10:])) if column.pseudonym else value)
    for column, found in values.items():
        _make_type(con, column, found)
    try:
        yield tuple(map(_could_be, values))
    finally:
        for column in values:
            con.execute(f"drop type {_type(column)}")


def _telling(contract: Contract, item: Correctie) -> Column | None:
    """The column of the correction that the fewest rows share; None when it names none of the extract."""
    named = [column for column in contract.columns if column.name in dict(item.waar)]
    return min(named, key=lambda column: (column not in contract.key, not column.pseudonym), default=None)


def _make_type(con: "duckdb.DuckDBPyConnection", column: Column, values: set[str]) -> None:
    """An enum of the values, for a look-up without a join, which would lose the order of the rows (sieve.py)."""
    con.execute(f"create or replace temp table {_ASIDE} (waarde varchar)")
    insert_rows(con, _ASIDE, [[value] for value in sorted(values)])
    con.execute(f"create or replace temp type {_type(column)} as enum (select waarde from {_ASIDE} order by waarde)")
    con.execute(f"drop table {_ASIDE}")


def _type(column: Column) -> str:
    return f"{_ASIDE}_{column.name}"


def _could_be(column: Column) -> str:
    value = (
        f"cast({identifier(column.name)} as varchar)" if column.pseudonym else f"coalesce({stripped(raw(column))}, '')"
    )
    return f"try_cast({value} as {_type(column)}) is not null"


class _Landed:
    """A landed table under correction."""

    def __init__(
        self,
        con: "duckdb.DuckDBPyConnection",
        table: str,
        columns: set[str],
        secret: frozenset[str],
        pseudonym: Pseudoniem | None,
    ) -> None:
        self._con, self._table, self._all = con, identifier(table), columns
        self._columns = columns - {"regel"} - {mask_column(name) for name in secret}
        self._secret, self._pseudonym = secret, pseudonym

    def apply(self, item: Correctie) -> int:
        """Apply one correction; the number of rows."""
        self._known(item)
        where, values = self._where(item)
        if item.status == HERSTELD:
            self._mended(item, where, values)
            return 0
        found = self._count(where, values)
        expected = 0 if item.actie == "voeg_toe" else item.rijen
        if found != expected:
            raise CorrectieFout(
                f"{item.naam}: verwacht {_rows(expected)} waarvoor {self._said(item)}, maar het zijn er {found}; "
                "de bron is veranderd. Controleer de correctie en verwijder of verbeter haar."
            )
        self._guard(item, where, values, found)
        if item.actie == "voeg_toe":
            return self._add(item)
        if item.actie == "verwijder":
            self._con.execute(f"delete from {self._table} where {where}", values)
            return found
        cells = self._cells(((item.kolom or "", item.nieuw or ""),))
        changes = ", ".join(f"{identifier(name)} = ?" for name in cells)
        self._con.execute(f"update {self._table} set {changes} where {where}", [*cells.values(), *values])
        return found

    def _mended(self, item: Correctie, where: str, values: list[object]) -> None:
        """The source no longer has the error; CorrectieFout when it does."""
        if item.oud is not None and item.kolom is not None:
            old = self._hidden(item.kolom, item.oud) if item.oud else ""
            where, values = f"{where} and {_text(item.kolom)} = ?", [*values, old]
        found = self._count(where, values)
        if (found == 0) == (item.actie == "voeg_toe"):
            raise CorrectieFout(
                f"{item.naam}: de status is {HERSTELD}, maar de bron heeft {_rows(found)} waarvoor {self._said(item)}"
                f"{'' if item.oud is None else f', met de oude waarde {quoted(_shown(item.oud))}'}. "
                "Vraag de leverancier of de bron is hersteld, en verander de status of de correctie."
            )

    def _guard(self, item: Correctie, where: str, values: list[object], found: int) -> None:
        if item.oud is None or item.kolom is None:
            return
        old = self._hidden(item.kolom, item.oud) if item.oud else ""
        same = f"{where} and {_text(item.kolom)} = ?"
        if self._count(same, [*values, old]) != found:
            raise CorrectieFout(
                f"{item.naam}: verwacht was {quoted(_shown(item.oud))} in kolom {quoted(item.kolom)} waar "
                f"{self._said(item)}, maar daar staat iets anders; de bron is veranderd. "
                "Controleer de correctie en verwijder of verbeter haar."
            )

    def _add(self, item: Correctie) -> int:
        cells = self._cells(item.rij)
        names, marks = ", ".join(map(identifier, cells)), ", ".join("?" for _ in cells)
        row = [-item.volgnummer, *cells.values()]
        self._con.execute(f"insert into {self._table} (regel, {names}) values (?, {marks})", row)
        return 1

    def _cells(self, values: Values) -> dict[str, str | None]:
        """New cells as the table holds them; beside a pseudonym, what may be shown of it."""
        cells: dict[str, str | None] = {}
        for name, value in values:
            cells[name] = self._hidden(name, value) if value else None
            if name in self._secret and mask_column(name) in self._all:
                cells[mask_column(name)] = masked(value)
        return cells

    def _where(self, item: Correctie) -> tuple[str, list[object]]:
        parts = [f"{_text(name)} = ?" for name, _ in item.waar]
        values: list[object] = [self._hidden(name, value) if value else "" for name, value in item.waar]
        if item.regel is not None:
            parts.append("regel = ?")
            values.append(item.regel)
        return " and ".join(parts), values

    def _hidden(self, column: str, value: str) -> str:
        """The value as the landed table has it: a V-number by its pseudonym."""
        if column not in self._secret:
            return value.strip()
        if self._pseudonym is None:
            raise CorrectieFout(f"kolom {quoted(column)} bevat V-nummers en er is geen sleutel om ze te vervangen")
        return self._pseudonym(value.strip())

    def _known(self, item: Correctie) -> None:
        names = {name for name, _ in (*item.waar, *item.rij)} | ({item.kolom} if item.kolom is not None else set())
        unknown = sorted(names - self._columns)
        if unknown:
            raise CorrectieFout(
                f"{item.naam}: extract {quoted(item.extract)} heeft geen kolom {quoted(_shown(unknown[0]))}; "
                f"bekend zijn {', '.join(sorted(self._columns))}"
            )

    def _count(self, where: str, values: list[object]) -> int:
        return int(self._con.execute(f"select count(*) from {self._table} where {where}", values).fetchall()[0][0])

    def _said(self, item: Correctie) -> str:
        line = [f"regel = {item.regel}"] if item.regel is not None else []
        return " en ".join([*line, *(f"{name} = {quoted(_shown(value))}" for name, value in item.waar)])


def _text(column: str) -> str:
    """A landed cell as corrections compare it: without spaces around, empty when it is not there."""
    return f"coalesce({stripped(identifier(column))}, '')"


def _rows(count: int) -> str:
    return "1 rij" if count == 1 else f"{count} rijen"


def _shown(value: str) -> str:
    return shown_value(masked(value))
