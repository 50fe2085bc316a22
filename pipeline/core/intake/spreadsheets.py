"""Spreadsheets (XLSX, XLSM, XLS, ODS) as rows of text with their physical row numbers.

Belongs here: opening a workbook, the one unambiguous text of every kind of cell, and what is strange about the sheets.
Not here: limits and safety (spreadsheetguard.py), layout (spreadsheetlayout.py), heads and columns (headers.py).

The text of a cell is such that no rule can read it as something else: dates `2016-07-01`, whole numbers without a sign
for thousands, other numbers with a decimal comma (1,234 is refused downstream; 1.234 would be read as a thousand).
A cell whose value cannot be trusted keeps a text that no rule accepts: `#N/A`, `=A1+B1`, `1900-02-28?`.
"""

import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.intake.dates import SERIALS_1900, SERIALS_1904
from pipeline.core.intake.findings import Bevinding, Ernst, shown_value
from pipeline.core.intake.spreadsheetguard import (
    AGAIN,
    Guarded,
    SheetFacts,
    SpreadsheetGeweigerd,
    check_size,
    guard,
)
from pipeline.core.intake.spreadsheetlayout import Layout, WorkbookLayout, places, read_layout

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
LAYOUT_BYTES = 5_000_000
"""Above this size openpyxl takes too long; hidden parts, merged cells and formats are then not looked for."""

MAX_SHEETS = 50
_EXACT = 10**15
_UNSURE_BEFORE = date(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was: serial numbers 59 and 60 come out as the same day."""


@dataclass(frozen=True)
class Sheet:
    """One sheet. `rijen` are (physical row number from 1, cells); rows without any content are not in it.

    All rows are equally wide. `verborgen` sheets are read too, so that the caller can decide and say so.
    """

    naam: str
    rijen: tuple[tuple[int, tuple[str, ...]], ...]
    verborgen: bool = False


@dataclass(frozen=True)
class Workbook:
    """The sheets of one file in its order; empty with a finding of Ernst.BLOKKADE when it cannot be read.

    `serie_begin`: the day from which its serial numbers count; None where that is not known.
    """

    sheets: tuple[Sheet, ...]
    bevindingen: tuple[Bevinding, ...]
    serie_begin: date | None = None


def is_spreadsheet(name: str) -> bool:
    """Whether a file is offered as a spreadsheet, by its name."""
    return name.casefold().endswith(SUFFIXES)


def read_workbook(path: Path, data: bytes, bestand: str) -> Workbook:
    """Read the spreadsheet `data`, called `bestand` in messages; `path` only for its suffix.

    Never raises on what a delivery can contain: a file that cannot be read is a finding.
    """
    try:
        guarded = guard(data)
        return _read(guarded, path, bestand, len(data))
    except SpreadsheetGeweigerd as refusal:
        finding = Bevinding(
            bestand=bestand,
            blad=refusal.sheet,
            reden=refusal.reason,
            herstel=refusal.remedy,
            ernst=Ernst.BLOKKADE,
            controle=refusal.kind,
        )
        return Workbook((), (finding,))


def cell_text(value: object) -> str:
    """The text of a cell as calamine gives it."""
    if isinstance(value, bool):
        return "WAAR" if value else "ONWAAR"
    if isinstance(value, int | float):
        return _number_text(value)
    if isinstance(value, datetime):
        day = _day_text(value.date())
        return day if value.time() == time(0) else f"{day} {value.time().isoformat()}"
    if isinstance(value, date):
        return _day_text(value)
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return value.isoformat() if isinstance(value, time) else str(value)


def _number_text(value: float) -> str:
    if value == int(value):
        return str(int(value))
    return format(Decimal(repr(value)), "f").replace(".", ",")


def _day_text(day: date) -> str:
    return f"{day.isoformat()}?" if day < _UNSURE_BEFORE else day.isoformat()


def _read(guarded: Guarded, path: Path, bestand: str, size: int) -> Workbook:
    from python_calamine import SheetVisibleEnum

    layout = read_layout(guarded.data, bestand) if guarded.kind == "xlsx" and size < LAYOUT_BYTES else None
    workbook = _open(guarded.data)
    names = workbook.sheet_names
    if len(names) > MAX_SHEETS:
        raise SpreadsheetGeweigerd(
            f"het bestand telt {len(names)} bladen; verwacht ten hoogste {MAX_SHEETS}.",
            "Lever alleen het blad met de tabel aan.",
            "te veel bladen",
        )
    visible = {item.name: item.visible == SheetVisibleEnum.Visible for item in workbook.sheets_metadata}
    facts = _facts_per_sheet(guarded)
    sheets: list[Sheet] = []
    findings = list(_about_file(guarded, path, bestand, size, layout))
    for name in names:
        own = Layout() if layout is None else layout.sheets.get(name, Layout())
        sheet, found = _sheet(workbook, name, facts.get(name, SheetFacts()), own, bestand, hidden=not visible[name])
        sheets.append(sheet)
        findings += [*found, *own.findings]
    if not any(sheet.rijen for sheet in sheets):
        raise SpreadsheetGeweigerd(
            "geen enkel blad heeft inhoud.", "Vraag de leverancier om een gevuld bestand.", "leeg bestand"
        )
    return Workbook(tuple(sheets), tuple(findings), _serial_start(guarded.kind, layout))


def _serial_start(kind: str, layout: WorkbookLayout | None) -> date | None:
    """Only the pass over the layout of an XLSX tells; an ODS counts as Excel does unless a date cell says its day."""
    if layout is None:
        return SERIALS_1900 if kind == "ods" else None
    return SERIALS_1904 if layout.epoch_1904 else SERIALS_1900


def _open(data: bytes) -> "CalamineWorkbook":
    from python_calamine import CalamineError, PasswordError, load_workbook

    try:
        return load_workbook(io.BytesIO(data))
    except PasswordError as error:
        raise SpreadsheetGeweigerd(
            "het bestand is met een wachtwoord beveiligd.",
            "Verwijder het wachtwoord (bij Bestand, Informatie) en lever het bestand langs een beveiligde weg aan.",
            "wachtwoord",
        ) from error
    except (CalamineError, OSError, ValueError) as error:
        raise _damaged() from error
    except BaseException as error:
        _only_a_panic(error)
        raise _damaged() from error


def _cells(workbook: "CalamineWorkbook", name: str) -> list[list[object]]:
    """All cells from A1 on; SpreadsheetGeweigerd for a damaged or an oversized sheet."""
    from python_calamine import CalamineError

    try:
        sheet: CalamineSheet = workbook.get_sheet_by_name(name)
        check_size(sheet.total_height, sheet.total_width, shown_value(name))
        # calamine begins a sheet at its first value; physical row numbers need the empty area before it too.
        rows: list[list[object]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, OSError, ValueError) as error:
        raise _damaged(shown_value(name)) from error
    except BaseException as error:
        _only_a_panic(error)
        raise _damaged(shown_value(name)) from error
    return rows


def _only_a_panic(error: BaseException) -> None:
    """Raise `error` again unless it is a panic of calamine: that is outside Exception and has no importable type."""
    if type(error).__name__ != "PanicException":
        raise error


def _damaged(sheet: str | None = None) -> SpreadsheetGeweigerd:
    return SpreadsheetGeweigerd(
        "het bestand is beschadigd en niet te lezen als spreadsheet.", AGAIN, "beschadigde spreadsheet", sheet
    )


def _facts_per_sheet(guarded: Guarded) -> dict[str, SheetFacts]:
    """The facts of the guard by the name of the sheet; the container knows them by part."""
    if guarded.kind != "xlsx":
        return guarded.facts
    from pipeline.core.intake.spreadsheetparts import sheet_parts

    parts = sheet_parts(guarded.data)
    if any((fact.errors or fact.formulas) and part not in parts.values() for part, fact in guarded.facts.items()):
        # Faults that cannot be put back in their sheet would be read as empty cells.
        raise _damaged()
    return {name: guarded.facts[part] for name, part in parts.items() if part in guarded.facts}


def _sheet(
    workbook: "CalamineWorkbook", name: str, facts: SheetFacts, layout: Layout, bestand: str, *, hidden: bool
) -> tuple[Sheet, list[Bevinding]]:
    """One sheet as text, with what must be said about its values."""
    cells = _cells(workbook, name)
    rows: dict[int, list[str]] = {}
    imprecise: list[str] = []
    early: list[str] = []
    for number, row in enumerate(cells, start=1):
        texts = [cell_text(value) for value in row]
        for place, value in enumerate(row, start=1):
            if isinstance(value, int | float) and not isinstance(value, bool):
                if abs(value) >= _EXACT:
                    imprecise.append(_address(number, place))
                texts[place - 1] = _padded(texts[place - 1], layout.zeros.get((number, place), 0))
            elif isinstance(value, date) and texts[place - 1].endswith("?"):
                early.append(_address(number, place))
        rows[number] = texts
    width = max((len(row) for row in rows.values()), default=0)
    _restore(rows, {**facts.errors, **facts.formulas}, width)
    filled = tuple((number, tuple(texts)) for number, texts in sorted(rows.items()) if any(texts))
    findings = _about_values(facts, imprecise, early, bestand, shown_value(name))
    if hidden and filled:
        findings.append(_hidden_sheet(bestand, shown_value(name), len(filled)))
    return Sheet(name, filled, hidden), findings


def _padded(text: str, width: int) -> str:
    return text.zfill(width) if text.isdecimal() else text


def _restore(rows: dict[int, list[str]], lost: dict[tuple[int, int], str], width: int) -> None:
    """Put back what calamine reads as empty, so that the rules can refuse it in its own place."""
    for (row, column), text in lost.items():
        texts = rows.setdefault(row, [""] * width)
        texts.extend([""] * (column - len(texts)))
        texts[column - 1] = text
    widest = max((len(texts) for texts in rows.values()), default=0)
    for texts in rows.values():
        texts.extend([""] * (widest - len(texts)))


def _address(row: int, column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def _about_values(
    facts: SheetFacts, imprecise: list[str], early: list[str], bestand: str, blad: str
) -> list[Bevinding]:
    tall = [_address(*place) for place in facts.merged]
    errors = [f"{_address(*place)} ({shown_value(text)})" for place, text in sorted(facts.errors.items())]
    formulas = [_address(*place) for place in sorted(facts.formulas)]
    kinds = (
        (
            "foutcellen",
            errors,
            "foutwaarden in cel {cellen}.",
            "Herstel de formules of vul de waarden in.",
        ),
        (
            "formules zonder waarde",
            formulas,
            "een formule waarvan de uitkomst niet is bewaard, in cel {cellen}.",
            "Open het bestand in Excel of LibreOffice, reken het door en bewaar het opnieuw.",
        ),
        (
            "verborgen rijen",
            [str(row) for row in facts.hidden],
            "rij {cellen} is verborgen en gevuld, en is wel gelezen.",
            "Controleer of deze inhoud bij de levering hoort; verwijder haar anders.",
        ),
        (
            "samengevoegde cellen",
            tall,
            "samengevoegde cellen over meer rijen vanaf cel {cellen}; alleen de bovenste cel heeft een waarde, de "
            "andere zijn leeg gelezen.",
            "Hef de samenvoeging op en vul elke rij zelf in.",
        ),
        (
            "te lange getallen",
            imprecise,
            "getallen van meer dan 15 cijfers in cel {cellen}; een spreadsheet bewaart de laatste cijfers niet.",
            "Geef de kolom de notatie Tekst en vul de nummers opnieuw in.",
        ),
        (
            "datums rond 1 januari 1900",
            early,
            "datums van voor 1 maart 1900 in cel {cellen}; Excel telt daar een dag die niet bestond.",
            "Controleer deze datums: meestal is een getal als datum opgemaakt.",
        ),
    )
    return [
        Bevinding(
            bestand=bestand,
            blad=blad,
            reden=reason.format(cellen=places(cells)),
            herstel=remedy,
            ernst=Ernst.WAARSCHUWING,
            controle=kind,
        )
        for kind, cells, reason, remedy in kinds
        if cells
    ]


def _hidden_sheet(bestand: str, blad: str, rows: int) -> Bevinding:
    return Bevinding(
        bestand=bestand,
        blad=blad,
        reden=f"dit blad is verborgen en heeft {'1 gevulde rij' if rows == 1 else f'{rows} gevulde rijen'}.",
        herstel="Maak het zichtbaar als het bij de levering hoort; verwijder het anders.",
        ernst=Ernst.WAARSCHUWING,
        controle="verborgen blad",
    )


def _about_file(
    guarded: Guarded, path: Path, bestand: str, size: int, layout: WorkbookLayout | None
) -> list[Bevinding]:
    remarks: list[tuple[str, str, Ernst, str]] = []
    expected = {"xlsm": "xlsx"}.get(path.suffix.casefold().removeprefix("."), path.suffix.casefold().removeprefix("."))
    if expected != guarded.kind:
        remark = f"het bestand heet {path.suffix or 'niets'}, maar is een {guarded.kind}-bestand; zo is het gelezen."
        remarks.append((remark, "", Ernst.OPMERKING, "andere bestandssoort"))
    if guarded.macros:
        remarks.append(("het bestand bevat macro's; die zijn niet uitgevoerd.", "", Ernst.OPMERKING, "macro's"))
    if guarded.kind == "xls":
        remark = "in een oud Excel-bestand (xls) zijn foutwaarden (#N/B) en formules zonder uitkomst leeg."
        remarks.append((remark, "Lever het liever aan als xlsx.", Ernst.WAARSCHUWING, "oud Excel-bestand"))
    if layout is not None and layout.epoch_1904:
        remark = "het bestand telt datums vanaf 1904 (Excel voor Mac); de datums zijn zo gelezen."
        remarks.append((remark, "", Ernst.OPMERKING, "datumstelsel 1904"))
    if guarded.kind == "xlsx" and layout is None:
        why = "het bestand is groter dan 5 MB" if size >= LAYOUT_BYTES else "de opmaak is niet te lezen"
        remark = f"{why}, dus er is niet gekeken naar verborgen rijen, samengevoegde cellen en voorloopnullen."
        remarks.append(
            (remark, "Lever een groot bestand liever aan als csv.", Ernst.WAARSCHUWING, "opmaak niet bekeken")
        )
    return [Bevinding(bestand, reason, remedy, severity, kind) for reason, remedy, severity, kind in remarks]
