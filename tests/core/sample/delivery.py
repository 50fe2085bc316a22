"""A second reader of the sample, in plain Python and straight from the definitions; it shares no code with the
generator.

Belongs here: reading files and the counts that several tests use. Not here: expectations.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import python_calamine

from pipeline.core.house import reference_path
from pipeline.core.periods import Periode

Row = dict[str, str]
MONTHS = [
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
]  # fmt: skip
NORM = timedelta(days=70)
_HEADS = {
    "v_nummer": ("V-nummer", "V nummer", "Vnummer", "V-nr.", "Vreemdelingnummer"),
    "datum": ("Datum huisvesting", "Huisvestingsdatum", "Datum gehuisvest", "Gehuisvest op", "Datum verhuizing"),
    "brp": ("Datum BRP", "BRP-datum", "Datum inschrijving BRP", "Ingeschreven in BRP op"),
    "woning": ("Soort woning", "Type woning", "Woonvorm", "Woningtype", "Soort huisvesting"),
}


@dataclass(frozen=True)
class Line:
    """A line of a municipal file; `datum` is None when it is in no calendar."""

    gemeente: str
    v_nummer: str
    datum: date | None
    brp: date | None
    woning: str


def coa(folder: Path, name: str) -> list[Row]:
    """Rows of coa/<name>.csv; fails on another dialect."""
    data = (folder / "coa" / f"{name}.csv").read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") > 1
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""), delimiter=";"))


def ind(folder: Path, name: str) -> list[Row]:
    """Rows of ind/<name>.csv or another comma-separated file."""
    data = (folder / f"{name}.csv").read_bytes()
    assert b"\r" not in data
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"))))


def dag(text: str) -> date | None:
    """A date dd-mm-jjjj, None when empty."""
    return date(int(text[6:]), int(text[3:5]), int(text[:2])) if text else None


def day(text: str) -> date:
    """A date that must be there."""
    found = dag(text)
    assert found is not None
    return found


class Names:
    """Names of municipalities to codes on a date, read from the shipped alias list; an unknown name is a KeyError."""

    def __init__(self) -> None:
        self.known: dict[str, list[tuple[str, str, str]]] = {}
        with reference_path("aliassen.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                span = (row["geldig_van"], row["geldig_tot"] or "9999", row["gemeentecode"])
                self.known.setdefault(row["alias"], []).append(span)

    def code(self, name: str, on: date) -> str:
        """The one code that `name` had on a day."""
        found = {code for start, end, code in self.known[name] if start <= on.isoformat() < end}
        if len(found) != 1:
            raise KeyError(f"{name} op {on}: {found}")
        return found.pop()


def cells(folder: Path, periode: Periode, names: Names) -> Counter[tuple[str, int]]:
    """Sum of the ledger per municipality and month (0 to 5) of the half-year."""
    counted: Counter[tuple[str, int]] = Counter()
    for row in coa(folder, "afmeldingen"):
        on = day(row["Datum"])
        if periode.begin <= on < periode.eind:
            counted[names.code(row["Gemeente"], on), (on.month - 1) % 6] += int(row["Aantal"])
    return counted


def overview(folder: Path, periode: Periode, names: Names) -> dict[str, list[int]]:
    """Per municipality: saldo, taakstelling, gecorrigeerd, six months, total and saldo at the end."""
    text = (folder / "coa" / f"overzicht_{periode.eind}.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))[1:]
    return {names.code(row[0], periode.begin): [int(cell) for cell in row[2:13]] for row in rows}


def in_opvang(folder: Path, on: date) -> set[str]:
    """V-numbers in the opvang at the start of a day: entered with a permit, neither signed off (net) nor gone
    otherwise.
    """
    away: Counter[str] = Counter()
    for row in coa(folder, "afmeldingen"):
        if day(row["Datum"]) < on:
            away[row["V-nummer"]] += int(row["Aantal"])
    inside = set()
    for row in coa(folder, "personen"):
        entered, left = dag(row["Instroom opvang"]), dag(row["Vertrek"])
        if entered is None or max(entered, day(row["Datum vergunning"])) >= on or away[row["V-nummer"]]:
            continue
        if left is None or left >= on or row["Reden vertrek"] == "gehuisvest":
            inside.add(row["V-nummer"])
    return inside


def funnel(folder: Path, on: date) -> Counter[str]:
    """Persons in the opvang per state, from the koppelingen, by the definitions of the funnel."""
    current: dict[str, Row] = {}
    for row in coa(folder, "koppelingen"):
        ended = dag(row["Einde koppeling"])
        if day(row["Datum koppeling"]) < on and (ended is None or ended >= on):
            assert row["V-nummer"] not in current, "twee koppelingen tegelijk"
            current[row["V-nummer"]] = row
    return Counter(_state(current.get(person), on) for person in in_opvang(folder, on))


def _state(row: Row | None, on: date) -> str:
    if row is None:
        return "zonder_koppeling"
    if row["Huurcontract"]:
        return "met_huurcontract"
    if row["Datum aanbod"] and row["Weigering"] != "terecht":
        return "met_aanbod"
    late = on - day(row["Datum koppeling"]) > NORM
    return "gekoppeld_langer_dan_norm" if late else "gekoppeld_binnen_norm"


def municipal_lines(folder: Path) -> dict[str, list[Line]]:
    """Every line of every municipal file, by code, whatever its shape; totals are compared and left out."""
    return {path.stem: _lines(path) for path in sorted((folder / "gemeenten").iterdir())}


def _lines(path: Path) -> list[Line]:
    lines: list[Line] = []
    for rows in _tables(path):
        at = next((index for index, row in enumerate(rows) if _position(row, "v_nummer") is not None), None)
        if at is None:
            continue
        places = {name: _position(rows[at], name) for name in _HEADS}
        for row in rows[at + 1 :]:
            if row and row[0] == "Totaal":
                assert int(row[1]) == len(lines)
                continue
            v, datum, brp, woning = (row[place] for place in places.values() if place is not None)
            lines.append(Line(path.stem, str(v), _date(datum), _date(brp), str(woning)))
    return lines


def _position(row: list[Any], name: str) -> int | None:
    return next((index for index, cell in enumerate(row) if cell in _HEADS[name]), None)


def _tables(path: Path) -> Iterator[list[list[Any]]]:
    if path.suffix == ".csv":
        yield list(csv.reader(io.StringIO(_text(path), newline=""), delimiter=_delimiter(path)))
        return
    book = python_calamine.CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        yield book.get_sheet_by_name(name).to_python(skip_empty_area=True)


def _text(path: Path) -> str:
    data = path.read_bytes()
    if data.startswith(b"\xff\xfe"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def _delimiter(path: Path) -> str:
    head = next(line for line in _text(path).splitlines() if "BRP" in line)
    return max(";,\t", key=head.count)


def _date(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float):
        return date(1899, 12, 30) + timedelta(days=int(cell))
    parts = re.split(r"[-/ ]", str(cell))
    if len(parts) != 3:
        return None
    if parts[1] in MONTHS:
        parts[1] = str(MONTHS.index(parts[1]) + 1)
    numbers = [int(part) for part in parts]
    if len(parts[0]) == 4:
        numbers.reverse()
    try:
        return date(numbers[2], numbers[1], numbers[0])
    except ValueError:
        return None
