"""A contract compiled to SQL: typed columns behind a guard, and one query per rule that returns the offending rows.

Belongs here: the text of the queries. Not here: running them (rules.py), pieces of SQL that know no contract
(sqltext.py), code lists (lookups.py), what the rules of an extract are (pipeline/contracts).

Grain of the typed table: one row per landed row, with per column of the contract `<c>__ruw` (as delivered), `<c>__net`
(without spaces around, NULL when blank), `<c>` (typed, NULL when it cannot be read) and `<c>__fout` (the cell itself is
wrong, so rules that read it keep silent). `soort` is 'rij', 'totaal' (a control total) or 'los' (a single filled cell:
text, not a row).
"""

# Names in the SQL come from shipped contracts and are checked there; values are literals() or parameters.
# ruff: noqa: S608

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.core.intake.columnsql import (
    FORMULA_REMEDY,
    clean,
    cleaned,
    fault,
    filled,
    formula,
    formula_reason,
    integer_reason,
    integer_remedy,
    lookup_table,
    outside,
    raw,
    suggestion_table,
    unknown,
)
from pipeline.core.intake.contracts import Column, Contract, Rule
from pipeline.core.intake.findings import Ernst, shown_value
from pipeline.core.intake.headers import Header
from pipeline.core.intake.lookups import MAX_SUGGESTED, Lookup, lookup_of
from pipeline.core.intake.sqltext import identifier, integer_value, literal, shown, template
from pipeline.core.periods import Periode

TYPED = "intake_getypeerd"
"""Temporary table of the typed rows of the file under judgement."""

ROWS = f"(select * from {TYPED} where soort = 'rij')"


@dataclass(frozen=True)
class Query:
    """One compiled rule. All but `name` and `severity` are SQL; `where` holds for offending rows of `source`."""

    name: str
    severity: Ernst
    source: str
    where: str
    line: str
    head: str
    value: str
    reason: str
    remedy: str


class Compiler:
    """The SQL of one contract for one file and one half-year."""

    def __init__(self, contract: Contract, header: Header, periode: Periode) -> None:
        self.contract = contract
        self.periode = periode
        self.heads = {
            column.name: literal(shown_value(" ".join(header.cells[place].split())))
            for column, place in zip(contract.columns, header.positions, strict=True)
            if place is not None
        }
        self.present = tuple(column for column in contract.columns if column.name in self.heads)
        self.referring = tuple(column for column in self.present if column.reference)

    def typed(self, landed: str) -> str:
        """The query of the typed table."""
        cells = ",\n".join(part for column in self.contract.columns for part in self._cell(column))
        lists = [(lookup_table(column), clean(column)) for column in self.referring]
        joins = "\n".join(f"left join {table} on {table}.alias = {name}" for table, name in lists)
        delivered = ", ".join(f"{identifier(column.name)} as {raw(column)}" for column in self.contract.columns)
        stripped = ", ".join(f"{cleaned(column)} as {clean(column)}" for column in self.contract.columns)
        faults = ", ".join(f"{self._wrong(column)} as {fault(column)}" for column in self.contract.columns)
        return f"""
            with ruw as (select regel, {delivered} from {identifier(landed)}),
            net as (select *, {stripped} from ruw),
            waarden as (select net.*, {self._kind()} as soort, {cells} from net {joins})
            select *, {faults} from waarden
        """

    def unknown_names(self, column: Column) -> str:
        """The query of the names in `column` that its code list does not know, those of the first lines first."""
        return f"""
            select {clean(column)} as naam
            from {ROWS}
            where {unknown(column)}
            group by naam
            order by min(regel)
            limit {MAX_SUGGESTED}
        """

    def queries(self, rows: int, unreadable: int) -> Iterator[Query]:
        """Every rule of the contract, cells first, then rows, then the file as a whole."""
        yield self._loose()
        for column in self.present:
            yield self._empty(column)
            yield from self._lookup(column) if column.reference else self._type(column)
            yield from self._range(column)
        if self.contract.key and all(column in self.present for column in self.contract.key):
            yield self._duplicate()
        for rule in self.contract.rules:
            if all(name in self.heads for name in rule.columns) and (rule.per_row or rows):
                yield self._rule(rule)
        yield from self._totals(complete=not unreadable)
        yield from self._row_bounds(rows)

    def _cell(self, column: Column) -> Iterator[str]:
        if column.name not in self.heads:
            value = "cast(null as integer)" if column.type == "integer" else "cast(null as varchar)"
        elif column.reference:
            value = f"case when {lookup_table(column)}.codes = 1 then {lookup_table(column)}.code end"
        elif column.type == "integer":
            value = integer_value(clean(column))
        else:
            value = f"case when {filled(column)} and not {formula(column)} then {clean(column)} end"
        yield f"{value} as {identifier(column.name)}"

    def _wrong(self, column: Column) -> str:
        if column.name not in self.heads:
            return "true"
        name = identifier(column.name)
        parts = [f"({filled(column)} and {name} is null)"]
        if column.required:
            parts.append(f"not {filled(column)}")
        if (beyond := outside(column)) is not None:
            parts.append(f"coalesce({beyond}, false)")
        return " or ".join(parts)

    def _kind(self) -> str:
        """SQL of `soort`."""
        count = " + ".join(f"cast({filled(column)} as integer)" for column in self.present)
        texts = [f"lower({clean(column)})" for column in self.present if column.type == "string"]
        labels = ", ".join(literal(label) for label in self.contract.total_labels)
        cases = [f"when {count} = 1 then 'los'"] if len(self.present) > 2 else []
        if texts and labels:
            one = " or ".join(f"coalesce({text} in ({labels}), false)" for text in texts)
            rest = " and ".join(f"coalesce({text} in ({labels}, ''), true)" for text in texts)
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
            value=shown(raw(column)),
            reason=reason,
            remedy=remedy,
        )

    def _loose(self) -> Query:
        cells = ", ".join(f"case when {filled(column)} then {shown(raw(column))} end" for column in self.present)
        value = f"coalesce({cells})"
        return Query(
            name="losse tekst",
            severity=Ernst.GEWEIGERD,
            source=TYPED,
            where="soort = 'los'",
            line="regel",
            head="null",
            value=value,
            reason=template(
                "op deze regel is maar één cel gevuld ('{gevuld}'), dus dit is geen rij van de tabel.", gevuld=value
            ),
            remedy=literal("Verwijder de regel of vul de andere cellen."),
        )

    def _empty(self, column: Column) -> Query:
        where = f"soort = 'rij' and not {filled(column)}" if column.required else "false"
        is_number = column.type == "integer"
        expected = "een geheel getal" if is_number else f"de {column.title}"
        remedy = "Vul het aantal in; geen personen schrijft u als 0." if is_number else f"Vul de {column.title} in."
        return self._row_query(
            column, "lege cel", where, literal(f"de cel is leeg; verwacht {expected}."), literal(remedy)
        )

    def _type(self, column: Column) -> Iterator[Query]:
        unread = f"{filled(column)} and {identifier(column.name)} is null"
        if column.type == "integer":
            name, reason, remedy = "geen geheel getal", integer_reason(column), integer_remedy(column)
            yield self._row_query(column, name, f"soort = 'totaal' and {unread}", reason, remedy, Ernst.BLOKKADE)
        else:
            name, reason, remedy = "formule", formula_reason(column), literal(FORMULA_REMEDY)
        yield self._row_query(column, name, f"soort = 'rij' and {unread}", reason, remedy)

    def _lookup(self, column: Column) -> Iterator[Query]:
        lookup = lookup_of(column.reference or "")
        noun = self._fill(lookup.noun)
        where = f"soort = 'rij' and {formula(column)}"
        yield self._row_query(column, "formule", where, formula_reason(column), literal(FORMULA_REMEDY))
        remedy = literal(lookup.remedy)
        offer = f"(select tekst from {suggestion_table(column)} where naam = {clean(column)})"
        reason = template(
            f"'{{waarde}}' is geen {noun}{{vervolg}}",
            waarde=shown(raw(column)),
            vervolg=f"coalesce('; ' || {offer}, '.')",
        )
        yield self._row_query(column, f"geen {noun}", f"soort = 'rij' and {unknown(column)}", reason, remedy)
        yield self._ambiguous(column, lookup)

    def _ambiguous(self, column: Column, lookup: Lookup) -> Query:
        several = f"{clean(column)} in (select alias from {lookup_table(column)} where codes > 1)"
        reason = template(f"'{{waarde}}' kan meer dan één {self._fill(lookup.noun)} zijn.", waarde=shown(raw(column)))
        return self._row_query(
            column, "naam niet eenduidig", f"soort = 'rij' and {several}", reason, literal("Schrijf de volledige naam.")
        )

    def _range(self, column: Column) -> Iterator[Query]:
        beyond = outside(column)
        if beyond is not None:
            reason = template(
                f"'{{waarde}}' valt buiten {column.minimum} tot en met {column.maximum}. {column.bounds_reason}",
                waarde=shown(raw(column)),
            )
            remedy = literal("Controleer het getal in de bron.")
            yield self._row_query(column, "buiten de grenzen", f"soort = 'rij' and {beyond}", reason, remedy)

    def _duplicate(self) -> Query:
        keys = ", ".join(identifier(column.name) for column in self.contract.key)
        whole = " and ".join(f"{identifier(column.name)} is not null" for column in self.contract.key)
        first = self.contract.key[0]
        doubles = f"""(
            select *, string_agg(cast(regel as varchar), ', ' order by regel) over (partition by {keys}) as regels,
            count(*) over (partition by {keys}) as aantal
            from {ROWS} where {whole}
        )"""
        lines = shown(r"regexp_replace(regels, ', ([0-9]+)$', ' en \1')")
        return Query(
            name="dubbele sleutel",
            severity=Ernst.GEWEIGERD,
            source=doubles,
            where="aantal > 1",
            line="regel",
            head=self.heads[first.name],
            value=shown(raw(first)),
            reason=template(
                f"'{{waarde}}' staat meer dan één keer in het bestand als {first.title}, op de regels {{regels}}.",
                waarde=shown(raw(first)),
                regels=lines,
            ),
            remedy=literal("Laat één van deze regels staan en verwijder de rest."),
        )

    def _rule(self, rule: Rule) -> Query:
        column = next((item for item in self.contract.columns if item.name == rule.column), None)
        cell = shown(raw(column)) if column is not None and rule.per_row else "null"
        faults = [fault(item) for item in self.contract.columns if item.name in rule.columns]
        readable = f"soort = 'rij' and not ({' or '.join(faults) or 'false'}) and " if rule.per_row else ""
        return Query(
            name=rule.name,
            severity=rule.severity,
            source=self._fill(rule.source, TYPED if rule.per_row else ROWS),
            where=f"{readable}({self._fill(rule.predicate)})",
            line="regel" if rule.per_row else "null",
            head="null" if column is None else self.heads.get(column.name, "null"),
            value=rule.value or cell,
            reason=template(self._fill(rule.reason), waarde=cell),
            remedy=literal(rule.remedy),
        )

    def _totals(self, *, complete: bool) -> Iterator[Query]:
        """Control totals: every filled number of a totals row equals the sum of its column.

        A sum can only be compared when no row was refused; that it was not compared is said.
        """
        whole = f"not exists (select 1 from {TYPED} where soort = 'los')" if complete else "false"
        wrong, unsure = [], []
        for column in self.present:
            if column.type != "integer":
                continue
            name = identifier(column.name)
            total = f"(select coalesce(sum({name}), 0) from {ROWS})"
            comparable = f"{whole} and not exists (select 1 from {ROWS} where {fault(column)})"
            unsure.append(f"({filled(column)} and not ({comparable}))")
            wrong.append(f"({filled(column)} and {comparable} and coalesce({name} <> {total}, true))")
            reason = template(
                "de rijen tellen op tot {som}, maar in de totaalregel staat '{waarde}'.",
                som=total,
                waarde=shown(raw(column)),
            )
            remedy = literal("Controleer of er een rij ontbreekt, dubbel staat of is gewijzigd.")
            where = f"soort = 'totaal' and {name} is not null and {wrong[-1]}"
            yield self._row_query(column, "totaalregel klopt niet", where, reason, remedy, Ernst.BLOKKADE)
        if wrong:
            doubt, fine = f"({' or '.join(unsure)})", f"not ({' or '.join(wrong)})"
            count = f"(select count(*) from {ROWS})"
            compared = "deze totaalregel klopt met de som van de {aantal} rijen en telt niet mee als rij."
            reason = template(compared, aantal=count)
            yield self._total_remark("totaalregel", Ernst.OPMERKING, f"not {doubt} and {fine}", reason)
            skipped = "deze totaalregel is niet vergeleken, omdat er rijen zijn geweigerd; hij telt niet mee als rij."
            yield self._total_remark("totaalregel niet vergeleken", Ernst.WAARSCHUWING, doubt, literal(skipped))

    def _total_remark(self, name: str, severity: Ernst, where: str, reason: str) -> Query:
        return Query(
            name=name,
            severity=severity,
            source=TYPED,
            where=f"soort = 'totaal' and {where}",
            line="regel",
            head="null",
            value="null",
            reason=reason,
            remedy="''",
        )

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
                head="null",
                value=literal(str(rows)),
                reason=literal(
                    f"het bestand heeft {count}; verwacht {bounds.minimum} tot en met {bounds.maximum}. {bounds.reason}"
                ),
                remedy=literal(bounds.remedy),
            )

    def _fill(self, text: str, table: str = ROWS) -> str:
        values = {
            "table": table,
            "jaar": str(self.periode.jaar),
            "begin": f"date '{self.periode.begin}'",
            "eind": f"date '{self.periode.eind}'",
        }
        for name, value in values.items():
            text = text.replace(f"${{{name}}}", value)
        return text
