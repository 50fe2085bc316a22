"""Column heads: which column is which, and which half-year the heads prove.

Belongs here: the patterns of a contract (`realisatie {maand:1} {jaar}`), finding the head row and the delimiter, and
judging the heads. Not here: splitting lines (csvlines.py) or anything about the rows below.

Placeholders: `{jaar}` a year; `{helft}` 1e or 2e; `{maand:k}` the name of month k of a half-year (januari or juli for k
= 1); `{begin}` the first day of a half-year; `{eind}` the first day after it ("1 juli 2016", "01/07/2016", "juli
2016").
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from pipeline.core.intake.contracts import Column, Contract, ContractFout
from pipeline.core.intake.csvlines import Record, records
from pipeline.core.intake.findings import Bevinding, Ernst, quoted, shown_value
from pipeline.core.intake.preflight import Document
from pipeline.core.periods import Periode

SEARCHED_LINES = 25
"""The head row is looked for in this many lines; above it stand titles."""

DELIMITERS = (",", ";", "\t", "|")

_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
_FIRST_DAY = r"(?:0?1[-/.]0?[17][-/.]\d{4}|\d{4}-0?[17]-0?1|(?:0?1 )?(?:januari|jan|juli|jul)\.? \d{4})"
_PLACEHOLDER = re.compile(r"\{(?P<name>[a-z]+)(?::(?P<number>[1-6]))?\}")
_NAMES_HALF = re.compile("helft|halfjaar", re.IGNORECASE)
_ENOUGH = 3


@dataclass(frozen=True)
class Header:
    """The head row. `positions` holds per headed column of the contract its place in the row, or None where the file
    lacks it.

    `halves` names per column the half-year that its head proves, None where it proves none. `extra` are the places of
    unknown columns.
    """

    line: int
    last_line: int
    delimiter: str
    cells: tuple[str, ...]
    positions: tuple[int | None, ...]
    halves: tuple[Periode | None, ...]
    doubles: tuple[int, ...]
    extra: tuple[int, ...]

    @property
    def matched(self) -> int:
        """How many columns of the contract were recognised."""
        return sum(position is not None for position in self.positions)


def normalise_head(text: str) -> str:
    """A head as patterns see it: composed, lower case, one space between words, without a byte order mark."""
    # What is written in ASCII is composed and has no such mark; nearly every cell is.
    plain = text.lower() if text.isascii() else unicodedata.normalize("NFC", text.replace("\ufeff", "")).casefold()
    return " ".join(plain.split())


def find_header(document: Document, contract: Contract) -> Header | None:
    """The head row within the first 25 lines, with the delimiter under which most columns are recognised; None when
    there is none.
    """
    patterns = _patterns(contract)
    candidates = [
        header
        for delimiter in DELIMITERS
        for record in takewhile(lambda record: record.line <= SEARCHED_LINES, records(document.lines, delimiter))
        if (header := _matched(record, delimiter, patterns)) is not None
    ]
    return _best(candidates, contract)


def find_sheet_header(rows: Sequence[tuple[int, tuple[str, ...]]], contract: Contract) -> Header | None:
    """The head row among the first 25 rows of a sheet, None when there is none. `rows` are (row number, cells)."""
    patterns = _patterns(contract)
    candidates = [
        header
        for line, cells in takewhile(lambda row: row[0] <= SEARCHED_LINES, rows)
        if (header := _matched(Record(line, line, cells), "", patterns)) is not None
    ]
    return _best(candidates, contract)


def other_head(cells: tuple[str, ...], header: Header, contract: Contract) -> bool:
    """Whether a row below the head is a head itself, with the columns in other places."""
    patterns = _patterns(contract)
    # Nearly every row: the cells that are a head at all are too few, whichever columns they are.
    if len(_heads(cells, patterns)) < patterns.enough:
        return False
    found = _matched(Record(0, 0, cells), header.delimiter, patterns)
    return found is not None and found.matched >= _enough(contract) and found.positions != header.positions


def _enough(contract: Contract) -> int:
    """How many columns must be recognised in a head row."""
    return min(_ENOUGH, sum(not column.may_lack for column in contract.headed))


def _best(candidates: list[Header], contract: Contract) -> Header | None:
    # max() keeps the first of equals: the earliest line, and the order of DELIMITERS.
    best = max(candidates, key=lambda header: header.matched, default=None)
    return best if best is not None and best.matched >= _enough(contract) else None


def judge_header(header: Header, contract: Contract, periode: Periode, document: Document) -> tuple[Bevinding, ...]:
    """What is wrong with the heads: missing or double columns, another half-year than asked, unknown columns."""
    return (
        *_missing(header, contract, periode, document),
        *_doubles(header, document),
        *(_other_half(header, periode, document) if contract.half_in_heads else ()),
        *_extra(header, document),
    )


def no_header(document: Document, contract: Contract, periode: Periode) -> Bevinding:
    """The finding for a file in which no head row was recognised."""
    examples = ", ".join(quoted(example_head(column, periode)) for column in contract.headed if column.required)
    return Bevinding(
        bestand=document.name,
        reden=f"in de eerste {SEARCHED_LINES} regels staan geen herkenbare kolomkoppen; verwacht zijn {examples}.",
        herstel="Controleer of dit het juiste bestand is en zet de kolomkoppen boven de tabel.",
        ernst=Ernst.BLOKKADE,
        controle="kolomkoppen",
    )


def example_head(column: Column, periode: Periode) -> str:
    """The head of `column` as the first pattern of the contract writes it for `periode`."""
    eind = periode.eind
    values = {
        "jaar": str(periode.jaar),
        "helft": f"{periode.halfjaar}e",
        "begin": periode.begin.strftime("%d/%m/%Y"),
        "eind": f"1 {_MONTHS[eind.month - 1]} {eind.year}",
    }

    def fill(match: re.Match[str]) -> str:
        if match["number"]:
            return _MONTHS[periode.begin.month - 1 + int(match["number"]) - 1]
        return values[match["name"]]

    return _PLACEHOLDER.sub(fill, column.patterns[0])


@dataclass(frozen=True)
class _Patterns:
    """The patterns of a contract, per headed column in its order, and `any` of them: most cells of a file are no head
    and are passed over at once. `enough` is how many columns a head row has at the least.
    """

    columns: tuple[tuple[re.Pattern[str], ...], ...]
    any: re.Pattern[str]
    enough: int


@cache
def _patterns(contract: Contract) -> _Patterns:
    texts = [[_regex(pattern) for pattern in column.patterns] for column in contract.headed]
    unnamed = [re.sub(r"\(\?P<[a-z]+>", "(?:", text) for column in texts for text in column]
    columns = tuple(tuple(map(re.compile, column)) for column in texts)
    return _Patterns(columns, re.compile("|".join(unnamed)), _enough(contract))


def _regex(pattern: str) -> str:
    text = normalise_head(pattern)
    parts: list[str] = []
    position = 0
    for match in _PLACEHOLDER.finditer(text):
        parts += [re.escape(text[position : match.start()]), _placeholder(match["name"], match["number"], pattern)]
        position = match.end()
    return "".join(parts) + re.escape(text[position:])


def _placeholder(name: str, number: str | None, pattern: str) -> str:
    if name == "maand" and number:
        months = [month for half in (0, 6) for month in _spellings(_MONTHS[half + int(number) - 1])]
        return f"(?P<maand>{'|'.join(months)})"
    known = {
        "jaar": r"(?P<jaar>(?:19|20)\d{2})",
        "helft": r"(?P<helft>1|2|eerste|tweede) ?(?:e|ste|de)?",
        "begin": f"(?P<begin>{_FIRST_DAY})",
        "eind": f"(?P<eind>{_FIRST_DAY})",
    }
    if name not in known:
        raise ContractFout(f"kolomkop {pattern!r}: onbekende plaatshouder {{{name}}}")
    return known[name]


def _spellings(month: str) -> tuple[str, ...]:
    short = {"maart": "mrt"}.get(month, month[:3])
    return (month,) if short == month else (month, rf"{short}\.?")


def _heads(cells: Sequence[str], patterns: _Patterns) -> list[tuple[int, str]]:
    """The cells that are a head of some column, each with its place."""
    return [(place, head) for place, cell in enumerate(cells) if patterns.any.fullmatch(head := normalise_head(cell))]


def _matched(record: Record, delimiter: str, patterns: _Patterns) -> Header | None:
    if record.cells is None:
        return None
    cells = record.cells
    heads = _heads(cells, patterns)
    positions: list[int | None] = []
    halves: list[Periode | None] = []
    doubles: list[int] = []
    for column in patterns.columns:
        found = [(place, match) for place, head in heads if (match := _first_match(column, head))]
        positions.append(found[0][0] if found else None)
        halves.append(_half(found[0][1]) if found else None)
        doubles.extend(place for place, _ in found[1:])
    known = {place for place in positions if place is not None} | set(doubles)
    extra = tuple(place for place in range(len(cells)) if place not in known)
    return Header(
        record.line, record.last_line, delimiter, cells, tuple(positions), tuple(halves), tuple(doubles), extra
    )


def _first_match(patterns: tuple[re.Pattern[str], ...], head: str) -> re.Match[str] | None:
    return next((match for pattern in patterns if (match := pattern.fullmatch(head))), None)


def _half(match: re.Match[str]) -> Periode | None:
    """The half-year that a matched head proves."""
    parts = {name: value for name, value in match.groupdict().items() if value}
    if "begin" in parts:
        jaar, first = _year_and_half(parts["begin"])
        return Periode(jaar, 1 if first else 2)
    if "eind" in parts:
        jaar, first = _year_and_half(parts["eind"])
        return Periode(jaar, 1).vorige if first else Periode(jaar, 1)
    if "jaar" not in parts:
        return None
    if "maand" in parts:
        second = any(parts["maand"].startswith(month[:3]) for month in _MONTHS[6:])
        return Periode(int(parts["jaar"]), 2 if second else 1)
    return Periode(int(parts["jaar"]), 1 if parts["helft"] in ("1", "eerste") else 2) if "helft" in parts else None


def _year_and_half(day: str) -> tuple[int, bool]:
    """The year of the first day of a half-year, and whether that day is 1 January."""
    year: str = re.findall(r"\d{4}", day)[0]
    rest = day.replace(year, "", 1)
    return int(year), "jan" in rest or ("jul" not in rest and "7" not in rest)


def _missing(header: Header, contract: Contract, periode: Periode, document: Document) -> list[Bevinding]:
    absent = [column for column, place in zip(contract.headed, header.positions, strict=True) if place is None]
    absent = [column for column in absent if not column.may_lack]
    unknown = ", ".join(
        quoted(shown_value(header.cells[place].strip())) for place in header.extra if header.cells[place].strip()
    )
    hint = f" Niet herkend: {unknown}." if unknown else ""
    return [
        Bevinding(
            bestand=document.name,
            regel=header.line,
            kolom=example_head(column, periode),
            reden=f"deze kolom ontbreekt.{hint}",
            herstel="Voeg de kolom toe of geef haar deze kop.",
            ernst=Ernst.BLOKKADE,
            controle="kolom ontbreekt",
        )
        for column in absent
    ]


def _doubles(header: Header, document: Document) -> list[Bevinding]:
    return [
        Bevinding(
            bestand=document.name,
            regel=header.line,
            kolom=shown_value(header.cells[place].strip()),
            reden=f"deze kolom staat er twee keer in (nu als kolom {place + 1}), dus het is niet zeker welke geldt.",
            herstel="Verwijder een van de twee.",
            ernst=Ernst.BLOKKADE,
            controle="kolom dubbel",
        )
        for place in header.doubles
    ]


def _other_half(header: Header, periode: Periode, document: Document) -> list[Bevinding]:
    proofs = [
        (half, header.cells[place].strip())
        for half, place in zip(header.halves, header.positions, strict=True)
        if half is not None and place is not None
    ]
    found = sorted({half for half, _ in proofs})
    if not found:
        reason = f"de kolomkoppen noemen geen halfjaar, dus het is niet zeker dat dit {periode} is."
        remedy = f"Gebruik de koppen van het COA, bijvoorbeeld 'taakstelling {periode.halfjaar}e helft {periode.jaar}'."
    elif found == [periode]:
        return []
    elif len(found) == 1:
        reason = f"dit bestand gaat over {found[0]} (kolom {_clearest(found[0], proofs)}), maar gevraagd is {periode}."
        remedy = f"Lever het overzicht van {periode} aan of vraag de rapportage van {found[0]}."
    else:
        named = "; ".join(f"{half} in {_clearest(half, proofs)}" for half in found)
        reason = f"de kolomkoppen noemen verschillende halfjaren ({named}), maar gevraagd is {periode}."
        remedy = f"Lever één overzicht aan dat geheel over {periode} gaat."
    finding = Bevinding(
        bestand=document.name,
        regel=header.line,
        reden=reason,
        herstel=remedy,
        ernst=Ernst.BLOKKADE,
        controle="ander halfjaar",
    )
    return [finding]


def _clearest(half: Periode, proofs: list[tuple[Periode, str]]) -> str:
    """The head that proves `half` best: one that names the half itself, else the shortest."""
    heads = [head for found, head in proofs if found == half]
    return quoted(shown_value(min(heads, key=lambda head: (not _NAMES_HALF.search(head), len(head), head))))


def _extra(header: Header, document: Document) -> list[Bevinding]:
    return [
        Bevinding(
            bestand=document.name,
            regel=header.line,
            kolom=shown_value(header.cells[place].strip()),
            reden=f"deze kolom (kolom {place + 1}) staat niet in het contract en is niet gelezen.",
            herstel="Controleer of zij kan vervallen.",
            ernst=Ernst.WAARSCHUWING,
            controle="onbekende kolom",
        )
        for place in header.extra
        if header.cells[place].strip()
    ]
