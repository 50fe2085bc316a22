"""Rows that have another number in the new delivery, and are the same.

Belongs here: finding them, and the old delivery with the numbers of the new one. Not here: what differs then (rows.py),
which figures that moves (walk.py).

Koppelingen and afmeldingen have a number of the COA as key, which says nothing by itself. A row whose number vanished,
or belongs to another person now, is looked for among the rows whose number is new for their person, in this order:

1. all other content is the same: another number, nothing else
2. the same number with another person: the row was changed
3. the same person, of whom exactly one row is without a match on both sides: another number and other content, or one
   row that is gone and one that came in late. Nothing in the files tells which; it is counted as the first, and is
   ambiguous.

A number that a row cites (`corrigeert`) is not content: it changes with what it cites.
"""

# Names of tables and columns come from shipped contracts.
# ruff: noqa: S608

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.core.compare.sources import count
from pipeline.core.intake.contracts import CONTRACTS, Contract, load_contract
from pipeline.core.intake.sqltext import identifier

if TYPE_CHECKING:
    import duckdb

_CITES = {"coa_afmeldingen": "corrigeert"}
# How an old row is called whose number belongs to another row now.
_GONE = " (vervallen)"


@dataclass(frozen=True)
class Hernummering:
    """The rows of one table with another number: how many, how many of what vanished is ambiguous, and the table of the
    old delivery under the numbers of the new one (the old table itself when nothing was renumbered).
    """

    rijen: int
    dubbelzinnig: int
    oud: str


def renumber(con: "duckdb.DuckDBPyConnection", table: str, old: str, new: str) -> Hernummering:
    """Match the rows of `table` (`levering.x`) that stand in `old` and `new` under different numbers.

    Of a table whose key is the V-number nothing is renumbered, since other tables name persons too; a person that is
    gone beside a new one with the same data otherwise is ambiguous.
    """
    name = table.split(".")[1]
    contract = load_contract(name) if name in CONTRACTS else None
    if contract is None or len(contract.key) != 1:
        return Hernummering(0, 0, old)
    if contract.key[0].pseudonym:
        return Hernummering(0, _persons_alike(con, contract, old, new), old)
    persons = [column.name for column in contract.kept if column.pseudonym]
    if contract.key[0].reference or contract.key[0].type != "string" or len(persons) != 1:
        return Hernummering(0, 0, old)
    return _Pairs(con, contract, old, new, persons[0]).find()


def _persons_alike(con: "duckdb.DuckDBPyConnection", contract: Contract, old: str, new: str) -> int:
    key = identifier(contract.key[0].name)
    same = " and ".join(
        f"weg.{identifier(column.name)} is not distinct from erbij.{identifier(column.name)}"
        for column in contract.kept
        if not column.key
    )
    return count(
        con,
        f"(select * from {old} as oud anti join {new} as nieuw using ({key})) as weg "
        f"semi join (select * from {new} as nieuw anti join {old} as oud using ({key})) as erbij on {same}",
    )


class _Pairs:
    """`nummer.weg` and `nummer.erbij`: rows whose number no row of their person has on the other side; `nummer.paren`
    (oud, nieuw, soort): the numbers that belong together.
    """

    def __init__(self, con: "duckdb.DuckDBPyConnection", contract: Contract, old: str, new: str, person: str) -> None:
        self.con, self.old, self.new = con, old, new
        self.key, self.person = identifier(contract.key[0].name), identifier(person)
        self.cites = identifier(_CITES[contract.name]) if contract.name in _CITES else None
        self.columns = tuple(identifier(column.name) for column in contract.kept)
        self.target = f"nummer.{contract.name}"

    def find(self) -> Hernummering:
        self._without_match()
        if not count(self.con, "nummer.weg") or not count(self.con, "nummer.erbij"):
            return Hernummering(0, 0, self.old)
        self.con.execute("create or replace table nummer.paren (oud varchar, nieuw varchar, soort varchar)")
        self._same_content()
        self._same_number()
        self._same_person()
        moved = count(self.con, "nummer.paren where oud <> nieuw")
        unsure = count(self.con, "nummer.paren where soort = 'persoon'") + self._left()
        if not moved:
            return Hernummering(0, unsure, self.old)
        self._numbered_anew()
        return Hernummering(moved, unsure, self.target)

    def _without_match(self) -> None:
        same = f"oud.{self.key} = nieuw.{self.key} and oud.{self.person} is not distinct from nieuw.{self.person}"
        if self.cites:
            same += f" and (oud.{self.cites} is null) = (nieuw.{self.cites} is null)"
        self.con.execute("create schema if not exists nummer")
        self.con.execute(
            f"create or replace table nummer.weg as select * from {self.old} as oud anti join {self.new} as nieuw "
            f"on {same}"
        )
        self.con.execute(
            f"create or replace table nummer.erbij as select * from {self.new} as nieuw anti join {self.old} as oud "
            f"on {same}"
        )

    def _same_content(self) -> None:
        """Rows that say exactly the same as others are paired in the order of their numbers: it does not matter."""
        content = [column for column in self.columns if column not in (self.key, self.cites)]
        parts = ", ".join([*content, *([f"{self.cites} is null"] if self.cites else [])])
        same = " and ".join(f"weg.{column} is not distinct from erbij.{column}" for column in content)
        if self.cites:
            same += f" and (weg.{self.cites} is null) = (erbij.{self.cites} is null)"
        numbered = f"select *, row_number() over (partition by {parts} order by {self.key}) as plaats"
        self.con.execute(
            f"""
            insert into nummer.paren
            select weg.{self.key}, erbij.{self.key}, 'inhoud'
            from ({numbered} from nummer.weg) as weg
            inner join ({numbered} from nummer.erbij) as erbij on {same} and weg.plaats = erbij.plaats
            """
        )

    def _same_number(self) -> None:
        self.con.execute(
            f"""
            insert into nummer.paren
            select weg.{self.key}, weg.{self.key}, 'nummer'
            from ({self._rest("weg")}) as weg
            semi join ({self._rest("erbij")}) as erbij on weg.{self.key} = erbij.{self.key}
            """
        )

    def _same_person(self) -> None:
        kind = f"{self.cites} is null" if self.cites else "true"
        single = f"select {self.person} as persoon, {kind} as gewoon, min({self.key}) as nummer"
        only = "group by all having count(*) = 1"
        self.con.execute(
            f"""
            insert into nummer.paren
            select weg.nummer, erbij.nummer, 'persoon'
            from ({single} from ({self._rest("weg")}) as rijen {only}) as weg
            inner join ({single} from ({self._rest("erbij")}) as rijen {only}) as erbij
                on weg.persoon = erbij.persoon and weg.gewoon = erbij.gewoon
            """
        )

    def _left(self) -> int:
        """Vanished rows of persons of whom there is a new row as well, without a way to tell which is which."""
        return count(
            self.con,
            f"({self._rest('weg')}) as weg semi join ({self._rest('erbij')}) as erbij "
            f"on weg.{self.person} = erbij.{self.person}",
        )

    def _rest(self, side: str) -> str:
        mine = "oud" if side == "weg" else "nieuw"
        return f"select * from nummer.{side} where {self.key} not in (select {mine} from nummer.paren)"

    def _numbered_anew(self) -> None:
        """The old table; a row without a match keeps its number, unless that belongs to another row now."""
        taken = (
            f"case when oud.{self.key} in (select {self.key} from nummer.weg) "
            f"and oud.{self.key} in (select {self.key} from {self.new}) then oud.{self.key} || '{_GONE}' "
            f"else oud.{self.key} end"
        )
        cells = {
            self.key: f"coalesce(eigen.nieuw, {taken})",
            **({self.cites: f"coalesce(genoemd.nieuw, oud.{self.cites})"} if self.cites else {}),
        }
        cited = f"left join nummer.paren as genoemd on oud.{self.cites} = genoemd.oud" if self.cites else ""
        shown = ", ".join(f"{cells.get(column, f'oud.{column}')} as {column}" for column in self.columns)
        self.con.execute(
            f"""
            create or replace table {self.target} as
            select {shown}
            from {self.old} as oud
            left join nummer.paren as eigen on oud.{self.key} = eigen.oud
            {cited}
            order by all
            """
        )
