"""Landing: the rows of a document as text in a table, each with its exact physical line.

Belongs here: rows into an all-VARCHAR table, and the account of every physical line. Not here: what a cell means
(rules.py).

`land` is the only door. Behind it stands the exact way, line by line in Python; a faster way for large files may come
beside it as long as it fills the same table and accounts for the same lines.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.core.errors import VoortgangFout
from pipeline.core.intake.contracts import Contract
from pipeline.core.intake.csvlines import Record, records
from pipeline.core.intake.findings import Bevinding, Ernst, shown_value
from pipeline.core.intake.headers import Header, other_head
from pipeline.core.intake.parts import Part
from pipeline.core.intake.preflight import Document
from pipeline.core.intake.rowstore import Cell, RowSink
from pipeline.core.intake.sqltext import identifier

if TYPE_CHECKING:
    import duckdb

_DELIMITER_NAMES = {",": "komma", ";": "puntkomma", "\t": "tab", "|": "verticale streep"}


class AansluitingFout(VoortgangFout):
    """Lines or rows of a file got lost inside intake: a fault of the program, so nothing is used."""


@dataclass(frozen=True)
class Landing:
    """What became of every physical line of a document.

    `above` the title lines over the head, `head` the lines of the head row (and of its repetitions), `rows` the rows in
    the table, `refused` the lines that are no row, `blank` the empty lines, `continued` the further lines of rows with
    a line break inside a cell.
    """

    above: int
    head: int
    rows: int
    refused: int
    blank: int
    continued: int
    findings: tuple[Bevinding, ...]

    @property
    def lines(self) -> int:
        """All lines accounted for; equals the number of physical lines."""
        return self.above + self.head + self.rows + self.refused + self.blank + self.continued


@dataclass
class _Account:
    rows: int = 0
    repeated: list[int] = field(default_factory=list)
    refused: int = 0
    blank: int = 0
    continued: int = 0
    findings: list[Bevinding] = field(default_factory=list)
    unnamed: dict[int, int] = field(default_factory=dict)


def make_landed(con: "duckdb.DuckDBPyConnection", contract: Contract, table: str) -> None:
    """Make the empty temporary table `table(deel integer, regel integer, <columns of the contract> varchar)`."""
    names = ", ".join(f"{identifier(column.name)} varchar" for column in contract.columns)
    con.execute(f"create or replace temp table {identifier(table)} (deel integer, regel integer, {names})")


def land(document: Document, contract: Contract, part: Part, sink: RowSink, file_value: str = "") -> Landing:
    """Put the rows of `document` into the landed table in file order.

    Cells are as delivered, untrimmed; a column that the file lacks is NULL, one that the file's name gives is
    `file_value`. Raises AansluitingFout when a line is not accounted for.
    """
    header = part.header
    account = _Account()
    for record in _rows(document.name, document.lines[header.last_line :], header.last_line, header, contract, account):
        sink.add(row_cells(contract, part, record.line, record.cells or (), file_value))
    landing = Landing(
        above=header.line - 1,
        head=(header.last_line - header.line + 1) * (1 + len(account.repeated)),
        rows=account.rows,
        refused=account.refused,
        blank=account.blank,
        continued=account.continued,
        findings=(
            *titles(document, header),
            *account.findings,
            *_repeated(document.name, account),
            *_unnamed(document.name, account),
        ),
    )
    reconcile(document, landing)
    return landing


def land_sheet(
    rows: Sequence[tuple[int, tuple[str, ...]]], contract: Contract, part: Part, sink: RowSink, file_value: str
) -> Landing:
    """Put the rows of a sheet below its head into the landed table; `rows` are (row number, cells), equally wide."""
    header = part.header
    width = len(header.cells)
    below = [(line, cells) for line, cells in rows if line > header.line]
    filled = [(line, cells) for line, cells in below if any(cell.strip() for cell in cells)]
    repeated = [line for line, cells in filled if cells == header.cells]
    landed = [(line, cells) for line, cells in filled if cells != header.cells]
    second = [line for line, cells in landed if other_head(cells, header, contract)]
    for line, cells in landed:
        sink.add(row_cells(contract, part, line, cells[:width], file_value))
    account = _Account(rows=len(landed), repeated=repeated, blank=len(below) - len(filled))
    _note_unnamed(account, header, landed)
    titles = [line for line, cells in rows if line < header.line and any(cell.strip() for cell in cells)]
    account.findings += [_second_head(part.file, line, header) for line in second]
    findings = [
        *account.findings,
        *_title_remark(part.file, titles),
        *_repeated(part.file, account),
        *_unnamed(part.file, account),
    ]
    landing = Landing(
        above=sum(line < header.line for line, _ in rows),
        head=1 + len(repeated),
        rows=account.rows,
        refused=0,
        blank=account.blank,
        continued=0,
        findings=tuple(replace(finding, blad=part.sheet) for finding in findings),
    )
    _reconcile(f"{part.file}, blad {part.sheet}", len(rows), landing)
    return landing


def row_cells(contract: Contract, part: Part, line: int, cells: Sequence[str], file_value: str) -> list[Cell]:
    """A row of the landed table."""
    places = iter(part.header.positions)
    row: list[Cell] = [part.number, line]
    for column in contract.columns:
        place = None if column.from_file else next(places)
        row.append(file_value if column.from_file else None if place is None else cells[place])
    return row


def reconcile(document: Document, landing: Landing) -> None:
    """Every physical line is one of the kinds of `landing`; AansluitingFout when the sum differs."""
    _reconcile(document.name, len(document.lines), landing)


def _reconcile(name: str, lines: int, landing: Landing) -> None:
    if landing.lines != lines:
        raise AansluitingFout(
            f"{name}: het bestand heeft {lines} regels, waarvan {landing.lines} verantwoord; "
            "meld deze fout aan de beheerder"
        )


def land_lines(name: str, lines: Iterable[tuple[int, str]], contract: Contract, part: Part, sink: RowSink) -> Landing:
    """Put the rows in some of the lines of a large file (fastreader.py), exactly as `land`
    would.

    `lines` are (line number, text), ascending: every line of the file that is not by itself a whole row without quotes,
    and any others. No row runs from one of those into another line, so each unbroken run can be read on its own.
    """
    account = _Account()
    for first, run in _runs(lines):
        for record in _rows(name, run, first - 1, part.header, contract, account):
            sink.add(row_cells(contract, part, record.line, record.cells or (), ""))
    return Landing(
        above=0,
        head=len(account.repeated),
        rows=account.rows,
        refused=account.refused,
        blank=account.blank,
        continued=account.continued,
        findings=(*account.findings, *_repeated(name, account), *_unnamed(name, account)),
    )


def _runs(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, list[str]]]:
    """Unbroken runs of lines: the number of the first, and the texts."""
    first, run = 0, list[str]()
    for number, text in lines:
        if run and number != first + len(run):
            yield first, run
            run = []
        if not run:
            first = number
        run.append(text)
    if run:
        yield first, run


def _rows(
    name: str, below: Sequence[str], above: int, header: Header, contract: Contract, account: _Account
) -> Iterator[Record]:
    """The records in the lines `below`, which follow on line `above`, that are rows; everything else goes to the
    account.
    """
    width = len(header.cells)
    for found in records(below, header.delimiter, width):
        record = Record(found.line + above, found.last_line + above, found.cells, found.fault)
        cells = record.cells
        if cells is not None and not any(cell.strip() for cell in cells):
            account.blank += record.last_line - record.line + 1
        elif cells == header.cells:
            account.repeated.append(record.line)
        elif cells is not None and other_head(cells, header, contract):
            account.refused += 1
            account.findings.append(_second_head(name, record.line, header))
        elif cells is None or len(cells) != width:
            account.refused += 1
            account.findings.append(_refusal(name, below[found.line - 1], header, record))
        else:
            account.rows += 1
            account.continued += record.last_line - record.line
            _note_unnamed(account, header, [(record.line, cells)])
            yield record


def _note_unnamed(account: _Account, header: Header, rows: Iterable[tuple[int, tuple[str, ...]]]) -> None:
    """Note per column without a head the first row with content in it."""
    unnamed = [place for place in header.extra if not header.cells[place].strip()]
    for line, cells in rows:
        for place in unnamed:
            if cells[place].strip():
                account.unnamed.setdefault(place, line)


def _refusal(name: str, text: str, header: Header, record: Record) -> Bevinding:
    if record.fault is not None:
        reason = record.fault.value
        remedy = "Herstel deze regel in het bestand."
    else:
        found, expected = len(record.cells or ()), len(header.cells)
        sign = _DELIMITER_NAMES[header.delimiter]
        cells = "1 cel" if found == 1 else f"{found} cellen"
        reason = f"deze regel heeft {cells}, maar er zijn {expected} kolomkoppen."
        remedy = f"Verwijder of herstel de regel; een {sign} in een tekst hoort tussen aanhalingstekens."
    return Bevinding(
        bestand=name,
        regel=record.line,
        waarde=shown_value(text),
        reden=reason,
        herstel=remedy,
        ernst=Ernst.GEWEIGERD,
        controle="onleesbare regel",
    )


def _second_head(name: str, line: int, header: Header) -> Bevinding:
    return Bevinding(
        bestand=name,
        regel=line,
        reden=f"hier staan kolomkoppen op andere plaatsen dan op regel {header.line}; de rijen eronder horen bij een "
        "andere tabel.",
        herstel="Zet alle rijen in één tabel onder dezelfde kolomkoppen.",
        ernst=Ernst.BLOKKADE,
        controle="tweede tabel",
    )


def titles(document: Document, header: Header) -> list[Bevinding]:
    """A remark when there are title lines above the head."""
    above = [number for number, line in enumerate(document.lines[: header.line - 1], start=1) if line.strip(" \t,;|")]
    return _title_remark(document.name, above)


def _title_remark(name: str, above: list[int]) -> list[Bevinding]:
    if not above:
        return []
    places = f"regel {above[0]}" if len(above) == 1 else f"de regels {above[0]} tot en met {above[-1]}"
    verb = "is" if len(above) == 1 else "zijn"
    remark = f"{places} boven de kolomkoppen {verb} als titel gelezen."
    return [Bevinding(name, remark, "", Ernst.OPMERKING, "titelregels")]


def _repeated(name: str, account: _Account) -> list[Bevinding]:
    """A table that was cut in pages repeats its heads; they are no rows."""
    return [
        Bevinding(
            bestand=name,
            regel=line,
            reden="deze regel herhaalt de kolomkoppen en telt niet mee als rij.",
            herstel="",
            ernst=Ernst.OPMERKING,
            controle="herhaalde kolomkoppen",
        )
        for line in account.repeated
    ]


def _unnamed(name: str, account: _Account) -> list[Bevinding]:
    return [
        Bevinding(
            bestand=name,
            regel=line,
            reden=f"kolom {place + 1} heeft geen kolomkop maar hier wel een inhoud; de kolom is niet gelezen.",
            herstel="Controleer of de rij niet is verschoven.",
            ernst=Ernst.WAARSCHUWING,
            controle="kolom zonder kop",
        )
        for place, line in sorted(account.unnamed.items())
    ]
