"""The files of the municipalities, in the shapes that municipalities send.

Belongs here: column heads, encodings, date notations, title and total rows. Not here: who is in a file (disagreements).
Every shape holds the same four columns under other names and in another order; some have more columns, which mean
nothing to the report.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.core.periods import Periode
from pipeline.sample.dice import Dice
from pipeline.sample.disagreements import Municipal, Report
from pipeline.sample.people import COPY
from pipeline.sample.spreadsheets import Cell, Dag, Sheet, serial, write_ods, write_xlsx
from pipeline.sample.tables import MONTHS

_PLAIN, _ISO, _SHORT, _WORDS, _SLASH, _REAL, _SERIAL = (
    "dd-mm-jjjj",
    "jjjj-mm-dd",
    "d-m-jjjj",
    "maandnaam",
    "dd/mm/jjjj",
    "datum",
    "getal",
)
_REMARKS = ("", "", "", "sleutel opgehaald", "gezin; school geregeld", "tijdelijk contract", "inrichting volgt")


@dataclass(frozen=True)
class Shape:
    """How one municipality writes its file.

    `heads`: the column heads in order; `columns`: what they hold (v V-number, d date of housing, b BRP date, w kind of
    house, n serial number, g name of the municipality, h rent, o remark). `titles`: lines above the heads; `total`: a
    total below; `layout`: sheets.
    """

    naam: str
    suffix: str
    heads: tuple[str, ...]
    columns: str
    dates: str
    encoding: str = ""
    delimiter: str = ";"
    newline: str = "\r\n"
    quoted: bool = False
    titles: bool = False
    total: bool = False
    layout: str = "een"


SHAPES = (
    Shape(
        "puntkomma",
        "csv",
        ("V-nummer", "Datum huisvesting", "Datum inschrijving BRP", "Soort woning"),
        "vdbw",
        _PLAIN,
        "cp1252",
    ),
    Shape(
        "komma-bom",
        "csv",
        ("V-nummer", "Huisvestingsdatum", "Datum BRP", "Type woning"),
        "vdbw",
        _ISO,
        "utf-8-sig",
        ",",
        "\n",
    ),
    Shape("tab", "csv", ("Vnummer", "Datum gehuisvest", "BRP-datum", "Woonvorm"), "vdbw", _PLAIN, "utf-8", "\t", "\n"),
    Shape(
        "maandnamen",
        "csv",
        ("V-nr.", "Gehuisvest op", "Ingeschreven in BRP op", "Soort woning"),
        "vdbw",
        _WORDS,
        "cp1252",
        quoted=True,
    ),
    Shape(
        "titelregels",
        "csv",
        ("V-nummer", "Datum huisvesting", "Datum BRP", "Soort woning"),
        "vdbw",
        _PLAIN,
        "cp1252",
        titles=True,
        total=True,
    ),
    Shape(
        "volgnummers",
        "csv",
        ("Nr.", "V nummer", "Datum verhuizing", "Datum BRP", "Soort huisvesting"),
        "nvdbw",
        _SHORT,
        "utf-8",
    ),
    Shape(
        "utf16", "csv", ("V-nummer", "Datum huisvesting", "Datum BRP", "Woningtype"), "vdbw", _PLAIN, "utf-16-le", "\t"
    ),
    Shape(
        "meer-kolommen",
        "csv",
        (
            "Gemeente",
            "Vreemdelingnummer",
            "Soort woning",
            "Kale huur",
            "Datum huisvesting",
            "Datum inschrijving BRP",
            "Opmerking",
        ),
        "gvwhdbo",
        _PLAIN,
        "cp1252",
    ),
    Shape(
        "schuine-strepen",
        "csv",
        ("Datum BRP", "Datum huisvesting", "V-nummer", "Soort woning"),
        "bdvw",
        _SLASH,
        "utf-8",
        ",",
        "\n",
        quoted=True,
    ),
    Shape("werkblad", "xlsx", ("V-nummer", "Datum huisvesting", "Datum BRP", "Soort woning"), "vdbw", _REAL),
    Shape(
        "werkblad-titels",
        "xlsx",
        ("V-nummer", "Datum gehuisvest", "Datum inschrijving BRP", "Type woning"),
        "vdbw",
        _REAL,
        titles=True,
        total=True,
    ),
    Shape(
        "werkblad-toelichting",
        "xlsx",
        ("Nr.", "V-nummer", "Huisvestingsdatum", "Datum BRP", "Woonvorm"),
        "nvdbw",
        _REAL,
        layout="toelichting",
    ),
    Shape(
        "werkblad-tekstdatums", "xlsx", ("Vnummer", "Datum huisvesting", "Datum BRP", "Soort woning"), "vdbw", _PLAIN
    ),
    Shape("werkblad-getallen", "xlsx", ("V-nummer", "Datum huisvesting", "Datum BRP", "Soort woning"), "vdbw", _SERIAL),
    Shape(
        "werkblad-kwartalen",
        "xlsx",
        ("V-nummer", "Datum huisvesting", "Datum BRP", "Soort woning"),
        "vdbw",
        _REAL,
        layout="kwartalen",
    ),
    Shape("ods", "ods", ("V-nummer", "Datum huisvesting", "Datum inschrijving BRP", "Soort woning"), "vdbw", _REAL),
    Shape(
        "ods-titels",
        "ods",
        ("Gemeente", "V-nummer", "Datum huisvesting", "Datum BRP", "Soort woning"),
        "gvdbw",
        _PLAIN,
        titles=True,
        total=True,
    ),
)


@dataclass(frozen=True)
class Context:
    """What all files share: the half-year, the copies (two digits each), the name of every municipality."""

    periode: Periode
    copies: tuple[str, ...]
    names: dict[str, str]


def choose_shapes(plan: Municipal, dice: Dice, middle: int) -> dict[str, Shape]:
    """A shape per municipality with a file. Impossible dates need text; two sheets need both quarters. `middle` starts
    the second.
    """
    order = sorted(plan.lines)
    dice.shuffle(order)
    chosen = {}
    for index, code in enumerate(order):
        shape = SHAPES[index % len(SHAPES)]
        days = [line.dag for line in plan.lines[code]]
        if code in plan.text_dates:
            shape = next(item for item in (*SHAPES[index % 7 :], *SHAPES) if item.dates == _PLAIN)
        elif shape.layout == "kwartalen" and not (min(days) < middle <= max(days)):
            shape = SHAPES[9]
        chosen[code] = shape
    return dict(sorted(chosen.items()))


def write_municipal_files(folder: Path, plan: Municipal, shapes: dict[str, Shape], context: Context) -> int:
    """Write every file into `folder`; returns the number of lines, titles and totals not counted."""
    written = 0
    for code, shape in shapes.items():
        path = folder / f"{code}.{shape.suffix}"
        lines = plan.lines[code]
        written += len(lines) * len(context.copies)
        if shape.suffix == "csv":
            path.write_bytes(_csv(shape, lines, context, context.names[code]))
        else:
            sheets = _sheets(shape, lines, context, context.names[code])
            (write_xlsx if shape.suffix == "xlsx" else write_ods)(path, sheets)
    return written


def _csv(shape: Shape, lines: list[Report], context: Context, name: str) -> bytes:
    rows = [[cell for cell in row if cell is not None] for row in _titles(shape, context, name)]
    rows.append(list(shape.heads))
    texts = [shape.delimiter.join(_quoted(str(cell), shape) for cell in row) for row in rows]
    texts += [
        shape.delimiter.join(_quoted("" if c is None else str(c), shape) for c in row)
        for row in _body(shape, lines, context, name)
    ]
    if shape.total:
        total = ["Totaal", str(len(lines) * len(context.copies)), *[""] * (len(shape.heads) - 2)]
        texts.append(shape.delimiter.join(total))
    text = "".join(f"{line}{shape.newline}" for line in texts)
    mark = "\ufeff" if shape.encoding == "utf-16-le" else ""
    return (mark + text).encode(shape.encoding)


def _sheets(shape: Shape, lines: list[Report], context: Context, name: str) -> list[Sheet]:
    head: list[list[Cell]] = [list(shape.heads)]
    if shape.layout == "kwartalen":
        middle = context.periode.maanden[3].toordinal()
        parts = [[line for line in lines if line.dag < middle], [line for line in lines if line.dag >= middle]]
        first = 1 if context.periode.halfjaar == 1 else 3
        return [
            Sheet(f"{first + index}e kwartaal", head + list(_body(shape, part, context, name)))
            for index, part in enumerate(parts)
        ]
    titles = _titles(shape, context, name)
    rows = titles + head + list(_body(shape, lines, context, name))
    if shape.total:
        rows.append(["Totaal", len(lines) * len(context.copies)])
    data = Sheet("Gehuisvest", rows, tuple(len(shape.heads) if row else 0 for row in titles))
    if shape.layout == "toelichting":
        notes: list[list[Cell]] = [
            ["Toelichting"],
            ["Op het tweede blad staat per persoon de dag van huisvesting."],
            ["Bron: eigen administratie"],
        ]
        return [Sheet("Toelichting", notes), data]
    return [data]


def _titles(shape: Shape, context: Context, name: str) -> list[list[Cell]]:
    if not shape.titles:
        return []
    period = f"{context.periode.halfjaar}e halfjaar {context.periode.jaar}"
    return [[f"Gemeente {name}"], [f"Gehuisveste vergunninghouders, {period}"], []]


def _body(shape: Shape, lines: list[Report], context: Context, name: str) -> Iterator[list[Cell]]:
    number = 0
    for copy in context.copies:
        for line in lines:
            number += 1
            yield [_cell(column, line, shape, copy, number, name) for column in shape.columns]


def _cell(column: str, line: Report, shape: Shape, copy: str, number: int, name: str) -> Cell:
    if column == "v":
        return line.nummer.replace(COPY, copy)
    if column == "d":
        return line.datum_tekst or _date(line.dag, shape.dates)
    if column == "b":
        return _date(line.brp, shape.dates)
    if column == "w":
        return line.woning
    return _extra(column, line, number, name)


def _extra(column: str, line: Report, number: int, name: str) -> Cell:
    if column == "n":
        return number
    if column == "g":
        return name
    last = int(line.nummer[-4:])
    if column == "h":
        return f"{430 + last % 280},{last % 20 * 5:02d}"
    return _REMARKS[last % len(_REMARKS)]


def _date(day: int | None, notation: str) -> Cell:
    if day is None:
        return None
    if notation == _REAL:
        return Dag(day)
    if notation == _SERIAL:
        return serial(day)
    moment = date.fromordinal(day)
    if notation == _ISO:
        return moment.isoformat()
    if notation == _SHORT:
        return f"{moment.day}-{moment.month}-{moment.year}"
    if notation == _WORDS:
        return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"
    mark = "/" if notation == _SLASH else "-"
    return f"{moment.day:02d}{mark}{moment.month:02d}{mark}{moment.year}"


def _quoted(text: str, shape: Shape) -> str:
    if shape.quoted or shape.delimiter in text or '"' in text:
        return '"' + text.replace('"', '""') + '"'
    return text
