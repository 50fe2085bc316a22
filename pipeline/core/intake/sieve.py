"""The fast way for a large CSV file: rows without any fault are set apart in SQL, the rest goes the exact way.

Belongs here: the sieve. Not here: looking at the bytes (largefile.py), reading lines (reader.py), the rules (rules.py).

DuckDB reads the file as lines, not as cells: a line number is then exactly the number of a row, and what is no clean
row (quotes, another number of cells, blank) is never lost in a parser. The sieve uses the very expressions of the
rules, so that a row it lets pass has no finding. It may take out too much, never too little: whatever it takes out is
judged line by line as in a small file.
"""

# Names in the SQL come from shipped contracts and are checked there; values are literals() or parameters.
# ruff: noqa: S608

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from pipeline.core.intake.columnsql import fault, lookup_table, stretch
from pipeline.core.intake.compiler import TABLES, Clean, Compiler
from pipeline.core.intake.contracts import Column, Contract, Rule, load_contract
from pipeline.core.intake.correcting import concerned
from pipeline.core.intake.corrections import Correctie
from pipeline.core.intake.largefile import LargeFile
from pipeline.core.intake.parts import Part
from pipeline.core.intake.pseudonyms import PSEUDONYMS, Pseudonymiser, pseudonymise, store_pseudonyms
from pipeline.core.intake.queries import TYPED
from pipeline.core.intake.reader import AansluitingFout, Landing, land_lines, make_landed
from pipeline.core.intake.rowstore import RowSink
from pipeline.core.intake.sqltext import identifier, literal
from pipeline.core.sealed import is_sealed

if TYPE_CHECKING:
    import duckdb

CANDIDATES = "intake_kandidaten"
"""Temporary table of all lines below the head: in file order: (__goed, __tekst where not good, typed
columns; V-numbers as numbers)."""

_MOVED = "intake_verplaatst"
_MOVED_ROWS = "intake_verplaatste_rijen"
_ROUNDS = 5
_OTHERS = "${table}"


@dataclass(frozen=True)
class Sifted:
    """What came of a large file: clean rows, and the account of its lines."""

    clean: Clean
    landing: Landing


class Sieve:
    """One large file on its way through the sieve. `landed` is the table for what goes the exact way."""

    def __init__(
        self,
        con: "duckdb.DuckDBPyConnection",
        file: LargeFile,
        compiler: Compiler,
        part: Part,
        landed: str,
        pseudonymiser: Pseudonymiser | None,
    ) -> None:
        self.con, self.file, self.compiler, self.part = con, file, compiler, part
        self.contract: Contract = compiler.contract
        self.landed, self.pseudonymiser = landed, pseudonymiser
        self.made: list[str] = []
        self.secret = [column.name for column in self.contract.columns if column.pseudonym]

    def run(self, corrections: Sequence[Correctie] = (), correct: Callable[[], None] = lambda: None) -> Sifted:
        """Fill the landed table (pseudonymised) and leave the clean rows in CANDIDATES; AansluitingFout when a line is
        not accounted for. `corrections`: the rows that these could be about go the exact way; `correct` applies them
        to the landed table, before other rows are held against those in it.
        """
        self._sift(corrections)
        self._reconcile_lines()
        self._set_aside(sorted({item.regel for item in corrections if item.regel is not None}))
        bad = self.con.execute(
            f"select {self._line} as regel, __tekst from {CANDIDATES} where not __goed order by regel"
        ).fetchall()
        self._check_lines(bad)
        for name in self.secret:
            store_pseudonyms(
                self.con, f"select {identifier(name)} as nummer from {CANDIDATES} where __goed", self._key()
            )
        landings = [self._land(bad, self.landed)]
        self._hide(self.landed)
        correct()
        landings.append(self._take_out_related())
        clean = Clean(self._source(), self._count(f"select count(*) from {CANDIDATES} where __goed"))
        return Sifted(clean, self._landing(landings, clean.rows))

    def _key(self) -> Pseudonymiser:
        if self.pseudonymiser is None:
            raise AansluitingFout(
                f"{self.file.name}: er is geen sleutel voor de V-nummers; meld deze fout aan de beheerder"
            )
        return self.pseudonymiser

    def _land(self, lines: Iterable[tuple[int, str]], table: str) -> Landing:
        with RowSink(self.con, identifier(table)) as sink:
            return land_lines(self.file.name, lines, self.contract, self.part, sink)

    def _hide(self, table: str) -> None:
        if self.secret:
            pseudonymise(self.con, table, self.secret, self._key())

    def _set_aside(self, lines: list[int]) -> None:
        """Let these lines go the exact way; those that are no lines of rows, corrections speak of themselves."""
        lines = [line for line in lines if self.part.header.last_line < line <= self.file.line_count]
        for line, text in zip(lines, self.file.texts(lines), strict=True):
            self.con.execute(
                f"update {CANDIDATES} set __goed = false, __tekst = ? where __goed and {self._line} = ?", [text, line]
            )

    def _sift(self, corrections: Sequence[Correctie]) -> None:
        """The one pass over all rows."""
        header = self.part.header
        cells = zip(self.contract.headed, header.positions, strict=True)
        delivered = ", ".join(
            f"{'null' if place is None else f'l[{place + 1}]'} as {identifier(column.name)}" for column, place in cells
        )
        odd = "contains(tekst, chr(34)) or contains(tekst, chr(0))"
        whole = f"coalesce(len(l) = {len(header.cells)} and not ({odd}), false)"
        unnamed = [place for place in header.extra if not header.cells[place].strip()]
        for place in unnamed:
            whole += f" and trim(l[{place + 1}]) = ''"
        shape = "" if self.pseudonymiser is None else self.pseudonymiser.shape
        good = " and ".join(
            (
                "__heel",
                "__soort = 'rij'",
                *(f"not coalesce({fault(column)}, true)" for column in self.contract.columns),
                *(
                    f"not coalesce({self.compiler.fill(rule.predicate)}, false)"
                    for rule in self._rules()
                    if self._simple(rule)
                ),
            )
        )
        names = self._name_types()
        stretches = [stretch(column) for column in self.compiler.referring]
        columns = ", ".join([*map(_compact, self.contract.columns), *stretches])
        # Rows are stored in the order of the file, so that the place of a row in the table tells its line; _check_lines
        # sees to it that this is so.
        if not is_sealed(self.con):
            self.con.execute("set preserve_insertion_order = true")
        aside = concerned(self.con, self.contract, corrections, shape)
        with aside as ours, self.file.lines(header.last_line) as lines:
            source = f"""(
                select 1 as deel, 0 as regel, tekst, {whole} as __heel, {delivered}
                from (select tekst, string_split(tekst, {literal(header.delimiter)}) as l from {lines})
            )"""
            good = " and ".join((good, *(f"not ({condition})" for condition in ours)))
            typed = self.compiler.sifted(source, shape, names, ", tekst, __heel")
            self.con.execute(
                f"""
                create or replace temp table {CANDIDATES} as
                select __goed, case when not __goed then coalesce(tekst, '') end as __tekst, {columns}
                from (select *, {good} as __goed from ({typed}))
                """
            )

    def _reconcile_lines(self) -> None:
        """As many rows as the bytes have lines below the head; else a parser lost some."""
        found = self._count(f"select count(*) from {CANDIDATES}")
        expected = self.file.line_count - self.part.header.last_line
        if found != expected:
            raise AansluitingFout(
                f"{self.file.name}: het bestand heeft {expected} regels onder de kolomkoppen, waarvan {found} gelezen; "
                "meld deze fout aan de beheerder"
            )

    def _whole(self, column: Column, *, hidden: bool) -> str:
        """A column of the candidates as the typed table would hold it."""
        name = identifier(column.name)
        if column.pseudonym:
            return f"p_{column.name}.persoon as {name}" if hidden else f"k.{name}"
        if column in self.compiler.referring:
            return f"case when z_{column.name}.codes = 1 then z_{column.name}.code end as {name}"
        return f"cast(k.{name} as varchar) as {name}" if column.values else f"k.{name}"

    def _check_lines(self, bad: list[tuple[int, str]]) -> None:
        """What stands at the lines that were set apart is what was set apart; AansluitingFout when not."""
        delivered = self.file.texts(line for line, _ in bad)
        same = sum(text == found for (_, text), found in zip(bad, delivered, strict=True))
        self._refuse_other_order(same, len(bad))

    def _check_moved(self) -> None:
        """The same for the candidates that were moved, by all their columns."""
        moved = self._count(f"select count(*) from {_MOVED_ROWS}")
        same = " and ".join(
            f"t.{name} is not distinct from k.{name}"
            for name in (identifier(column.name) for column in self.contract.columns)
        )
        found = self._count(
            f"""
            select count(*) from {self._numbered(f"{self._line.replace('rowid', 'k.rowid')} in (from {_MOVED})")} as k
            inner join ({self.compiler.typed(identifier(_MOVED_ROWS))}) as t on t.regel = k.__regel and {same}
            """
        )
        self._refuse_other_order(found, moved)

    def _refuse_other_order(self, found: int, expected: int) -> None:
        if found != expected:
            raise AansluitingFout(
                f"{self.file.name}: van {expected} regels staan er {found} waar zij zijn gelezen; meld deze fout aan "
                "de beheerder"
            )

    def _take_out_related(self) -> Landing:
        """Move candidates out that a rule about other rows or other extracts refuses, or could."""
        self.con.execute(f"create or replace temp table {TYPED} as {self.compiler.typed(identifier(self.landed))}")
        self.con.execute(f"create or replace temp table {_MOVED} (regel integer)")
        for query in self._names():
            self._move(query)
        for query in (*self._doubles(), *self._foreign_keys(), *self._related()):
            self._move(query)
        for _ in range(_ROUNDS):
            if not sum(self._move(query) for query in self._across()):
                break
        lines = [line for (line,) in self.con.execute(f"select regel from {_MOVED} order by regel").fetchall()]
        moved = zip(lines, self.file.texts(lines), strict=True)
        make_landed(self.con, self.contract, _MOVED_ROWS)
        landing = self._land(moved, _MOVED_ROWS)
        self._hide(_MOVED_ROWS)
        self._check_moved()
        self.con.execute(f"insert into {identifier(self.landed)} by name select * from {_MOVED_ROWS}")
        for table in (_MOVED, _MOVED_ROWS, *self.made):
            self.con.execute(f"drop table {table}")
        return landing

    def _move(self, query: str) -> int:
        """Take the lines that the query gives out of the candidates; how many."""
        before = self._count(f"select count(*) from {_MOVED}")
        self.con.execute(f"insert into {_MOVED} select distinct regel from ({query}) as t(regel)")
        found = self._count(f"select count(*) from {_MOVED}") - before
        if found:
            self.con.execute(
                f"update {CANDIDATES} set __goed = false where {self._line} in (select regel from {_MOVED})"
            )
        return found

    def _source(self) -> str:
        """The good candidates with pseudonyms, as SQL that gives the columns of the contract."""
        return f"(select * exclude (__regel) from {self._numbered()})"

    def _numbered(self, which: str = "k.__goed", *, hidden: bool = True) -> str:
        """Candidates as the typed table has them, and `__regel`; unless `hidden`, with numbers for pseudonyms."""
        columns = ", ".join(self._whole(column, hidden=hidden) for column in self.contract.columns)
        joins = " ".join(
            f"left join {PSEUDONYMS} as p_{name} on p_{name}.nummer = k.{identifier(name)}"
            for name in (self.secret if hidden else ())
        )
        joins += "".join(
            f" left join {lookup_table(column)} as z_{column.name} on z_{column.name}.alias = "
            f"cast(k.{identifier(column.name)} as varchar) and z_{column.name}.tijdvak = k.{stretch(column)}"
            for column in self.compiler.referring
        )
        line = self._line.replace("rowid", "k.rowid")
        return f"(select {line} as __regel, {columns} from {CANDIDATES} as k {joins} where {which})"

    def _doubles(self) -> Iterator[str]:
        """Rows whose key stands more than once, among all rows."""
        names = [column.name for column in self.contract.key]
        if not names:
            return
        keys = ", ".join(identifier(name) for name in names)
        # Numbers instead of pseudonyms where possible: a key of eight bytes groups faster than one of 64 signs.
        if any(column in self.compiler.referring for column in self.contract.key):
            own = f"from {self._numbered()}"
        else:
            own = f"select {self._line} as __regel, {keys} from {CANDIDATES} where __goed"
        double = f"select {keys} from ({own}) group by all having count(*) > 1"
        yield f"select __regel from ({own}) semi join ({double}) using ({keys})"
        yield f"select __regel from {self._numbered()} semi join {TYPED} using ({keys})"

    def _foreign_keys(self) -> Iterator[str]:
        for column in self.contract.columns:
            extract, _, name = (column.reference or "").partition(".")
            if extract in self.compiler.around.accepted:
                own = identifier(column.name)
                yield f"""
                    select __regel from {self._numbered(hidden=False)} as k
                    anti join {self._by_number(extract, {name})} as v on v.{name} = k.{own} where k.{own} is not null
                """

    def _related(self) -> Iterator[str]:
        """Rules that look into other extracts, or at codes."""
        for rule in self._rules():
            if rule.per_row and not rule.across_rows and not self._simple(rule):
                source = self.compiler.fill(rule.source, self._numbered(hidden=False))
                predicate = self.compiler.fill(rule.predicate)
                for extract in sorted(set(TABLES.findall(predicate))):
                    columns = {column.name for column in load_contract(extract).kept}
                    local = self._by_number(extract, columns.intersection(re.findall("[a-z_]+", rule.predicate)))
                    predicate = predicate.replace(f"levering.{extract}", local)
                yield f"select __regel from {source} where {predicate}"

    def _by_number(self, extract: str, names: set[str]) -> str:
        """The columns `names` of another extract in a temporary table, with V-numbers as numbers again, as the
        candidates have them: a join on eight bytes takes a quarter of the memory of one on pseudonyms.
        """
        table = f"intake_van_{extract}_{'_'.join(sorted(names))}"
        if table in self.made:
            return table
        secret = {column.name for column in load_contract(extract).columns if column.pseudonym}
        columns = ", ".join(f"p_{name}.nummer as {name}" if name in secret else f"v.{name}" for name in sorted(names))
        # A person without a number here is none of the candidates.
        joins = " ".join(
            f"inner join {PSEUDONYMS} as p_{name} on p_{name}.persoon = v.{name}" for name in sorted(names & secret)
        )
        self.con.execute(
            f"create or replace temp table {table} as select {columns} from levering.{extract} as v {joins}"
        )
        self.made.append(table)
        return table

    def _across(self) -> Iterator[str]:
        """Rules about other rows: what a row needs may be refused later, what forbids it may be among the refused. So
        both without and with the rows under judgement, at each place where the rule looks at other rows: it may need
        some and forbid others.
        """
        columns = ", ".join(identifier(column.name) for column in self.contract.columns)
        good_or_moved = f"k.__goed or {self._line.replace('rowid', 'k.rowid')} in (from {_MOVED})"
        alone = self._source()
        together = f"(select {columns} from {self._numbered(good_or_moved)} union all select {columns} from {TYPED})"
        apart = self._count(f"select (select count(*) from {TYPED}) + (select count(*) from {_MOVED})")
        for rule in self._rules():
            if rule.across_rows:
                source = self.compiler.fill(rule.source, self._numbered())
                places = self.compiler.fill(rule.predicate, _OTHERS).split(_OTHERS)
                for others in product((alone, together) if apart else (alone,), repeat=len(places) - 1):
                    predicate = "".join(map("".join, zip(places, (*others, ""), strict=True)))
                    yield f"select __regel from {source} where {predicate}"

    def _simple(self, rule: Rule) -> bool:
        """Whether the rule looks at nothing but its own row, and not at a code, which the one pass does not know."""
        names = {column.name for column in self.compiler.referring}
        return rule.source == "${table}" and "select" not in rule.predicate.lower() and names.isdisjoint(rule.columns)

    def _name_types(self) -> dict[str, str]:
        """Per column of names an enum type of all names in its list: two bytes a row instead of sixteen and more."""
        types = {}
        for column in self.compiler.referring:
            types[column.name] = f"intake_namen_{column.name}"
            names = f"select distinct alias from {lookup_table(column)} where alias is not null order by alias"
            self.con.execute(f"create or replace temp type {types[column.name]} as enum ({names})")
        return types

    def _names(self) -> Iterator[str]:
        """Rows with a name that did not mean one code on their day."""
        for column in self.compiler.referring:
            name = identifier(column.name)
            yield f"""
                select {self._line.replace("rowid", "k.rowid")} from {CANDIDATES} as k
                anti join (select alias, tijdvak from {lookup_table(column)} where codes = 1) as z
                on z.alias = cast(k.{name} as varchar) and z.tijdvak = k.{stretch(column)}
                where k.__goed and k.{name} is not null
            """

    def _rules(self) -> Iterator[Rule]:
        return (rule for rule in self.contract.rules if self.compiler.applies(rule))

    @property
    def _line(self) -> str:
        """SQL of the line of a candidate."""
        return f"cast(rowid + {self.part.header.last_line + 1} as integer)"

    def _count(self, query: str) -> int:
        return int(self.con.execute(query).fetchall()[0][0])

    def _landing(self, landings: list[Landing], clean: int) -> Landing:
        header = self.part.header
        total = Landing(
            above=header.line - 1,
            head=1 + sum(item.head for item in landings),
            rows=clean + sum(item.rows for item in landings),
            refused=sum(item.refused for item in landings),
            blank=sum(item.blank for item in landings),
            continued=sum(item.continued for item in landings),
            findings=tuple(finding for item in landings for finding in item.findings),
        )
        if total.lines != self.file.line_count:
            raise AansluitingFout(
                f"{self.file.name}: het bestand heeft {self.file.line_count} regels, waarvan {total.lines} "
                "verantwoord; meld deze fout aan de beheerder"
            )
        return total


def _compact(column: Column) -> str:
    """A typed column as the candidates hold it: ten million rows must fit in memory."""
    name = identifier(column.name)
    if not column.values:
        return name
    return f"cast({name} as enum({', '.join(literal(value) for value, _ in column.values)})) as {name}"
