"""What a spreadsheet shows differently from what it holds: hidden parts, merged cells, leading zeros by format, dates.

Belongs here: the pass of openpyxl over an XLSX, for its layout alone. Not here: values (spreadsheets.py) and whether
the file is safe (spreadsheetguard.py; only what it let through comes here).
"""

import io
import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.core.intake.findings import Bevinding, Ernst, shown_value

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SHOWN_PLACES = 10
_ZEROS = re.compile(r"0{2,}")


@dataclass(frozen=True)
class Layout:
    """`zeros` gives per (row, column) the width to which a number is filled up with zeros on the screen."""

    findings: tuple[Bevinding, ...] = ()
    zeros: dict[tuple[int, int], int] = field(default_factory=dict)


@dataclass(frozen=True)
class WorkbookLayout:
    """Per sheet its layout; `epoch_1904` when serial numbers count from 1904 instead of 1900."""

    sheets: dict[str, Layout]
    epoch_1904: bool


def read_layout(data: bytes, bestand: str) -> WorkbookLayout | None:
    """The layout of a guarded XLSX, or None when openpyxl cannot read it (calamine may still)."""
    import zipfile

    import openpyxl
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    try:
        with warnings.catch_warnings():
            # About charts and validations that openpyxl drops; intake reads neither.
            warnings.simplefilter("ignore")
            workbook = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    # What openpyxl lets through on files that are not as it expects them; the safety of the file is settled before.
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, SyntaxError, zipfile.BadZipFile, OSError):
        return None
    sheets = {sheet.title: _layout(sheet, bestand) for sheet in workbook.worksheets}
    return WorkbookLayout(sheets, workbook.epoch == CALENDAR_MAC_1904)


def places(items: Iterable[str]) -> str:
    """At most ten places of a list, and how many more there are."""
    names = list(items)
    shown = ", ".join(names[:SHOWN_PLACES])
    hidden = len(names) - SHOWN_PLACES
    return f"{shown} en nog {hidden}" if hidden > 0 else shown


def _layout(sheet: "Worksheet", bestand: str) -> Layout:
    from openpyxl.utils import get_column_letter

    name = shown_value(sheet.title)
    findings: list[Bevinding] = []
    zeros: dict[tuple[int, int], int] = {}
    filled_rows: set[int] = set()
    filled_columns: set[int] = set()
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None:
                continue
            filled_rows.add(cell.row)
            filled_columns.add(cell.column)
            if isinstance(cell.value, int | float) and _ZEROS.fullmatch(cell.number_format or ""):
                zeros[cell.row, cell.column] = len(cell.number_format)
    rows = [number for number in sorted(filled_rows) if sheet.row_dimensions[number].hidden]
    if rows:
        findings.append(_warn(bestand, name, f"rij {places(map(str, rows))}", "verborgen rijen", "wel gelezen"))
    columns = [get_column_letter(number) for number in sorted(filled_columns) if number in _hidden_columns(sheet)]
    if columns:
        findings.append(_warn(bestand, name, f"kolom {places(columns)}", "verborgen kolommen", "wel gelezen"))
    findings += _merged(sheet, bestand, name)
    padded = sorted({get_column_letter(column) for _, column in zeros})
    if padded:
        findings.append(
            Bevinding(
                bestand=bestand,
                blad=name,
                reden=f"in kolom {places(padded)} staan getallen met een notatie met voorloopnullen; "
                "ze zijn gelezen zoals ze op het scherm staan (0344, niet 344).",
                herstel="",
                ernst=Ernst.OPMERKING,
                controle="voorloopnullen",
            )
        )
    return Layout(tuple(findings), zeros)


def _hidden_columns(sheet: "Worksheet") -> set[int]:
    hidden: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden:
            hidden.update(range(dimension.min, dimension.max + 1))
    return hidden


def _warn(bestand: str, blad: str, where: str, kind: str, how: str) -> Bevinding:
    return Bevinding(
        bestand=bestand,
        blad=blad,
        reden=f"{where} is verborgen en gevuld, en is {how}.",
        herstel="Controleer of deze inhoud bij de levering hoort; verwijder haar anders.",
        ernst=Ernst.WAARSCHUWING,
        controle=kind,
    )


def _merged(sheet: "Worksheet", bestand: str, name: str) -> list[Bevinding]:
    """Cells merged over several rows are a warning: only the first row holds the value. Titles over one row are not."""
    tall = [item.coord for item in sheet.merged_cells.ranges if item.max_row > item.min_row]
    if not tall:
        return []
    return [
        Bevinding(
            bestand=bestand,
            blad=name,
            reden=f"samengevoegde cellen over meer rijen: {places(sorted(tall))}; alleen de bovenste cel heeft een "
            "waarde, de andere zijn leeg gelezen.",
            herstel="Hef de samenvoeging op en vul elke rij zelf in.",
            ernst=Ernst.WAARSCHUWING,
            controle="samengevoegde cellen",
        )
    ]
