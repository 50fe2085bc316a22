"""Intake of a delivery: from a folder of files to accepted tables, or a refusal that says everything that is wrong.

Belongs here: the walk over the extracts of a delivery and the tables `levering.*`. Not here: the steps of one extract
(extract.py).

Tables: one per extract (typed, ordered by its key, no file or line in it; empty when it is not in the delivery),
`levering.gemeenten_levering` (which gemeenten delivered), `levering.correcties`, `levering.herkomst` (one row per file
that was opened) and `levering.afkeur` (one row per finding, remarks too; `ernst` tells them apart). The last two are
there after a refusal as well.
"""

# Names in the SQL come from shipped contracts and are checked there; values are literals() or parameters.

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.errors import InvoerFout, ReferentieFout, VoortgangFout
from pipeline.core.faults import machine_fault
from pipeline.core.intake.contracts import CONTRACTS, HUISVESTING, Contract, load_contract
from pipeline.core.intake.contracts import OVERZICHT as OVERZICHT
from pipeline.core.intake.corrections import findings as correction_findings
from pipeline.core.intake.corrections import listing, refuse_unapplied
from pipeline.core.intake.corrections import load as load_corrections
from pipeline.core.intake.delivery import (
    Delivery,
    Entry,
    changed_findings,
    open_delivery,
    single_entry,
    traces,
    unclaimed_findings,
)
from pipeline.core.intake.extract import Bronbestand, ExtractResult, Round, make_empty, masked_finding, read_extract
from pipeline.core.intake.files import file_code
from pipeline.core.intake.findings import Bevinding, Ernst, LeveringGeweigerd
from pipeline.core.intake.history import compare
from pipeline.core.intake.lookups import Suggest
from pipeline.core.intake.pseudonyms import forget, is_sample, masked, prepare, pseudonymiser_for
from pipeline.core.intake.rowstore import Cell, insert_rows
from pipeline.core.intake.rules import forget_refused
from pipeline.core.periods import Periode
from pipeline.core.progress import INLEZEN, STIL, Melder

if TYPE_CHECKING:
    import duckdb

EXTRACTS = {
    OVERZICHT: "Het officiële overzicht van het COA: saldo, taakstelling en realisatie per gemeente.",
    "coa_personen": "Wie het COA kent: huishouden, categorie, vergunning, opvang en vertrek. Onder pseudoniem.",
    "coa_koppelingen": "Koppelingen van personen aan gemeenten, met aanbod, weigering en huurcontract.",
    "coa_afmeldingen": "Het grootboek van de realisatie: +1 per verhuizing, -1 per correctie daarop.",
    "ind_vergunningen": "Verleende en ingetrokken vergunningen volgens de IND.",
    "ind_nareis": "Nareizigers met hun referent en hun verwachte of werkelijke aankomst.",
    HUISVESTING: "Wie een gemeente zelf als gehuisvest meldt.",
    "gemeenten_levering": "Welke gemeenten een bestand leverden, met het aantal rijen.",
    "rijk_taakstelling": "Bekendgemaakte taakstellingen en prognoses, met de dag waarop ze bekend waren.",
    "rijk_herindeling": "Aandelen van de nieuwe gemeenten bij een splitsing.",
    "rijk_herindeling_personen": "Naar welke nieuwe gemeente een persoon gaat bij een splitsing.",
    "provincies_toezicht": "De trede van het toezicht per gemeente, door de provincies gemeld.",
    "correcties": "Correcties op de levering: waar, wat, waarom, en of zij zijn toegepast.",
    "herkomst": "De bestanden van de levering: hash, grootte, rijen gelezen, behouden en geweigerd.",
    "afkeur": "Wat er bij het lezen van de levering is gevonden: bestand, regel, kolom, waarde, reden en herstel.",
}
"""The tables that intake makes in the schema `levering`, with what they hold."""

Chosen = tuple[Contract, tuple[Entry, ...]]
"""An extract with its files in this delivery."""

_DATE_IN_NAME = re.compile(r"\d{4}-\d{2}-\d{2}")
_PROVENANCE = """
    bestand varchar, extract varchar, sha256 varchar, bytes bigint, regels bigint, rijen_behouden bigint,
    rijen_geweigerd bigint, leverancier varchar, rijen_gelezen bigint, totaalregels bigint
"""
_REJECTS = """
    bestand varchar, blad varchar, regel bigint, kolom varchar, waarde varchar, reden varchar, herstel varchar, ernst
    varchar, controle varchar
"""
_DELIVERED = "gemeentecode varchar, rijen bigint"
_CORRECTIONS = """
    volgnummer integer, extract varchar, waar varchar, actie varchar, kolom varchar, oud varchar, nieuw varchar,
    reden varchar, gemeld_op date, status varchar, rijen bigint, bestanden varchar, bron varchar, bron_regel integer,
    bron_sha256 varchar
"""


class InnameFout(VoortgangFout):
    """Intake itself could not go on: too little memory, or a fault of the program. V-numbers in its text are masked."""


@dataclass(frozen=True)
class IntakeResultaat:
    """What intake accepted: the files, and every finding that did not stop it (remarks and warnings). `voorbeeld`: the
    delivery is generated and says so.
    """

    bestanden: tuple[Bronbestand, ...]
    bevindingen: tuple[Bevinding, ...]
    voorbeeld: bool = False

    @property
    def waarschuwingen(self) -> tuple[Bevinding, ...]:
        """The findings that somebody must look at; remarks (`opmerking`) are not among them."""
        return tuple(finding for finding in self.bevindingen if finding.ernst != Ernst.OPMERKING)

    @property
    def rijen_behouden(self) -> int:
        """Accepted rows of all files."""
        return sum(file.rijen_behouden for file in self.bestanden)

    @property
    def rijen_geweigerd(self) -> int:
        """Refused rows of all files."""
        return sum(file.rijen_geweigerd for file in self.bestanden)


def read_levering(
    con: "duckdb.DuckDBPyConnection",
    levering: Path,
    periode: Periode,
    *,
    suggest: Suggest | None = None,
    previous: Path | None = None,
    briefdatum: date = date.max,
    before: tuple[Bevinding, ...] = (),
    melder: Melder = STIL,
) -> IntakeResultaat:
    """Read the delivery in the folder `levering` for `periode` into the schema `levering`.

    Needs the tables of `load_reference`. Raises LeveringGeweigerd (an InvoerFout) with every problem found, SleutelFout
    when V-numbers come without a key, ReferentieFout when the year has no municipalities, AansluitingFout when rows in
    and rows out differ, InnameFout when the database fails. `suggest` replaces `reference.suggest`; `previous` is the
    folder with the frozen extracts of the previous delivery (history.previous_sources), with which the rows and keys
    are compared. `briefdatum`: a correction that was reported later is refused. `before`: what was found when the
    delivery was brought here.
    """
    _check_reference(con, periode)
    contracts = tuple(load_contract(name) for name in CONTRACTS)
    con.execute("create schema if not exists levering")
    _clear(con)
    delivery = open_delivery(levering)
    if isinstance(delivery, Bevinding):
        return _finish(con, periode, (*before, delivery), ())
    if delivery.unreadable:
        return _finish(con, periode, (*before, *delivery.unreadable), ())
    standing = traces(delivery)
    chosen, missing = _choose(delivery, contracts, periode)
    try:
        sample = is_sample(levering)
        personal = any(contract.personal and entries for contract, entries in chosen)
        pseudonymiser = pseudonymiser_for(sample=sample) if personal else None
        round_ = Round(
            periode, suggest or _reference_suggest, pseudonymiser, load_corrections(levering, CONTRACTS, briefdatum)
        )
        results, history = _read_all(con, chosen, round_, previous, melder)
    except VoortgangFout:
        # What cannot be told as a finding stops everything; nothing that was accepted before it may stay.
        _clear(con)
        _finish_tables(con, tuple(masked_finding(finding) for finding in (*before, *missing)), ())
        raise
    findings = [*before, *missing, *changed_findings(delivery, standing)]
    for (contract, entries), result in zip(chosen, results, strict=True):
        findings += result.findings
        findings += _other_date(entries, contract, periode)
    findings += [*correction_findings(round_.applied), *history, *unclaimed_findings(delivery, contracts)]
    return _finish(con, periode, tuple(findings), results, round_, sample=sample)


def _read_all(
    con: "duckdb.DuckDBPyConnection", chosen: list[Chosen], round_: Round, previous: Path | None, melder: Melder
) -> tuple[tuple[ExtractResult, ...], list[Bevinding]]:
    """All extracts in their order, and what differs from the previous delivery; InnameFout when the database fails."""
    import duckdb

    prepare(con)
    try:
        results = tuple(_read(con, contract, entries, round_) for contract, entries in _told(chosen, melder))
        history = [
            finding
            for (contract, entries), result in zip(chosen, results, strict=True)
            if entries and result.accepted
            for finding in compare(con, contract, previous)
        ]
        return results, history
    except duckdb.Error as error:
        failure = _failure(error)
    finally:
        forget_refused(con)
        forget(con)
    # DuckDB may quote a delivered value, so its error goes no further, not even as the context of this one.
    raise failure


def _failure(error: "duckdb.Error") -> InnameFout:
    import duckdb

    # Encrypted temporary files need a module that may be missing; without it DuckDB writes none.
    if isinstance(error, duckdb.OutOfMemoryException) or "crypto module" in str(error):
        return InnameFout(
            "er is te weinig geheugen om deze levering te lezen, en V-nummers komen niet onversleuteld op schijf; geef "
            "de berekening meer geheugen of lees de levering op een grotere machine"
        )
    fault = machine_fault(error)
    if fault is not None:
        return InnameFout(f"de inname stopte: {fault}")
    reason = masked(str(error)).partition("\n")[0]
    return InnameFout(f"de inname stopte door een fout in de database ({reason}); meld deze fout aan de beheerder")


def _told(chosen: list[Chosen], melder: Melder) -> Iterator[Chosen]:
    """The extracts one by one; before each that was delivered `melder` hears of it."""
    delivered = [contract.title for contract, entries in chosen if entries]
    done = 0
    for contract, entries in chosen:
        if entries:
            done += 1
            melder.stap(INLEZEN, done, len(delivered), contract.title)
        yield contract, entries


def _clear(con: "duckdb.DuckDBPyConnection") -> None:
    """What an earlier attempt accepted must not stand in for what this one refuses."""
    for table in EXTRACTS:
        con.execute(f"drop table if exists levering.{table}")


def _choose(
    delivery: Delivery, contracts: tuple[Contract, ...], periode: Periode
) -> tuple[list[Chosen], tuple[Bevinding, ...]]:
    """Per contract its files (none: the extract is not in the delivery), and what is missing or double."""
    present = {contract.name for contract in contracts if delivery.of(contract)}
    chosen: list[Chosen] = []
    missing: list[Bevinding] = []
    for contract in contracts:
        entries = delivery.of(contract)
        if not contract.several and (entries or contract.needed or present.intersection(contract.needed_with)):
            entry = single_entry(delivery, contract, periode)
            entries = () if isinstance(entry, Bevinding) else (entry,)
            if isinstance(entry, Bevinding):
                missing.append(entry)
        chosen.append((contract, entries))
    return chosen, tuple(missing)


def _read(
    con: "duckdb.DuckDBPyConnection", contract: Contract, entries: tuple[Entry, ...], round_: Round
) -> ExtractResult:
    if entries:
        return read_extract(con, contract, entries, round_)
    make_empty(con, contract)
    return ExtractResult((), (), accepted=True)


def _finish(
    con: "duckdb.DuckDBPyConnection",
    periode: Periode,
    findings: tuple[Bevinding, ...],
    results: tuple[ExtractResult, ...],
    round_: Round | None = None,
    *,
    sample: bool = False,
) -> IntakeResultaat:
    """Keep the account of the delivery, and refuse it when an extract was not accepted."""
    # Somebody may have named a file or a sheet after a person, or typed a V-number where none belongs.
    delivered = [file for result in results for file in result.files]
    files = tuple(replace(file, bestand=masked(file.bestand)) for file in delivered)
    findings = tuple(masked_finding(finding) for finding in findings)
    blocked = any(finding.ernst == Ernst.BLOKKADE for finding in findings)
    if round_ is not None and not blocked and all(result.accepted for result in results):
        _finish_tables(con, findings, files)
        try:
            names = ((file.extract, file.bestand) for file in delivered)
            refuse_unapplied(round_.corrections, round_.applied, names)
        except InvoerFout:
            _clear(con)
            _finish_tables(con, findings, files)
            raise
        _store(con, "gemeenten_levering", _DELIVERED, _delivered(files))
        _store(con, "correcties", _CORRECTIONS, listing(round_.applied))
        return IntakeResultaat(files, findings, sample)
    _clear(con)
    _finish_tables(con, findings, files)
    blocking = tuple(finding for finding in findings if finding.ernst == Ernst.BLOKKADE)
    bad = (*blocking, *(finding for finding in findings if finding.ernst == Ernst.GEWEIGERD))
    faults = "1 fout" if len(bad) == 1 else f"{len(bad)} fouten"
    raise LeveringGeweigerd(f"De levering voor {periode} is geweigerd: {faults}.", bad, gelezen=True)


def _finish_tables(
    con: "duckdb.DuckDBPyConnection", findings: tuple[Bevinding, ...], files: tuple[Bronbestand, ...]
) -> None:
    _store(con, "herkomst", _PROVENANCE, [list(vars(file).values()) for file in files])
    _store(con, "afkeur", _REJECTS, [_reject_row(finding) for finding in findings])


def _delivered(files: tuple[Bronbestand, ...]) -> list[list[Cell]]:
    """One row per gemeente whose file was read. Its hash stands in herkomst: here it would make the frozen bytes depend
    on the order of the rows.
    """
    return sorted(
        [file_code(Path(file.bestand)), file.rijen_behouden]
        for file in files
        if file.extract == HUISVESTING and file.rijen_behouden
    )


def _other_date(entries: tuple[Entry, ...], contract: Contract, periode: Periode) -> tuple[Bevinding, ...]:
    """A warning when the file's name carries another day than the end of the half-year; its heads decide what it is."""
    if "*" not in contract.path or contract.several or not entries:
        return ()
    match = _DATE_IN_NAME.search(entries[0].path.name)
    if match is None or match.group() == periode.eind.isoformat():
        return ()
    return (
        Bevinding(
            bestand=entries[0].name,
            waarde=match.group(),
            reden=f"de bestandsnaam noemt {match.group()}, maar {periode} loopt tot {periode.eind.isoformat()}.",
            herstel="De kolomkoppen gaan voor; controleer of dit het juiste bestand is.",
            ernst=Ernst.WAARSCHUWING,
            controle="datum in bestandsnaam",
        ),
    )


def _reject_row(finding: Bevinding) -> list[Cell]:
    return [
        finding.bestand,
        finding.blad,
        finding.regel,
        finding.kolom,
        finding.waarde,
        finding.reden,
        finding.herstel,
        finding.ernst.value,
        finding.controle,
    ]


def _store(con: "duckdb.DuckDBPyConnection", table: str, definition: str, rows: list[list[Cell]]) -> None:
    con.execute(f"create or replace table levering.{table} ({definition})")
    insert_rows(con, f"levering.{table}", rows)


def _check_reference(con: "duckdb.DuckDBPyConnection", periode: Periode) -> None:
    count = con.execute("select count(*) from referentie.gemeenten where jaar = ?", [periode.jaar]).fetchall()[0][0]
    if not count:
        raise ReferentieFout(
            f"de meegeleverde gegevens kennen geen gemeenten van {periode.jaar}, dus {periode} is niet te lezen; "
            "kies een ander halfjaar of werk de referentiegegevens bij"
        )


def _reference_suggest(name: str, year: int) -> tuple[str, ...]:
    from pipeline.core.reference import suggest

    return tuple(suggest(name, year))
