"""One extract: its files landed, pseudonymised, judged together, and accepted or refused.

Belongs here: the steps of an extract and its account. Not here: the walk over all extracts (intake.py), a single file
(files.py), the rules (rules.py).
"""

# Names in the SQL come from shipped contracts and are checked there; values are literals() or parameters.
# ruff: noqa: S608

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.core.intake.columnsql import sql_type
from pipeline.core.intake.compiler import Clean
from pipeline.core.intake.contracts import Contract
from pipeline.core.intake.correcting import apply, pseudonym_of
from pipeline.core.intake.corrections import Correctie, Toegepast
from pipeline.core.intake.delivery import Entry
from pipeline.core.intake.files import FileState, file_code, judge_names, read_file, read_large
from pipeline.core.intake.findings import Bevinding, Ernst
from pipeline.core.intake.lookups import Suggest
from pipeline.core.intake.pseudonyms import Pseudonymiser, line_shape, masked, pseudonymise
from pipeline.core.intake.queries import FINDINGS, TYPED
from pipeline.core.intake.reader import AansluitingFout, make_landed
from pipeline.core.intake.rowstore import RowSink
from pipeline.core.intake.rules import (
    Judged,
    drop_work_tables,
    judge,
    keep_refused,
    kept_rows,
    kept_source,
    prepare_rules,
)
from pipeline.core.intake.sieve import CANDIDATES, Sieve
from pipeline.core.intake.sqltext import identifier, literal
from pipeline.core.periods import Periode

if TYPE_CHECKING:
    import duckdb

_LANDED = "intake_geland"
_CORRECTED = "intake_verbeterd"
_SORTED_AT_ONCE = 1_500_000


@dataclass(frozen=True)
class Bronbestand:
    """One delivered file. `regels` counts its physical lines. `rijen_gelezen` is what the reader handed over, with the
    rows that corrections added or removed; kept, refused and `totaalregels` are counted in what was judged, so that the
    check `rijen_sluiten` compares two counts.
    """

    bestand: str
    extract: str
    sha256: str | None
    bytes: int
    regels: int
    rijen_behouden: int
    rijen_geweigerd: int
    leverancier: str
    rijen_gelezen: int
    totaalregels: int


@dataclass
class Round:
    """What all extracts of one delivery share; `accepted` and `applied` grow."""

    periode: Periode
    suggest: Suggest
    pseudonymiser: Pseudonymiser | None
    corrections: tuple[Correctie, ...] = ()
    accepted: set[str] = field(default_factory=set)
    applied: list[Toegepast] = field(default_factory=list)


@dataclass(frozen=True)
class ExtractResult:
    """What became of an extract; `accepted`: its table stands in `levering`."""

    files: tuple[Bronbestand, ...]
    findings: tuple[Bevinding, ...]
    accepted: bool


def read_extract(
    con: "duckdb.DuckDBPyConnection", contract: Contract, entries: tuple[Entry, ...], round_: Round
) -> ExtractResult:
    """Read the files of one extract and make `levering.<extract>` when nothing in them holds it back."""
    states = [FileState(entry) for entry in entries]
    if contract.several:
        judge_names(states, contract)
    try:
        make_landed(con, contract, _LANDED)
        number = 1
        with RowSink(con, _LANDED) as sink:
            for state in states:
                if not any(finding.ernst == Ernst.GEWEIGERD for finding in state.before):
                    _read_file(con, state, contract, round_, number, sink)
                    number += len(state.parts)
        return _judge_extract(con, contract, states, round_)
    finally:
        drop_work_tables(con, contract, _LANDED)
        con.execute(f"drop table if exists {CANDIDATES}")


def _read_file(
    con: "duckdb.DuckDBPyConnection",
    state: FileState,
    contract: Contract,
    round_: Round,
    number: int,
    sink: RowSink,
) -> None:
    """The fast way for a large file, else the exact way."""
    large = read_large(state, contract, round_.periode)
    if large is None:
        read_file(state, contract, round_.periode, sink, number)
        return
    compiler = prepare_rules(con, contract, (large.part,), round_.periode, frozenset(round_.accepted))
    state.parts.append(large.part)
    applied = len(round_.applied)
    sieve = Sieve(con, large.file, compiler, large.part, _LANDED, round_.pseudonymiser)
    try:
        sifted = sieve.run(
            _own_corrections(contract, state, round_, only=True), lambda: _correct(con, contract, [state], round_)
        )
    except AansluitingFout:
        # The fast way does not know where its rows stood; the exact way does.
        make_landed(con, contract, _LANDED)
        state.before.clear()
        state.parts.clear()
        state.landed = 0
        del round_.applied[applied:]
        read_file(state, contract, round_.periode, sink, number)
        return
    state.clean = sifted.clean
    state.landed += sifted.landing.rows
    state.unreadable = sifted.landing.refused
    state.found.extend(sifted.landing.findings)


def make_empty(con: "duckdb.DuckDBPyConnection", contract: Contract) -> None:
    """The table of an extract that is not in the delivery."""
    columns = ", ".join(f"{identifier(column.name)} {sql_type(column)}" for column in contract.kept)
    con.execute(f"create or replace table levering.{contract.name} ({columns})")


def _judge_extract(
    con: "duckdb.DuckDBPyConnection", contract: Contract, states: list[FileState], round_: Round
) -> ExtractResult:
    parts = tuple(part for state in states for part in state.parts)
    if not parts:
        files = tuple(_file(contract, state, 0, 0, 0) for state in states)
        return ExtractResult(files, _told(contract, states), accepted=False)
    clean = states[0].clean
    columns = [column.name for column in contract.columns if column.pseudonym]
    if columns and clean is None and round_.pseudonymiser is not None:
        pseudonymise(con, _LANDED, columns, round_.pseudonymiser)
    if clean is None:
        _correct(con, contract, states, round_)
    landed = sum(state.landed for state in states)
    unreadable = sum(state.unreadable for state in states)
    judged = judge(
        con,
        contract,
        parts,
        round_.periode,
        _LANDED,
        round_.suggest,
        unreadable=unreadable,
        accepted=frozenset(round_.accepted),
        clean=clean,
    )
    _reconcile(contract, landed, judged)
    whole = _add_judged(con, contract, states)
    files = _account(con, contract, states)
    share = (judged.refused + unreadable) / max(judged.rows + unreadable, 1)
    whole += _beyond(contract, judged.refused + unreadable, judged.rows + unreadable)
    whole += _too_many_files(contract, states)
    findings = (*(masked_finding(finding) for finding in whole), *_told(contract, states))
    accepted = share <= contract.max_refused and not any(finding.ernst == Ernst.BLOKKADE for finding in findings)
    if accepted:
        _make_table(con, contract, clean)
        _reconcile_table(con, contract, judged)
        keep_refused(con, contract)
        round_.accepted.add(contract.name)
    return ExtractResult(files, findings, accepted)


def _make_table(con: "duckdb.DuckDBPyConnection", contract: Contract, clean: Clean | None) -> None:
    """Make `levering.<extract>` in the order of its key; a large one in stretches of the key, so that sorting stays
    within memory.
    """
    make_empty(con, contract)
    table = f"levering.{contract.name}"
    if clean is None or clean.rows <= _SORTED_AT_ONCE:
        con.execute(f"insert into {table} {kept_rows(contract, clean)}")
        return
    key = identifier(contract.key[0].name)
    count = clean.rows // _SORTED_AT_ONCE
    shares = ", ".join(str(number / (count + 1)) for number in range(1, count + 1))
    cuts = con.execute(f"select quantile_disc({key}, [{shares}]) from {clean.source}").fetchall()[0][0]
    for low, high in pairwise([None, *sorted(set(cuts)), None]):
        # A key is never NULL in a kept row.
        where = " and ".join(
            part for part in (low and f"{key} > {literal(str(low))}", high and f"{key} <= {literal(str(high))}") if part
        )
        con.execute(f"insert into {table} {kept_rows(contract, clean, where or 'true')}")


def _reconcile_table(con: "duckdb.DuckDBPyConnection", contract: Contract, judged: Judged) -> None:
    """Every kept row stands in the table; AansluitingFout when not."""
    stored = con.execute(f"select count(*) from levering.{contract.name}").fetchall()[0][0]
    if stored != judged.kept:
        raise AansluitingFout(
            f"{contract.path}: van de {judged.kept} behouden rijen staan er {stored} in de tabel; meld deze fout aan "
            "de beheerder"
        )


def _correct(con: "duckdb.DuckDBPyConnection", contract: Contract, states: list[FileState], round_: Round) -> None:
    """Apply the corrections of the delivery to the landed rows, file by file."""
    secret = [column.name for column in contract.columns if column.pseudonym]
    hide = None if round_.pseudonymiser is None else pseudonym_of(round_.pseudonymiser)
    for state in states:
        own = _own_corrections(contract, state, round_, only=len(states) == 1)
        if not own or not state.parts:
            continue
        numbers = ", ".join(str(part.number) for part in state.parts)
        con.execute(f"create or replace temp table {_CORRECTED} as select * from {_LANDED} where deel in ({numbers})")
        applied = apply(con, _CORRECTED, contract.name, state.entry.name, own, v_kolommen=secret, pseudoniem=hide)
        con.execute(f"update {_CORRECTED} set deel = {state.parts[0].number} where deel is null")
        for column in contract.columns:
            if column.from_file:
                code = literal(file_code(state.entry.path) or "")
                con.execute(f"update {_CORRECTED} set {identifier(column.name)} = {code} where regel < 0")
        con.execute(f"delete from {_LANDED} where deel in ({numbers})")
        con.execute(f"insert into {_LANDED} by name select * from {_CORRECTED}")
        con.execute(f"drop table {_CORRECTED}")
        round_.applied.extend(applied)
        state.landed += sum(item.erbij for item in applied)


def _own_corrections(contract: Contract, state: FileState, round_: Round, *, only: bool) -> tuple[Correctie, ...]:
    """Of an extract of many files a correction names the one it is about; of the only file it need not."""
    return tuple(
        item
        for item in round_.corrections
        if item.extract == contract.name and (item.bestand == state.entry.name or (only and item.bestand is None))
    )


def _reconcile(contract: Contract, landed: int, judged: Judged) -> None:
    """Rows in = rows kept + rows refused; AansluitingFout when not."""
    if judged.rows + judged.totals != landed or judged.kept + judged.refused != judged.rows:
        raise AansluitingFout(
            f"{contract.path}: van de {landed} rijen zijn er {judged.kept} behouden, {judged.refused} geweigerd "
            f"en {judged.totals} als totaal gelezen, en dat sluit niet; meld deze fout aan de beheerder"
        )


def _add_judged(con: "duckdb.DuckDBPyConnection", contract: Contract, states: list[FileState]) -> tuple[Bevinding, ...]:
    """Give every file the findings of the rules; those about the extract as a whole are returned."""
    rows = con.execute(
        f"""
        select deel, regel, controle, ernst, kolom, waarde, reden, herstel
        from {FINDINGS}
        order by deel nulls first, regel nulls first, volgorde, reden
        """
    ).fetchall()
    owners = {part.number: (state, part) for state in states for part in state.parts}
    whole: list[Bevinding] = []
    for number, line, kind, severity, head, value, reason, remedy in rows:
        state, part = owners.get(number, (None, None))
        finding = Bevinding(
            bestand=contract.path if part is None else part.file,
            blad=None if part is None else part.sheet,
            regel=line,
            kolom=head,
            waarde=value,
            reden=reason,
            herstel=remedy,
            ernst=Ernst(severity),
            controle=kind,
        )
        if state is not None:
            state.found.append(finding)
        elif contract.several:
            whole.append(finding)
        else:
            states[0].found.append(replace(finding, bestand=states[0].entry.name))
    return tuple(whole)


def _account(con: "duckdb.DuckDBPyConnection", contract: Contract, states: list[FileState]) -> tuple[Bronbestand, ...]:
    kept = _per_part(con, f"select deel from {kept_source()}")
    refused = _per_part(
        con, f"select distinct deel, regel from {FINDINGS} where ernst = '{Ernst.GEWEIGERD}' and regel is not null"
    )
    totals = _per_part(con, f"select deel from {TYPED} where __soort = 'totaal'")
    return tuple(
        _file(
            contract,
            state,
            (0 if state.clean is None else state.clean.rows) + sum(kept.get(part.number, 0) for part in state.parts),
            state.unreadable + sum(refused.get(part.number, 0) for part in state.parts),
            sum(totals.get(part.number, 0) for part in state.parts),
        )
        for state in states
    )


def _per_part(con: "duckdb.DuckDBPyConnection", rows: str) -> dict[int, int]:
    return dict(con.execute(f"select deel, count(*) from ({rows}) group by deel").fetchall())


def _file(contract: Contract, state: FileState, kept: int, refused: int, totals: int) -> Bronbestand:
    return Bronbestand(
        bestand=state.entry.name,
        extract=contract.name,
        sha256=state.sha256,
        bytes=state.size,
        regels=state.lines,
        rijen_behouden=kept,
        rijen_geweigerd=refused,
        leverancier=contract.deliverer,
        rijen_gelezen=state.landed + state.unreadable if state.parts else 0,
        totaalregels=totals,
    )


def _told(contract: Contract, states: list[FileState]) -> tuple[Bevinding, ...]:
    """All findings, file by file and line by line, those about a whole file first; V-numbers masked."""
    return tuple(
        masked_finding(_without_line(finding) if contract.personal else finding)
        for state in states
        for finding in (*state.before, *sorted(state.found, key=lambda item: (item.blad or "", item.regel or 0)))
    )


def masked_finding(finding: Bevinding) -> Bevinding:
    """The finding as it may be told and kept: no V-number in any of its texts, whatever the extract."""
    return replace(
        finding,
        bestand=masked(finding.bestand),
        blad=None if finding.blad is None else masked(finding.blad),
        kolom=None if finding.kolom is None else masked(finding.kolom),
        waarde=None if finding.waarde is None else masked(finding.waarde),
        reden=masked(finding.reden),
        herstel=masked(finding.herstel),
    )


def _without_line(finding: Bevinding) -> Bevinding:
    """Of a raw line about persons only the shape of its text: which cell is whose nobody knows there."""
    if finding.waarde is None or finding.regel is None or finding.kolom is not None:
        return finding
    return replace(finding, waarde=line_shape(finding.waarde))


def _beyond(contract: Contract, refused: int, rows: int) -> tuple[Bevinding, ...]:
    """Where a bound above zero is passed, that is said; with a bound of zero the refusals say it."""
    if not contract.max_refused or refused <= contract.max_refused * rows:
        return ()
    # A share just beyond the bound must not look like the bound.
    digits = next(n for n in range(1, 16) if _percent(refused, rows, n) != _percent(contract.max_refused, 1, n))
    reason = (
        f"van de {rows} rijen {_there_are(refused)} geweigerd ({_percent(refused, rows, digits)}); ten hoogste "
        f"{_percent(contract.max_refused, 1, digits)} mag."
    )
    remedy = "Laat de leverancier de genoemde rijen herstellen en lever opnieuw aan."
    return (Bevinding(contract.path, reason, remedy, Ernst.BLOKKADE, "te veel geweigerd"),)


def _too_many_files(contract: Contract, states: list[FileState]) -> tuple[Bevinding, ...]:
    refused = sum(not state.parts for state in states)
    if not contract.several or refused <= contract.max_refused_files * len(states):
        return ()
    reason = (
        f"van de {len(states)} bestanden {_there_are(refused)} onbruikbaar; ten hoogste "
        f"{_percent(contract.max_refused_files, 1)} mag."
    )
    return (
        Bevinding(
            contract.path,
            reason,
            "Laat deze bestanden opnieuw aanleveren.",
            Ernst.BLOKKADE,
            "te veel bestanden geweigerd",
        ),
    )


def _there_are(count: int) -> str:
    return "is er 1" if count == 1 else f"zijn er {count}"


def _percent(part: float, whole: float, digits: int = 1) -> str:
    return f"{100 * part / whole:.{digits}f}%".replace(".", ",")
