"""One delivered file through the first steps: bytes, heads, rows in the landed table.

Belongs here: what becomes of a single file, CSV or workbook. Not here: the rules, which see all files of an extract at
once (extract.py).
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.core.intake.compiler import Clean
from pipeline.core.intake.contracts import Contract
from pipeline.core.intake.delivery import Entry
from pipeline.core.intake.findings import Bevinding, Ernst
from pipeline.core.intake.headers import find_header, find_sheet_header, judge_header, no_header
from pipeline.core.intake.largefile import LargeFile, look
from pipeline.core.intake.parts import Part
from pipeline.core.intake.preflight import Document, Preflight, preflight, preflight_bytes
from pipeline.core.intake.reader import land, land_sheet, titles
from pipeline.core.intake.rowstore import RowSink
from pipeline.core.intake.spreadsheets import is_spreadsheet, read_workbook
from pipeline.core.intake.unreadrows import lines_above, rows_above, unread_sheet
from pipeline.core.periods import Periode

_CODE = re.compile(r"GM[0-9]{4}", re.IGNORECASE)


@dataclass(frozen=True)
class LargePart:
    """A large file that can go the fast way, with its only part."""

    file: LargeFile
    part: Part


@dataclass
class FileState:
    """A file on its way. `lines`: physical lines (rows of a sheet too); `unreadable`: lines that are no row."""

    entry: Entry
    sha256: str | None = None
    size: int = 0
    lines: int = 0
    landed: int = 0
    unreadable: int = 0
    clean: Clean | None = None
    parts: list[Part] = field(default_factory=list)
    before: list[Bevinding] = field(default_factory=list)
    """Findings about the file and its heads."""
    found: list[Bevinding] = field(default_factory=list)
    """Findings about its lines."""

    @property
    def blocked(self) -> bool:
        """Whether something makes the file unusable."""
        return any(finding.ernst == Ernst.BLOKKADE for finding in (*self.before, *self.found))


def read_file(state: FileState, contract: Contract, periode: Periode, sink: RowSink, first: int) -> None:
    """Land the rows of the file; its parts are numbered from `first`. Nothing is landed when it is no
    readable file of this extract; of an extract of several files, a file with a fault in its heads is not landed
    either.
    """
    if contract.several and is_spreadsheet(state.entry.name):
        _read_workbook(state, contract, periode, sink, first)
    else:
        seen = preflight(state.entry.path, state.entry.name, contract)
        _note(state, seen)
        if seen.document is not None:
            _read_csv(state, seen.document, contract, periode, sink, first)
    _judge_rows(state, contract)
    if contract.several and state.blocked:
        sink.withdraw({part.number for part in state.parts})
        state.parts.clear()
        state.landed = state.unreadable = 0
        state.before = [_refused(finding) for finding in state.before]
        state.found = [_refused(finding) for finding in state.found]


def _judge_rows(state: FileState, contract: Contract) -> None:
    """Of an extract of several files each has the least number of rows; the rules see only all files together."""
    bounds = contract.row_bounds
    if not contract.several or bounds is None or not state.parts or state.landed + state.unreadable >= bounds.minimum:
        return
    reason = f"het bestand heeft {state.landed} rijen; verwacht ten minste {bounds.minimum}. {bounds.reason}"
    state.before.append(Bevinding(state.entry.name, reason, bounds.remedy, Ernst.BLOKKADE, bounds.name))


def _note(state: FileState, seen: Preflight) -> None:
    state.sha256, state.size = seen.sha256, seen.size
    state.before.extend(seen.findings)
    state.lines = 0 if seen.document is None else len(seen.document.lines)


def _read_csv(
    state: FileState, document: Document, contract: Contract, periode: Periode, sink: RowSink, first: int
) -> None:
    header = find_header(document, contract)
    if header is None:
        state.before.append(no_header(document, contract, periode))
        return
    above = rows_above(document.name, header, lines_above(document, header))
    heads = (*judge_header(header, contract, periode, document), *above)
    state.before.extend(heads)
    # Against another year's municipalities every row would look wrong: the heads say enough.
    if any(finding.controle == "ander halfjaar" for finding in heads) or (contract.several and state.blocked):
        return
    part = Part(first, state.entry.name, header)
    landing = land(document, contract, part, sink, file_code(state.entry.path) or "")
    state.parts.append(part)
    state.landed += landing.rows
    state.unreadable += landing.refused
    state.found.extend(landing.findings)


def _read_workbook(state: FileState, contract: Contract, periode: Periode, sink: RowSink, first: int) -> None:
    """Every sheet with recognisable heads is a part; at least one must have them."""
    seen = preflight_bytes(state.entry.path, state.entry.name, contract)
    state.sha256, state.size = seen.sha256, seen.size
    state.before.extend(seen.findings)
    if seen.data is None:
        return
    workbook = read_workbook(state.entry.path, seen.data, state.entry.name)
    state.before.extend(workbook.bevindingen)
    state.lines = sum(len(sheet.rijen) for sheet in workbook.sheets)
    if state.blocked:
        return
    found = [(sheet, find_sheet_header(sheet.rijen, contract)) for sheet in workbook.sheets]
    headed = [(sheet, header) for sheet, header in found if header is not None]
    if headed:
        unread = [sheet for sheet, header in found if header is None and sheet.rijen]
        state.before.extend(unread_sheet(state.entry.name, sheet.naam, sheet.rijen) for sheet in unread)
    elif workbook.sheets:
        empty = Document(state.entry.name, "", 0, "", ())
        state.before.append(no_header(empty, contract, periode))
    for sheet, header in headed:
        document = Document(state.entry.name, "", 0, "", ())
        above = [(line, cells) for line, cells in sheet.rijen if line < header.line]
        heads = judge_header(header, contract, periode, document)
        heads = (*heads, *rows_above(state.entry.name, header, above))
        state.before.extend(replace(finding, blad=sheet.naam) for finding in heads)
    if state.blocked:
        return
    code = file_code(state.entry.path) or ""
    for number, (sheet, header) in enumerate(headed):
        part = Part(first + number, state.entry.name, header, sheet.naam, workbook.serie_begin)
        landing = land_sheet(sheet.rijen, contract, part, sink, code)
        state.parts.append(part)
        state.landed += landing.rows
        state.unreadable += landing.refused
        state.found.extend(landing.findings)


def read_large(state: FileState, contract: Contract, periode: Periode) -> LargePart | None:
    """The file when it can go the fast way: large, plain, with good heads, in an extract without control totals."""
    if contract.several or contract.total_labels or not all(rule.per_row for rule in contract.rules):
        return None
    file = look(state.entry.path, state.entry.name)
    header = None if file is None else find_header(file.head, contract)
    if file is None or header is None or header.line != header.last_line or file.size > contract.max_bytes:
        return None
    above = rows_above(state.entry.name, header, lines_above(file.head, header))
    heads = (*judge_header(header, contract, periode, file.head), *above)
    if any(finding.ernst == Ernst.BLOKKADE for finding in heads):
        return None
    state.sha256, state.size, state.lines = file.sha256, file.size, file.line_count
    state.before.extend((*file.findings, *heads, *titles(file.head, header)))
    return LargePart(file, Part(1, state.entry.name, header))


def file_code(path: Path) -> str | None:
    """The code of a gemeente that is the name of the file, None when it is none."""
    return path.stem.upper() if _CODE.fullmatch(path.stem) else None


def judge_names(states: list[FileState], contract: Contract) -> None:
    """Of an extract of several files: each is named after a gemeente, and no gemeente has two."""
    if not any(column.from_file for column in contract.columns):
        return
    counts = Counter(file_code(state.entry.path) for state in states)
    for state in states:
        code = file_code(state.entry.path)
        if code is None:
            reason, kind = "de naam van dit bestand is geen code van een gemeente.", "bestandsnaam"
            remedy = "Noem het bestand naar de gemeente, zoals GM0363.csv."
        elif counts[code] > 1:
            names = " en ".join(other.entry.name for other in states if file_code(other.entry.path) == code)
            reason, kind = f"van deze gemeente zijn er meer bestanden ({names}).", "bestand dubbel"
            remedy = "Laat alleen het juiste bestand staan."
        else:
            continue
        state.before.append(Bevinding(state.entry.name, reason, remedy, Ernst.GEWEIGERD, kind))


def _refused(finding: Bevinding) -> Bevinding:
    """A file that cannot be used costs that file, not the delivery."""
    return replace(finding, ernst=Ernst.GEWEIGERD) if finding.ernst == Ernst.BLOKKADE else finding
