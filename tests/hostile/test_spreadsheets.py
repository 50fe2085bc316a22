"""Spreadsheets as municipalities send them, and as nobody should: each is read exactly, or refused with one line.

Belongs here: what a spreadsheet is read as. Not here: what the rules make of the rows.
"""

import io
import resource
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from pipeline.core.intake import spreadsheetguard
from pipeline.core.intake.findings import Ernst
from pipeline.core.intake.spreadsheets import Workbook, cell_text, read_workbook
from tests.hostile.workbooks import (
    HEADS,
    ROWS,
    SHEET,
    ods,
    ods_cell,
    ods_row,
    password_xlsx,
    with_doctype,
    with_row,
    xls,
    xlsx,
)

NAME = "gemeenten/GM0106.xlsx"
AGAIN = "Bewaar het bestand opnieuw als xlsx of als csv en lever dat aan."
PASSWORD = (
    "het bestand is met een wachtwoord beveiligd. "
    "Verwijder het wachtwoord (bij Bestand, Informatie) en lever het bestand langs een beveiligde weg aan."
)
NO_ZIP = f"het bestand is beschadigd: het is geen heel zip-bestand, zoals een spreadsheet is. {AGAIN}"
NO_SHEET = (
    "dit is geen spreadsheet, al heet het bestand zo. "
    "Open het bestand en bewaar het als xlsx, of geef het de naam die erbij hoort (bijvoorbeeld .csv)."
)
EMPTY = "geen enkel blad heeft inhoud. Vraag de leverancier om een gevuld bestand."
DOCTYPE = (
    "het onderdeel {part} bevat een DOCTYPE of ENTITY; in een spreadsheet hoort die niet en ze kan het "
    "lezen laten vastlopen of andere bestanden openen. "
    "Open het bestand op de eigen computer, bewaar het opnieuw als xlsx en vraag na waar het vandaan kwam."
)
OLD = (
    "in een oud Excel-bestand (xls) zijn foutwaarden (#N/B) en formules zonder uitkomst leeg. "
    "Lever het liever aan als xlsx."
)
CLEAN = (
    (1, tuple(HEADS)),
    (2, ("V9990000001", "2016-02-29", "2016-03-02", "huur_corporatie")),
    (3, ("V9990000002", "2016-06-30", "", "kamer")),
)
WIDE = 'table:number-columns-repeated="16384"'
BOMB = "".join(f'<!ENTITY e{n} "' + (f"&e{n - 1};" if n else "a") * 10 + '">' for n in range(12))


def far(row: int, column: int) -> str:
    return (
        f"een blad loopt door tot rij {row} en kolom {column}; verwacht ten hoogste 200000 rijen, 500 kolommen en "
        "4000000 cellen. "
        "Verwijder losse inhoud ver onder of naast de tabel, of lever een groot bestand aan als csv."
    )


def read(data: bytes, name: str = NAME) -> Workbook:
    return read_workbook(Path(name), data, name)


@dataclass(frozen=True)
class Refused:
    name: str
    content: Callable[[], bytes]
    line: str
    file: str = NAME


REFUSED = (
    Refused("xlsx met wachtwoord", password_xlsx, PASSWORD),
    Refused("xls met wachtwoord", lambda: xls(password=True), PASSWORD, "gemeenten/GM0106.xls"),
    Refused("ods met wachtwoord", lambda: ods(encrypted=True), PASSWORD, "gemeenten/GM0106.ods"),
    Refused("html met de naam xlsx", lambda: b"<html><table><tr><td>V-nummer</td></tr></table></html>", NO_SHEET),
    Refused("csv met de naam xlsx", lambda: b"V-nummer;Datum\r\nV9990000001;01-02-2016\r\n", NO_SHEET),
    Refused("leeg bestand", lambda: b"", NO_SHEET),
    Refused("afgebroken xlsx", lambda: xlsx()[:-300], NO_ZIP),
    Refused("begin van een zip en dan niets", lambda: b"PK\x03\x04" + bytes(200), NO_ZIP),
    Refused(
        "zip zonder rekenblad",
        lambda: _zip({"brief.xml": b"<brief/>"}),
        f"dit is een zip-bestand zonder rekenblad erin. {AGAIN}",
    ),
    Refused("xlsb", lambda: _zip({"xl/workbook.bin": b"x"}), f"dit is een binair Excel-bestand (xlsb). {AGAIN}"),
    Refused(
        "brief in plaats van rekenblad (odt)",
        lambda: _zip({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}),
        f"dit is een document van OpenOffice of LibreOffice, maar geen rekenblad. {AGAIN}",
    ),
    Refused("werkmap zonder inhoud", lambda: xlsx([]), EMPTY),
    Refused("alleen opmaak, geen waarden", lambda: xlsx([[None, None]], _bold), EMPTY),
    Refused("ods zonder inhoud", lambda: ods(""), EMPTY, "gemeenten/GM0106.ods"),
    Refused(
        "entiteitenbom in een blad",
        lambda: xlsx(
            parts={SHEET: with_doctype(BOMB, '<row r="9"><c r="A9" t="inlineStr"><is><t>&e11;</t></is></c></row>')}
        ),
        DOCTYPE.format(part=SHEET),
    ),
    Refused(
        "entiteit die een bestand opent",
        lambda: xlsx(parts={SHEET: with_doctype('<!ENTITY e SYSTEM "file:///etc/passwd">')}),
        DOCTYPE.format(part=SHEET),
    ),
    Refused(
        "DOCTYPE in UTF-16",
        lambda: xlsx(parts={SHEET: lambda xml: with_doctype(BOMB)(xml).decode("utf-8").encode("utf-16")}),
        DOCTYPE.format(part=SHEET),
    ),
    Refused(
        "DOCTYPE in een ander onderdeel",
        lambda: xlsx(parts={"xl/workbook.xml": with_doctype(BOMB)}),
        DOCTYPE.format(part="xl/workbook.xml"),
    ),
    Refused(
        "entiteitenbom in ods",
        lambda: ods(doctype=f"<!DOCTYPE x [{BOMB}]>"),
        DOCTYPE.format(part="content.xml"),
        "gemeenten/GM0106.ods",
    ),
    Refused(
        "blad in EBCDIC",
        lambda: xlsx(parts={SHEET: lambda xml: xml.decode("utf-8").encode("cp037")}),
        f"het bestand is beschadigd: het onderdeel {SHEET} heeft een codering die in een spreadsheet niet voorkomt. "
        f"{AGAIN}",
    ),
    Refused(
        "losse waarde in de laatste cel van het blad",
        lambda: xlsx(parts={SHEET: with_row('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')}),
        far(1048576, 16384),
    ),
    Refused(
        "rij die een miljoen keer wordt herhaald (ods)",
        lambda: ods(ods_row(HEADS) + ods_row(["x"], 'table:number-rows-repeated="1000000"')),
        far(1000001, 4),
        "gemeenten/GM0106.ods",
    ),
    Refused(
        "cel die zestienduizend keer wordt herhaald (ods)",
        lambda: ods("<table:table-row>" + ods_cell("x", WIDE) + "</table:table-row>"),
        far(1, 16384),
        "gemeenten/GM0106.ods",
    ),
    Refused(
        "onmogelijke herhaling (ods)",
        lambda: ods(ods_row(["x"], 'table:number-rows-repeated="-1"')),
        f"het bestand is beschadigd: een rij of cel wordt een onmogelijk aantal keer herhaald. {AGAIN}",
        "gemeenten/GM0106.ods",
    ),
    Refused(
        "onmogelijke plaats van een cel",
        lambda: xlsx(parts={SHEET: with_row('<row r="9"><c r="9A"><v>1</v></c></row>')}),
        f"het bestand is beschadigd: een cel heeft een onmogelijke plaats. {AGAIN}",
    ),
    Refused(
        "blad is geen xml",
        lambda: xlsx(parts={SHEET: lambda xml: xml[:-20]}),
        f"het bestand is beschadigd: een van de bladen is geen geldige xml. {AGAIN}",
    ),
    Refused(
        "onderdeel staat er twee keer in",
        lambda: xlsx(extra={SHEET.upper(): b"<worksheet/>"}),
        f"het bestand is beschadigd: het onderdeel {SHEET.upper()} staat er twee keer in. {AGAIN}",
    ),
    Refused(
        "duizend onderdelen",
        lambda: xlsx(extra={f"xl/media/{n}.png": b"" for n in range(1000)}),
        f"het bestand is beschadigd: het telt 1009 onderdelen, verwacht ten hoogste 500. {AGAIN}",
    ),
    Refused(
        "zestig bladen",
        lambda: xlsx(change=lambda sheet: [sheet.parent.create_sheet(f"b{n}") for n in range(60)]),
        "het bestand telt 61 bladen; verwacht ten hoogste 50. Lever alleen het blad met de tabel aan.",
    ),
    Refused(
        "xls die halverwege ophoudt",
        lambda: xls()[:3000],
        f"het bestand is beschadigd en niet te lezen als spreadsheet. {AGAIN}",
        "a.xls",
    ),
    Refused(
        "alleen het begin van een OLE-bestand",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
        f"het bestand is beschadigd en niet te lezen als spreadsheet. {AGAIN}",
        "a.xls",
    ),
)


def _zip(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return target.getvalue()


def _bold(sheet: Any) -> None:
    sheet["B2"].font = openpyxl.styles.Font(bold=True)


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_refused(case: Refused) -> None:
    found = read(case.content(), case.file)
    assert found.sheets == ()
    assert [finding.zin for finding in found.bevindingen] == [f"{case.file}: {case.line}"]
    assert found.bevindingen[0].ernst is Ernst.BLOKKADE


def test_a_bomb_of_blanks_stops_before_the_memory_does() -> None:
    """300 MB of blanks in 300 kB: refused after the limit, and no more than the limit was unpacked."""
    data = xlsx(parts={SHEET: with_row(" " * 300_000_000)})
    assert len(data) < 1_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = read(data)
    assert [finding.controle for finding in found.bevindingen] == ["te groot uitgepakt"]
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert grown < 2 * spreadsheetguard.MAX_UNPACKED


def test_a_container_that_lies_about_its_size() -> None:
    """The list of contents says that the sheet is empty; what comes out is not believed to be all."""
    data = bytearray(xlsx())
    place = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    data[place + 24 : place + 28] = (10).to_bytes(4, "little")
    found = read(bytes(data))
    assert [finding.zin for finding in found.bevindingen] == [f"{NAME}: {NO_ZIP}"]


# What is read, and how


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.xlsx", xlsx), ("a.ods", ods), ("a.xls", xls)],
)
def test_three_kinds_give_the_same_rows(name: str, content: Callable[[], bytes]) -> None:
    assert read(content(), name).sheets[0].rijen == CLEAN


def kinds(found: Workbook) -> list[str]:
    return [finding.controle for finding in found.bevindingen]


def row_of(found: Workbook, number: int) -> tuple[str, ...]:
    return dict(found.sheets[0].rijen)[number]


def set_cell(place: str, value: object, number_format: str = "General") -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        sheet[place] = value
        sheet[place].number_format = number_format

    return change


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.0, "3"),
        (-3.0, "-3"),
        (3.7, "3,7"),
        (1.234, "1,234"),
        (1234.5, "1234,5"),
        (1e-7, "0,0000001"),
        (1e20, "100000000000000000000"),
        (0.1 + 0.2, "0,30000000000000004"),
        (True, "WAAR"),
        (False, "ONWAAR"),
        (date(2016, 2, 29), "2016-02-29"),
        (datetime(2016, 7, 1), "2016-07-01"),  # noqa: DTZ001
        (datetime(2016, 7, 1, 12, 30), "2016-07-01 12:30:00"),  # noqa: DTZ001
        (date(1900, 2, 28), "1900-02-28?"),
        (time(3, 4), "03:04:00"),
        (timedelta(hours=30), "30:00:00"),
        ("1.234", "1.234"),
        ("", ""),
    ],
)
def test_one_text_for_every_cell(value: object, text: str) -> None:
    """1.234 as a number must not come out as the thousand that a Dutch reader sees in that text."""
    assert cell_text(value) == text


def test_a_serial_number_stays_a_number_unless_the_cell_is_a_date() -> None:
    assert row_of(read(xlsx(change=set_cell("B3", 42552))), 3)[1] == "42552"
    assert row_of(read(xlsx(change=set_cell("B3", 42552, "dd-mm-yyyy"))), 3)[1] == "2016-07-01"
    assert row_of(read(xlsx(change=set_cell("B3", 42552, "[$-413]d mmmm yyyy;@"))), 3)[1] == "2016-07-01"


def test_dates_since_1904() -> None:
    def change(sheet: Any) -> None:
        sheet.parent.epoch = CALENDAR_MAC_1904

    found = read(xlsx(change=change))
    # openpyxl wrote the serial numbers of 1904, so the days are the same.
    assert (found.sheets[0].rijen, kinds(found), found.serie_begin) == (
        CLEAN,
        ["datumstelsel 1904"],
        date(1904, 1, 1),
    )


@pytest.mark.parametrize("serial", [59, 60])
def test_days_around_the_29th_of_february_1900(serial: int) -> None:
    found = read(xlsx(change=set_cell("B3", serial, "dd-mm-yyyy")))
    assert (row_of(found, 3)[1], kinds(found)) == ("1900-02-28?", ["datums rond 1 januari 1900"])


@pytest.mark.parametrize("serial", [-5, 99999999])
def test_numbers_that_are_no_day_whatever_their_format(serial: int) -> None:
    text = row_of(read(xlsx(change=set_cell("B3", serial, "dd-mm-yyyy"))), 3)[1]
    assert "-" not in text[1:]


def test_an_error_cell_is_not_an_empty_cell() -> None:
    found = read(xlsx(change=set_cell("C3", "#N/A")))
    assert row_of(found, 3)[2] == "#N/A"
    assert [finding.zin for finding in found.bevindingen] == [
        f"{NAME}, blad 'Blad1': foutwaarden in cel C3 (#N/A). Herstel de formules of vul de waarden in."
    ]


def test_an_error_as_the_result_of_a_formula() -> None:
    cell = '<row r="4"><c r="A4" t="e"><f>VLOOKUP(1,2,3)</f><v>#REF!</v></c></row>'
    found = read(xlsx(parts={SHEET: with_row(cell)}))
    assert (row_of(found, 4)[0], kinds(found)) == ("#REF!", ["foutcellen"])


def test_an_error_in_a_file_too_large_for_openpyxl(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.core.intake.spreadsheets.LAYOUT_BYTES", 100)
    found = read(xlsx(change=set_cell("C3", "#N/A")))
    assert (row_of(found, 3)[2], kinds(found)) == ("#N/A", ["opmaak niet bekeken", "foutcellen"])


def test_a_formula_without_a_value() -> None:
    found = read(xlsx(change=set_cell("B3", "=B2+1")))
    assert (row_of(found, 3)[1], kinds(found)) == ("=B2+1", ["formules zonder waarde"])


def test_a_formula_with_a_value_is_that_value_also_when_it_is_empty() -> None:
    cells = '<row r="4"><c r="A4"><f>1+1</f><v>2</v></c><c r="B4" t="str"><f>""</f><v></v></c></row>'
    found = read(xlsx(parts={SHEET: with_row(cells)}))
    assert (row_of(found, 4)[:2], kinds(found)) == (("2", ""), [])


def test_a_formula_without_a_value_in_ods() -> None:
    cell = ods_cell(None, 'table:formula="of:=B1+1"')
    found = read(ods(ods_row(HEADS) + f"<table:table-row>{ods_cell('x')}{cell}</table:table-row>"), "a.ods")
    assert (row_of(found, 2)[1], kinds(found)) == ("=B1+1", ["formules zonder waarde"])


def test_an_error_cell_in_ods() -> None:
    row = "<table:table-row>" + ods_cell("#N/B", 'calcext:value-type="error"') + "</table:table-row>"
    assert row_of(read(ods(ods_row(HEADS) + row), "a.ods"), 2)[0] == "#N/B"


def test_the_30th_of_february_in_ods_stays_what_it_is() -> None:
    row = (
        '<table:table-row><table:table-cell office:value-type="date" office:date-value="2016-02-30"/></table:table-row>'
    )
    assert row_of(read(ods(ods_row(HEADS) + row), "a.ods"), 2)[0] == "2016-02-30"


def test_a_code_with_a_leading_zero_by_format() -> None:
    found = read(xlsx(change=set_cell("A3", 344, "0000")))
    assert (row_of(found, 3)[0], kinds(found)) == ("0344", ["voorloopnullen"])


def test_a_number_too_long_for_a_spreadsheet() -> None:
    found = read(xlsx(change=set_cell("A3", 9990000001234567)))
    assert kinds(found) == ["te lange getallen"]
    assert "999" not in found.bevindingen[0].zin


def test_a_v_number_as_a_number() -> None:
    assert row_of(read(xlsx(change=set_cell("A3", 9990000002))), 3)[0] == "9990000002"


def test_hidden_rows_columns_and_sheets_are_read_and_named() -> None:
    def change(sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["D"].hidden = True
        other = sheet.parent.create_sheet("Oud")
        other.append(["V9990000009"])
        other.sheet_state = "hidden"

    found = read(xlsx(change=change))
    assert found.sheets[0].rijen == CLEAN
    assert [(sheet.naam, sheet.verborgen) for sheet in found.sheets] == [("Blad1", False), ("Oud", True)]
    assert [finding.zin.split(": ", 1)[1].split(".")[0] for finding in found.bevindingen] == [
        "rij 3 is verborgen en gevuld, en is wel gelezen",
        "kolom D is verborgen en gevuld, en is wel gelezen",
        "dit blad is verborgen en heeft 1 gevulde rij",
    ]


def test_hidden_rows_in_ods() -> None:
    rows = ods_row(HEADS) + ods_row(["V9990000001"], 'table:visibility="filter"')
    assert kinds(read(ods(rows), "a.ods")) == ["verborgen rijen"]


def test_cells_merged_over_rows_are_not_filled_in() -> None:
    found = read(xlsx(change=lambda sheet: sheet.merge_cells("B2:B3")))
    assert (row_of(found, 3)[1], kinds(found)) == ("", ["samengevoegde cellen"])


def test_a_merged_title_is_no_news() -> None:
    def change(sheet: Any) -> None:
        sheet.insert_rows(1, 2)
        sheet["A1"] = "Gehuisveste vergunninghouders"
        sheet.merge_cells("A1:D1")

    found = read(xlsx(change=change))
    assert ([number for number, _ in found.sheets[0].rijen], kinds(found)) == ([1, 3, 4, 5], [])


def test_row_numbers_are_those_on_the_screen() -> None:
    """A table that begins in C4, with an empty row in it."""

    def change(sheet: Any) -> None:
        sheet["C4"], sheet["C6"] = "V-nummer", "V9990000001"

    rows = read(xlsx([], change)).sheets[0].rijen
    assert rows == ((4, ("", "", "V-nummer")), (6, ("", "", "V9990000001")))


def test_only_titles() -> None:
    found = read(xlsx([["Gemeente Assen"], ["Stand per 1 juli 2016"]]))
    assert found.sheets[0].rijen == ((1, ("Gemeente Assen",)), (2, ("Stand per 1 juli 2016",)))


def test_a_line_break_and_quotes_in_a_cell() -> None:
    assert row_of(read(xlsx(change=set_cell("D3", 'een "kamer"\nboven'))), 3)[3] == 'een "kamer"\nboven'


def test_macros_are_named_and_not_run() -> None:
    found = read(xlsx(extra={"xl/vbaProject.bin": b"\0"}), "a.xlsm")
    assert (found.sheets[0].rijen, kinds(found)) == (CLEAN, ["macro's"])


def test_another_kind_than_its_name_says() -> None:
    found = read(ods(), NAME)
    assert found.sheets[0].rijen == CLEAN
    assert [finding.zin for finding in found.bevindingen] == [
        f"{NAME}: het bestand heet .xlsx, maar is een ods-bestand; zo is het gelezen."
    ]


def test_an_old_workbook_warns_for_what_it_cannot_show() -> None:
    found = read(xls(), "a.xls")
    assert [finding.zin for finding in found.bevindingen] == [f"a.xls: {OLD}"]


def test_the_last_cell_of_an_old_workbook() -> None:
    found = read(xls(last_cell=(65535, 255)), "a.xls")
    assert (found.sheets, kinds(found)) == ((), ["te groot blad"])


def test_ten_places_are_named_and_the_rest_is_counted() -> None:
    found = read(xlsx([HEADS, *[["#N/A", None, None, "x"]] * 25]))
    (finding,) = found.bevindingen
    assert finding.reden.startswith("foutwaarden in cel A2 (#N/A), A3 (#N/A)")
    assert finding.reden.endswith("A11 (#N/A) en nog 15.")


def test_rows_are_as_delivered() -> None:
    assert len(read(xlsx([*ROWS, *ROWS[1:]])).sheets[0].rijen) == 5
