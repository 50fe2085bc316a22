"""Intake of a delivery: from a folder of files to accepted tables, or a refusal that says everything that is wrong.

Belongs here: the walk through the steps (find, preflight, heads, land, judge, accept) and the tables `levering.*`. Not
here: the steps.

Tables: one per extract (typed, ordered by its key, no file or line in it), `levering.herkomst` (one row per file that
was opened) and `levering.afkeur` (one row per finding, remarks too; `ernst` tells them apart). The last two are there
after a refusal as well.
"""

# Names in the SQL come from shipped contracts and are checked there; values are literals() or parameters.
# ruff: noqa: S608

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.errors import ReferentieFout
from pipeline.core.intake.contracts import Contract, load_contract
from pipeline.core.intake.delivery import Entry, open_delivery, single_entry, unclaimed_findings
from pipeline.core.intake.findings import Bevinding, Ernst, LeveringGeweigerd
from pipeline.core.intake.headers import find_header, judge_header, no_header
from pipeline.core.intake.lookups import Suggest
from pipeline.core.intake.preflight import Document, Preflight, preflight
from pipeline.core.intake.reader import AansluitingFout, Landing, land
from pipeline.core.intake.rowstore import Cell, insert_rows
from pipeline.core.intake.rules import FINDINGS, Judged, drop_work_tables, judge, kept_rows
from pipeline.core.periods import Periode

if TYPE_CHECKING:
    import duckdb

OVERZICHT = "coa_overzicht"

EXTRACTS = {
    OVERZICHT: "Het officiële overzicht van het COA: saldo, taakstelling en realisatie per gemeente.",
    "herkomst": "De bestanden van de levering: hash, grootte, rijen behouden en geweigerd.",
    "afkeur": "Wat er bij het lezen van de levering is gevonden: bestand, regel, kolom, waarde, reden en herstel.",
}
"""The tables that intake makes in the schema `levering`, with what they hold."""

_LANDED = "intake_geland"
_DATE_IN_NAME = re.compile(r"\d{4}-\d{2}-\d{2}")
_PROVENANCE = """
    bestand varchar, extract varchar, sha256 varchar, bytes bigint, regels bigint, rijen_behouden bigint,
    rijen_geweigerd bigint, leverancier varchar
"""
_REJECTS = """
    bestand varchar, blad varchar, regel bigint, kolom varchar, waarde varchar, reden varchar, herstel varchar, ernst
    varchar, controle varchar
"""


@dataclass(frozen=True)
class Bronbestand:
    """One delivered file. `regels` counts its physical lines; rijen_behouden + rijen_geweigerd are its rows without
    control totals.
    """

    bestand: str
    extract: str
    sha256: str | None
    bytes: int
    regels: int
    rijen_behouden: int
    rijen_geweigerd: int
    leverancier: str


@dataclass(frozen=True)
class IntakeResultaat:
    """What intake accepted: the files, and every finding that did not stop it (remarks and warnings)."""

    bestanden: tuple[Bronbestand, ...]
    bevindingen: tuple[Bevinding, ...]

    @property
    def waarschuwingen(self) -> tuple[Bevinding, ...]:
        """The findings that somebody must look at; remarks (`opmerking`) are not among them."""
        return tuple(finding for finding in self.bevindingen if finding.ernst != Ernst.OPMERKING)


@dataclass(frozen=True)
class _FileResult:
    file: Bronbestand
    findings: tuple[Bevinding, ...]
    accepted: bool = False


def read_levering(
    con: "duckdb.DuckDBPyConnection", levering: Path, periode: Periode, *, suggest: Suggest | None = None
) -> IntakeResultaat:
    """Read the delivery in the folder `levering` for `periode` into the schema `levering`.

    Needs the tables of `load_reference`. Raises LeveringGeweigerd (an InvoerFout) with every problem found,
    ReferentieFout when the year has no municipalities, AansluitingFout when rows in and rows out differ. `suggest`
    replaces `reference.suggest`.
    """
    _check_reference(con, periode)
    contract = load_contract(OVERZICHT)
    con.execute("create schema if not exists levering")
    for table in EXTRACTS:
        # What an earlier attempt accepted must not stand in for what this one refuses.
        con.execute(f"drop table if exists levering.{table}")
    delivery = open_delivery(levering)
    if isinstance(delivery, Bevinding):
        return _finish(con, periode, (delivery,))
    if delivery.unreadable:
        return _finish(con, periode, delivery.unreadable)
    entry = single_entry(delivery, contract, periode)
    others = unclaimed_findings(delivery, (contract,))
    if isinstance(entry, Bevinding):
        return _finish(con, periode, (entry, *others))
    result = _read_file(con, entry, contract, periode, suggest or _reference_suggest)
    return _finish(con, periode, (*result.findings, *_other_date(entry, periode), *others), result)


def _read_file(
    con: "duckdb.DuckDBPyConnection", entry: Entry, contract: Contract, periode: Periode, suggest: Suggest
) -> _FileResult:
    """One file through all steps; makes `levering.<extract>` when nothing in it holds it back."""
    seen = preflight(entry.path, entry.name, contract)
    document = seen.document
    if document is None:
        return _FileResult(_file(contract, entry, seen, None), seen.findings)
    header = find_header(document, contract)
    if header is None:
        return _FileResult(_file(contract, entry, seen, None), (*seen.findings, no_header(document, contract, periode)))
    heads = judge_header(header, contract, periode, document)
    if any(finding.controle == "ander halfjaar" for finding in heads):
        # Against another year's municipalities every row would look wrong: the heads say enough.
        return _FileResult(_file(contract, entry, seen, None), (*seen.findings, *heads))
    try:
        landing = land(con, document, contract, header, _LANDED)
        judged = judge(con, contract, header, periode, _LANDED, suggest, unreadable=landing.refused)
        _reconcile(document, landing, judged)
        findings = (*seen.findings, *heads, *_in_order(landing.findings, _judged_findings(con, document.name)))
        share = (judged.refused + landing.refused) / max(judged.rows + landing.refused, 1)
        accepted = share <= contract.max_refused and not _blocking(findings)
        if accepted:
            con.execute(f"create or replace table levering.{contract.name} as {kept_rows(contract)}")
    finally:
        drop_work_tables(con, contract, _LANDED)
    return _FileResult(_file(contract, entry, seen, judged, landing.refused), findings, accepted)


def _finish(
    con: "duckdb.DuckDBPyConnection",
    periode: Periode,
    findings: tuple[Bevinding, ...],
    result: _FileResult | None = None,
) -> IntakeResultaat:
    """Keep the account of the delivery, and refuse it when its extract was not accepted."""
    files = () if result is None else (result.file,)
    _store(con, "herkomst", _PROVENANCE, [list(vars(file).values()) for file in files])
    _store(con, "afkeur", _REJECTS, [_reject_row(finding) for finding in findings])
    if result is not None and result.accepted:
        return IntakeResultaat(files, findings)
    bad = tuple(finding for finding in findings if finding.ernst in (Ernst.BLOKKADE, Ernst.GEWEIGERD))
    faults = "1 fout" if len(bad) == 1 else f"{len(bad)} fouten"
    raise LeveringGeweigerd(f"De levering voor {periode} is geweigerd: {faults}.", bad)


def _reconcile(document: Document, landing: Landing, judged: Judged) -> None:
    """Rows in = rows kept + rows refused; AansluitingFout when not."""
    if judged.rows + judged.totals != landing.rows or judged.kept + judged.refused != judged.rows:
        raise AansluitingFout(
            f"{document.name}: van de {landing.rows} rijen zijn er {judged.kept} behouden, {judged.refused} geweigerd "
            f"en {judged.totals} als totaal gelezen, en dat sluit niet; meld deze fout aan de beheerder"
        )


def _judged_findings(con: "duckdb.DuckDBPyConnection", name: str) -> tuple[Bevinding, ...]:
    rows = con.execute(
        f"""
        select regel, controle, ernst, kolom, waarde, reden, herstel
        from {FINDINGS}
        order by regel nulls first, volgorde, reden
        """
    ).fetchall()
    return tuple(
        Bevinding(
            bestand=name,
            regel=line,
            kolom=head,
            waarde=value,
            reden=reason,
            herstel=remedy,
            ernst=Ernst(severity),
            controle=kind,
        )
        for line, kind, severity, head, value, reason, remedy in rows
    )


def _in_order(*findings: tuple[Bevinding, ...]) -> tuple[Bevinding, ...]:
    """All findings of a file by line, those about the whole file first; equals keep their order."""
    return tuple(sorted((item for group in findings for item in group), key=lambda item: item.regel or 0))


def _blocking(findings: tuple[Bevinding, ...]) -> bool:
    return any(finding.ernst == Ernst.BLOKKADE for finding in findings)


def _other_date(entry: Entry, periode: Periode) -> tuple[Bevinding, ...]:
    """A warning when the file's name carries another day than the end of the half-year; its heads decide what it is."""
    match = _DATE_IN_NAME.search(entry.path.name)
    if match is None or match.group() == periode.eind.isoformat():
        return ()
    return (
        Bevinding(
            bestand=entry.name,
            waarde=match.group(),
            reden=f"de bestandsnaam noemt {match.group()}, maar {periode} loopt tot {periode.eind.isoformat()}.",
            herstel="De kolomkoppen gaan voor; controleer of dit het juiste bestand is.",
            ernst=Ernst.WAARSCHUWING,
            controle="datum in bestandsnaam",
        ),
    )


def _file(contract: Contract, entry: Entry, seen: Preflight, judged: Judged | None, unreadable: int = 0) -> Bronbestand:
    return Bronbestand(
        bestand=entry.name,
        extract=contract.name,
        sha256=seen.sha256,
        bytes=seen.size,
        regels=0 if seen.document is None else len(seen.document.lines),
        rijen_behouden=0 if judged is None else judged.kept,
        rijen_geweigerd=0 if judged is None else judged.refused + unreadable,
        leverancier=contract.deliverer,
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
