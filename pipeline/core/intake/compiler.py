"""A contract compiled to SQL: typed columns behind a guard, and one query per rule that returns the offending rows.

Belongs here: the text of the queries. Not here: running them (rules.py), pieces of SQL that know no contract
(sqltext.py), code lists (lookups.py), what the rules of an extract are (pipeline/contracts).

Grain of the typed table: one row per landed row (`deel`, `regel`), with per column of the contract `<c>__ruw` (as
delivered), `<c>__net` (without spaces around, NULL when blank), `<c>` (typed, NULL when it cannot be read) and
`<c>__fout` (the cell itself is wrong, so rules that read it keep silent). `__soort` is 'rij', 'totaal' (a control
total) or 'los' (a single filled cell: text, not a row).
"""

# Names in the SQL come from shipped contracts and are checked there; values are literals() or parameters.
# ruff: noqa: S608

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from pipeline.core.intake.columnsql import (
    FORMULA_REMEDY,
    ambiguous,
    clean,
    cleaned,
    codes,
    display,
    fault,
    filled,
    formula,
    formula_reason,
    lookup_table,
    null_value,
    outside,
    raw,
    stretch,
    suggestion_table,
    unknown,
    value,
)
from pipeline.core.intake.contracts import Column, Contract, Rule
from pipeline.core.intake.controltotals import holds_sums, total_queries
from pipeline.core.intake.dateorder import order_queries
from pipeline.core.intake.dates import MONTH_FIRST, SERIAL_START, SERIALS_1900, proves_month_first
from pipeline.core.intake.findings import GEVOLG, Ernst
from pipeline.core.intake.lookups import LOOKUPS, MAX_SUGGESTED, lookup_of, stretch_sql
from pipeline.core.intake.messages import empty_cell, unreadable_cells
from pipeline.core.intake.parts import HEADS, PARTS
from pipeline.core.intake.pseudonyms import mask_column, number_sql
from pipeline.core.intake.queries import LEFT_OVER, ON_THEIR_OWN, ROWS, TYPED, Query
from pipeline.core.intake.sqltext import INTEGER, identifier, literal, shown, template
from pipeline.core.periods import Periode

TABLES = re.compile(r"levering\.([a-z_]+)")
"""The other extracts that a predicate reads."""


@dataclass(frozen=True)
class Clean:
    """Rows of a large file that were found to be without fault already (sieve.py), outside the typed table: SQL that
    gives their columns, and how many they are.
    """

    source: str
    rows: int


@dataclass(frozen=True)
class Surroundings:
    """What a contract is judged in: the half-year, per code list the days on which its names change (of
    lookups.make_lookup), the extracts that are accepted already, and per part from which day it counts serial numbers.
    """

    periode: Periode
    stretches: Mapping[str, tuple[date, ...]]
    accepted: frozenset[str] = frozenset()
    clean: Clean | None = None
    serials: Mapping[int, date | None] = field(default_factory=dict)


class Compiler:
    """The SQL of one contract for one half-year. `present`: names of the columns that the delivered heads have."""

    def __init__(self, contract: Contract, present: Collection[str], around: Surroundings) -> None:
        self.contract = contract
        self.around = around
        self.periode = around.periode
        self.present = tuple(column for column in contract.columns if column.from_file or column.name in present)
        self.heads = {column.name: "null" if column.from_file else _head(column) for column in self.present}
        self.referring = tuple(column for column in self.present if column.reference in LOOKUPS)

    def typed(self, landed: str) -> str:
        """The query of the typed table; `landed` is SQL."""
        columns = self.contract.columns
        masks = "".join(f", {identifier(mask_column(column.name))}" for column in columns if column.pseudonym)
        values = ", ".join(
            f"{value(column) if column.name in self.heads else null_value(column)} as {identifier(column.name)}"
            for column in columns
            if column not in self.referring
        )
        found = "".join(f", {_code(column)}, k_{column.name}.codes as {codes(column)}" for column in self.referring)
        joins = "\n".join(
            f"left join {lookup_table(column)} as k_{column.name} on k_{column.name}.alias = {clean(column)} "
            f"and k_{column.name}.tijdvak = {stretch(column)}"
            for column in self.referring
        )
        return f"""
            with {self._cleaned(landed, masks)},
            waarden as (select *, {self._kind()} as __soort, {values or "null as geen"} from volgorde),
            plaatsen as (select *{self._stretches()} from waarden),
            gezocht as (select plaatsen.*{found} from plaatsen {joins})
            select *, {self._faults()} from gezocht
        """

    def sifted(self, landed: str, shape: str, names: Mapping[str, str], extra: str) -> str:
        """The same for the sieve, without a join, which would lose the order of the rows: V-numbers of the given shape
        become numbers; names become values of the enum types `names` (by column), not codes. `extra` columns of
        `landed` come along.
        """
        parts = []
        for column in self.contract.columns:
            name = identifier(column.name)
            if column.name not in self.heads:
                parts.append(f"{null_value(column)} as {name}")
            elif column in self.referring:
                parts.append(f"try_cast({clean(column)} as {names[column.name]}) as {name}")
            else:
                parts.append(f"{number_sql(clean(column), shape) if column.pseudonym else value(column)} as {name}")
        return f"""
            with {self._cleaned(landed, extra)},
            waarden as (select *, {self._kind()} as __soort, {", ".join(parts)} from volgorde),
            plaatsen as (select *{self._stretches()} from waarden)
            select *, {self._faults()} from plaatsen
        """

    def _cleaned(self, landed: str, more: str) -> str:
        """The first common table expressions: cells as delivered, and without spaces around."""
        delivered = ", ".join(f"{identifier(column.name)} as {raw(column)}" for column in self.contract.columns)
        stripped = ", ".join(f"{cleaned(column)} as {clean(column)}" for column in self.contract.columns)
        return f"""
            ruw as (select deel, regel, {delivered}{more} from {landed}),
            net as (select *, {stripped} from ruw),
            volgorde as (select *, {self._month_first()} as {MONTH_FIRST}, {self._serial_start()} as {SERIAL_START}
                from net)
        """

    def _stretches(self) -> str:
        return "".join(f", {self._stretch(column)} as {stretch(column)}" for column in self.referring)

    def _faults(self) -> str:
        return ", ".join(f"{self._wrong(column)} as {fault(column)}" for column in self.contract.columns)

    def unknown_names(self, column: Column) -> str:
        """The query of the names in `column` that its code list does not know, those of the first lines first."""
        return f"""
            select {clean(column)} as naam
            from {ROWS}
            where {unknown(column)}
            group by naam
            order by min((deel, regel))
            limit {MAX_SUGGESTED}
        """

    def queries(self, rows: int, totals: int, unreadable: int) -> Iterator[Query]:
        """Every rule of the contract, cells first, then rows, then the file as a whole. `rows`, `totals`: how many
        there are; `unreadable`: lines that were refused before.
        """
        yield self._loose()
        for column in self.present:
            yield self._empty(column)
            yield from self._lookup(column) if column in self.referring else self._type(column)
            yield from self._range(column)
            if column.reference is not None and column not in self.referring:
                yield from self._foreign_key(column)
        yield from order_queries(self.present, self.heads)
        if self.contract.key and all(column in self.present for column in self.contract.key):
            yield self._duplicate()
        for rule in self.contract.rules:
            if self.applies(rule) and (rule.per_row or rows):
                yield self._rule(rule)
        if totals:
            yield from total_queries(self.present, self.heads, complete=not unreadable)
        yield from self._row_bounds(rows)

    @property
    def left_over(self) -> str:
        """The rows that nothing has refused so far, the clean ones of a large file among them."""
        clean = self.around.clean
        columns = ", ".join(identifier(column.name) for column in self.contract.columns)
        return LEFT_OVER if clean is None else f"(select {columns} from {LEFT_OVER} union all from {clean.source})"

    def applies(self, rule: Rule) -> bool:
        """Whether the file has the columns that the rule reads, and the other extracts are there."""
        return all(name in self.heads for name in rule.columns) and self.around.accepted.issuperset(
            TABLES.findall(rule.predicate)
        )

    def _month_first(self) -> str:
        proofs = [
            f"bool_or({proves_month_first(clean(column))}) over (partition by deel)"
            for column in self.present
            if "schuin" in column.forms and column.type == "date"
        ]
        return " or ".join(proofs) or "false"

    def _serial_start(self) -> str:
        """SQL of the day from which the part counts serial numbers."""
        cases = " ".join(
            f"when {number} then cast({'null' if day is None else literal(str(day))} as date)"
            for number, day in sorted(self.around.serials.items())
            if day != SERIALS_1900
        )
        usual = f"date '{SERIALS_1900}'"
        return f"case deel {cases} else {usual} end" if cases else usual

    def _stretch(self, column: Column) -> str:
        """SQL of the stretch of days in which the name in `column` must hold."""
        days = {"begin": f"date '{self.periode.begin}'", "eind": f"date '{self.periode.eind - timedelta(days=1)}'"}
        day = days.get(column.valid_on, identifier(column.valid_on))
        return stretch_sql(day, self.around.stretches[column.reference or ""])

    def _wrong(self, column: Column) -> str:
        if column.name not in self.heads:
            return "false" if column.may_lack else "true"
        name = identifier(column.name)
        parts = [f"({filled(column)} and {name} is null)"]
        if column.required:
            parts.append(f"not {filled(column)}")
        if (beyond := outside(column)) is not None:
            parts.append(f"coalesce({beyond}, false)")
        return " or ".join(parts)

    def _kind(self) -> str:
        """SQL of `__soort`."""
        delivered = [column for column in self.present if not column.from_file]
        count = " + ".join(f"cast({filled(column)} as integer)" for column in delivered)
        texts = [f"lower({clean(column)})" for column in delivered if column.type == "string"]
        labels = ", ".join(literal(label) for label in self.contract.total_labels)
        cases = [f"when {count} = 1 then 'los'"] if len(delivered) > 2 else []
        if texts and labels:
            one = " or ".join(f"coalesce({text} in ({labels}), false)" for text in texts)
            # The total of a list is its number of rows, which may stand under any head.
            allowed = [f"{text} in ({labels}, '')" for text in texts]
            if not holds_sums(self.present):
                allowed = [
                    f"{one} or regexp_full_match({text}, {literal(INTEGER)})"
                    for one, text in zip(allowed, texts, strict=True)
                ]
            rest = " and ".join(f"coalesce({part}, true)" for part in allowed)
            cases.append(f"when ({one}) and {rest} then 'totaal'")
        return f"case {' '.join(cases)} else 'rij' end" if cases else "'rij'"

    def _row_query(
        self, column: Column, name: str, where: str, reason: str, remedy: str, severity: Ernst = Ernst.GEWEIGERD
    ) -> Query:
        return Query(
            name=name,
            severity=severity,
            source=TYPED,
            where=where,
            line="regel",
            head=self.heads[column.name],
            value=display(column),
            reason=reason,
            remedy=remedy,
        )

    def _loose(self) -> Query:
        delivered = [column for column in self.present if not column.from_file]
        cells = ", ".join(f"case when {filled(column)} then {display(column)} end" for column in delivered)
        value = f"coalesce({cells})"
        return Query(
            name="losse tekst",
            severity=Ernst.GEWEIGERD,
            source=TYPED,
            where="__soort = 'los'",
            line="regel",
            head="null",
            value=value,
            reason=template(
                "op deze regel is maar één cel gevuld ('{gevuld}'), dus dit is geen rij van de tabel.", gevuld=value
            ),
            remedy=literal("Verwijder de regel of vul de andere cellen."),
        )

    def _empty(self, column: Column) -> Query:
        where = f"__soort = 'rij' and not {filled(column)}" if column.required else "false"
        reason, remedy = empty_cell(column)
        return self._row_query(column, "lege cel", where, literal(reason), literal(remedy))

    def _type(self, column: Column) -> Iterator[Query]:
        unread = f"{filled(column)} and {identifier(column.name)} is null"
        for name, which, reason, remedy in unreadable_cells(column):
            where = f"{unread} and {which}"
            if column.type == "integer":
                yield self._row_query(column, name, f"__soort = 'totaal' and {where}", reason, remedy, Ernst.BLOKKADE)
            yield self._row_query(column, name, f"__soort = 'rij' and {where}", reason, remedy)

    def _lookup(self, column: Column) -> Iterator[Query]:
        lookup = lookup_of(column.reference or "")
        noun = self._noun(column)
        where = f"__soort = 'rij' and {formula(column)}"
        yield self._row_query(column, "formule", where, formula_reason(column), literal(FORMULA_REMEDY))
        remedy = literal(lookup.remedy)
        offer = f"(select tekst from {suggestion_table(column)} where naam = {clean(column)})"
        reason = template(
            f"'{{waarde}}' is geen {noun}{{vervolg}}",
            waarde=display(column),
            vervolg=f"coalesce('; ' || {offer}, '.')",
        )
        yield self._row_query(column, f"geen {noun}", f"__soort = 'rij' and {unknown(column)}", reason, remedy)
        yield self._ambiguous(column, noun)

    def _noun(self, column: Column) -> str:
        """What an unknown name is not; where the day of the row decides, that is said."""
        noun = lookup_of(column.reference or "").noun
        days = {item.name for item in self.contract.columns if item.type == "date"}
        return noun.replace(" van ${jaar}", " op de dag van deze regel") if column.valid_on in days else self.fill(noun)

    def _foreign_key(self, column: Column) -> Iterator[Query]:
        extract, name = (column.reference or "").split(".")
        if extract not in self.around.accepted:
            return
        own = f"{TYPED}.{identifier(column.name)}"
        known = f"exists (select 1 from levering.{extract} as k where k.{name} = {own})"
        refused = f"(select g.plaats from {refused_table(extract, name)} as g where g.waarde = {own})"
        missing = f"__soort = 'rij' and {identifier(column.name)} is not null and not {known} and {refused}"
        yield self._row_query(
            column,
            f"onbekend bij {extract}",
            f"{missing} is null",
            template(f"'{{waarde}}' staat op geen enkele geaccepteerde regel van {extract}.", waarde=display(column)),
            literal(f"Voeg de ontbrekende regel toe aan {extract}, of verbeter of verwijder deze."),
        )
        yield self._row_query(
            column,
            GEVOLG,
            f"{missing} is not null",
            template(
                "'{waarde}' staat op een regel die zelf is geweigerd: {plaats}.",
                waarde=display(column),
                plaats=refused,
            ),
            literal("Herstel eerst die regel; deze volgt dan vanzelf."),
        )

    def _ambiguous(self, column: Column, noun: str) -> Query:
        where = f"__soort = 'rij' and {ambiguous(column)}"
        reason = template(f"'{{waarde}}' kan meer dan één {noun} zijn.", waarde=display(column))
        return self._row_query(column, "naam niet eenduidig", where, reason, literal("Schrijf de volledige naam."))

    def _range(self, column: Column) -> Iterator[Query]:
        beyond = outside(column)
        if beyond is not None:
            reason = template(
                f"'{{waarde}}' valt buiten {column.minimum} tot en met {column.maximum}. {column.bounds_reason}",
                waarde=display(column),
            )
            what = "de datum" if column.type == "date" else "het getal"
            remedy = literal(f"Controleer {what} in de bron.")
            yield self._row_query(column, "buiten de grenzen", f"__soort = 'rij' and {beyond}", reason, remedy)

    def _duplicate(self) -> Query:
        keys = ", ".join(identifier(column.name) for column in self.contract.key)
        whole = " and ".join(f"{identifier(column.name)} is not null" for column in self.contract.key)
        first = next((column for column in self.contract.key if not column.from_file), self.contract.key[0])
        place = "cast(regel as varchar) || coalesce(' van blad ' || d.blad, '')"
        # Counted on the keys alone first: a window over all columns of all rows costs minutes.
        double = f"select {keys} from {ROWS} where {whole} group by {keys} having count(*) > 1"
        lines_of = f"""
            select {keys}, string_agg({place}, ', ' order by deel, regel) as __regels
            from {ROWS} as r semi join ({double}) using ({keys}) left join {PARTS} as d on d.nummer = r.deel
            group by {keys}
        """
        doubles = f"(select r.*, __regels from {ROWS} as r inner join ({lines_of}) using ({keys}))"
        lines = shown(r"regexp_replace(__regels, ', ([0-9]+[^,]*)$', ' en \1')")
        return Query(
            name="dubbele sleutel",
            severity=Ernst.GEWEIGERD,
            source=doubles,
            where="true",
            line="regel",
            head=self.heads[first.name],
            value=display(first),
            reason=template(
                f"'{{waarde}}' staat meer dan één keer in het bestand als {first.title}, op de regels {{regels}}.",
                waarde=display(first),
                regels=lines,
            ),
            remedy=literal("Laat één van deze regels staan en verwijder de rest."),
        )

    def _rule(self, rule: Rule) -> Query:
        column = next((item for item in self.contract.columns if item.name == rule.column), None)
        cell = display(column) if column is not None and rule.per_row else "null"
        faults = [fault(item) for item in self.contract.columns if item.name in rule.columns]
        readable = f"__soort = 'rij' and not ({' or '.join(faults) or 'false'}) and " if rule.per_row else ""
        own = ON_THEIR_OWN if rule.across_rows else TYPED if rule.per_row else ROWS
        others = self.left_over if rule.across_rows else ROWS
        return Query(
            name=rule.name,
            severity=rule.severity,
            source=self.fill(rule.source, own),
            where=f"{readable}({self.fill(rule.predicate, others)})",
            line="regel" if rule.per_row else "null",
            head="null" if column is None else self._rule_head(rule, column),
            value=rule.value or cell,
            reason=template(self.fill(rule.reason, others), waarde=cell),
            remedy=literal(rule.remedy),
            part="deel" if rule.per_row else "null",
            late=rule.across_rows,
        )

    def _rule_head(self, rule: Rule, column: Column) -> str:
        head = self.heads.get(column.name, "null")
        return head if rule.per_row else head.replace("kop_deel = deel", "kop_deel = 1")

    def _row_bounds(self, rows: int) -> Iterator[Query]:
        bounds = self.contract.row_bounds
        if bounds is not None and not bounds.minimum <= rows <= bounds.maximum:
            count = "1 rij" if rows == 1 else f"{rows} rijen"
            yield Query(
                name=bounds.name,
                severity=Ernst.BLOKKADE,
                source="(select 1)",
                where="true",
                line="null",
                part="null",
                head="null",
                value=literal(str(rows)),
                reason=literal(
                    f"het bestand heeft {count}; verwacht {bounds.minimum} tot en met {bounds.maximum}. {bounds.reason}"
                ),
                remedy=literal(bounds.remedy),
            )

    def fill(self, text: str, table: str = ROWS) -> str:
        """`text` of a contract with its placeholders filled in; `table` is SQL."""
        values = {
            "table": table,
            "jaar": str(self.periode.jaar),
            "begin": f"date '{self.periode.begin}'",
            "eind": f"date '{self.periode.eind}'",
        }
        for name, filled_in in values.items():
            text = text.replace(f"${{{name}}}", filled_in)
        return text


def _head(column: Column) -> str:
    """SQL of the head that the file of the row has for `column`."""
    return f"(select kop from {HEADS} where kop_deel = deel and kop_kolom = {literal(column.name)})"


def refused_table(extract: str, name: str) -> str:
    """Temporary table (waarde, plaats) of the values of a column on refused rows of an accepted extract."""
    return f"intake_geweigerd_{extract}_{name}"


def _code(column: Column) -> str:
    name = f"k_{column.name}"
    return f"case when {name}.codes = 1 then {name}.code end as {identifier(column.name)}"
