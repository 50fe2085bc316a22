"""Landing: the rows of a document as text in a table, each with its exact physical line.

Belongs here: rows into an all-VARCHAR table, and the account of every physical line. Not here: what a cell means
(rules.py).

`land` is the only door. Behind it stands the exact way, line by line in Python; a faster way for large files may come
beside it as long as it fills the same table and accounts for the same lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.core.errors import VoortgangFout
from pipeline.core.intake.contracts import Contract
from pipeline.core.intake.csvlines import Record, records
from pipeline.core.intake.findings import Bevinding, Ernst, shown_value
from pipeline.core.intake.headers import Header
from pipeline.core.intake.preflight import Document
from pipeline.core.intake.rowstore import Cell, insert_rows
from pipeline.core.intake.sqltext import identifier

if TYPE_CHECKING:
    import duckdb

_BATCH = 20_000
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


def land(
    con: "duckdb.DuckDBPyConnection", document: Document, contract: Contract, header: Header, table: str
) -> Landing:
    """Make the temporary table `table(regel integer, <columns of the contract> varchar)` and fill it in file order.

    Cells are as delivered, untrimmed; a column that the file lacks is NULL. Raises AansluitingFout when a line is not
    accounted for.
    """
    names = ", ".join(f"{identifier(column.name)} varchar" for column in contract.columns)
    con.execute(f"create or replace temp table {identifier(table)} (regel integer, {names})")
    account = _Account()
    batch: list[Record] = []
    for record in _rows(document, header, account):
        batch.append(record)
        if len(batch) == _BATCH:
            _store(con, table, header, batch)
            batch.clear()
    _store(con, table, header, batch)
    landing = Landing(
        above=header.line - 1,
        head=(header.last_line - header.line + 1) * (1 + len(account.repeated)),
        rows=account.rows,
        refused=account.refused,
        blank=account.blank,
        continued=account.continued,
        findings=(
            *_titles(document, header),
            *account.findings,
            *_repeated(document, account),
            *_unnamed(document, account),
        ),
    )
    reconcile(document, landing)
    return landing


def reconcile(document: Document, landing: Landing) -> None:
    """Every physical line is one of the kinds of `landing`; AansluitingFout when the sum differs."""
    if landing.lines != len(document.lines):
        raise AansluitingFout(
            f"{document.name}: het bestand heeft {len(document.lines)} regels, waarvan {landing.lines} verantwoord; "
            "meld deze fout aan de beheerder"
        )


def _rows(document: Document, header: Header, account: _Account) -> Iterator[Record]:
    """The records below the head that are rows; everything else goes to the account."""
    width = len(header.cells)
    below = document.lines[header.last_line :]
    unnamed = [place for place in header.extra if not header.cells[place].strip()]
    for found in records(below, header.delimiter, width):
        record = Record(found.line + header.last_line, found.last_line + header.last_line, found.cells, found.fault)
        cells = record.cells
        if cells is not None and not any(cell.strip() for cell in cells):
            account.blank += record.last_line - record.line + 1
        elif cells == header.cells:
            account.repeated.append(record.line)
        elif cells is None or len(cells) != width:
            account.refused += 1
            account.findings.append(_refusal(document, header, record))
        else:
            account.rows += 1
            account.continued += record.last_line - record.line
            for place in unnamed:
                if cells[place].strip():
                    account.unnamed.setdefault(place, record.line)
            yield record


def _store(con: "duckdb.DuckDBPyConnection", table: str, header: Header, batch: list[Record]) -> None:
    rows: list[list[Cell]] = []
    for record in batch:
        cells = record.cells or ()
        rows.append([record.line, *(None if place is None else cells[place] for place in header.positions)])
    insert_rows(con, identifier(table), rows)


def _refusal(document: Document, header: Header, record: Record) -> Bevinding:
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
        bestand=document.name,
        regel=record.line,
        waarde=shown_value(document.lines[record.line - 1]),
        reden=reason,
        herstel=remedy,
        ernst=Ernst.GEWEIGERD,
        controle="onleesbare regel",
    )


def _titles(document: Document, header: Header) -> list[Bevinding]:
    above = [number for number, line in enumerate(document.lines[: header.line - 1], start=1) if line.strip(" \t,;|")]
    if not above:
        return []
    places = f"regel {above[0]}" if len(above) == 1 else f"de regels {above[0]} tot en met {above[-1]}"
    verb = "is" if len(above) == 1 else "zijn"
    remark = f"{places} boven de kolomkoppen {verb} als titel gelezen."
    return [Bevinding(document.name, remark, "", Ernst.OPMERKING, "titelregels")]


def _repeated(document: Document, account: _Account) -> list[Bevinding]:
    """A table that was cut in pages repeats its heads; they are no rows."""
    return [
        Bevinding(
            bestand=document.name,
            regel=line,
            reden="deze regel herhaalt de kolomkoppen en telt niet mee als rij.",
            herstel="",
            ernst=Ernst.OPMERKING,
            controle="herhaalde kolomkoppen",
        )
        for line in account.repeated
    ]


def _unnamed(document: Document, account: _Account) -> list[Bevinding]:
    return [
        Bevinding(
            bestand=document.name,
            regel=line,
            reden=f"kolom {place + 1} heeft geen kolomkop maar hier wel een inhoud; de kolom is niet gelezen.",
            herstel="Controleer of de rij niet is verschoven.",
            ernst=Ernst.WAARSCHUWING,
            controle="kolom zonder kop",
        )
        for place, line in sorted(account.unnamed.items())
    ]
