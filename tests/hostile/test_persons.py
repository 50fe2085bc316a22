"""Lists of municipalities through the whole intake: each is read exactly, or its faults are named line by line."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.hostile.persons import TABLE, ListCase
from tests.hostile.workbooks import HEADS, ROWS, ods, password_xlsx, xls, xlsx

HEAD = "V-nummer;Datum huisvesting;Datum BRP;Soort woning\n"
FIRST = "V9990000001;29-02-2016;02-03-2016;huur_corporatie\n"
SECOND = "V9990000002;30-06-2016;;kamer\n"
DATE = "Schrijf de datum als dag-maand-jaar met vier cijfers voor het jaar, zoals 01-07-2016."
V_NUMBER = (
    "is geen V-nummer; verwacht een V en tien cijfers. "
    "Schrijf het V-nummer als een V met tien cijfers; zoek het op bij de persoon."
)
HOUSE = (
    "is geen soort woning; verwacht huur_corporatie, huur_particulier, kamer, gva of overig. "
    "Gebruik een van deze waarden."
)
AS_CSV = "Open het in een spreadsheet en bewaar het als csv, of vraag de leverancier om het csv-bestand."
NOT_A_CSV = f"dit is een zip of een spreadsheet (xlsx, ods), geen csv. {AS_CSV}"
NO_HEADS = (
    "in de eerste 25 regels staan geen herkenbare kolomkoppen; verwacht zijn 'V-nummer', 'Datum huisvesting'. "
    "Controleer of dit het juiste bestand is en zet de kolomkoppen boven de tabel."
)


def first(old: str, new: str) -> Callable[[], str]:
    return lambda: HEAD + FIRST.replace(old, new) + SECOND


def second(old: str, new: str) -> Callable[[], str]:
    return lambda: HEAD + FIRST + SECOND.replace(old, new)


def cell(place: str, value: object, number_format: str = "General") -> Callable[[], bytes]:
    def change(sheet: Any) -> None:
        sheet[place] = value
        sheet[place].number_format = number_format

    return lambda: xlsx(change=change)


def at(line: int, column: str, text: str, sheet: bool = False) -> tuple[str, ...]:
    place = "blad 'Blad1', " if sheet else ""
    return (f"{place}regel {line}, kolom '{column}': {text}",)


def housed(line: int, text: str, sheet: bool = False) -> tuple[str, ...]:
    return at(line, "Datum huisvesting", f"{text} {DATE}", sheet)


def twice(line: int) -> str:
    return (
        f"regel {line}, kolom 'V-nummer': 'V999…' staat meer dan één keer in het bestand als V-nummer, op de regels "
        "2 en 4. Laat één van deze regels staan en verwijder de rest."
    )


def counted(line: int, rows: int) -> str:
    text = "ene rij" if rows == 1 else f"{rows} rijen"
    return f"regel {line}: deze totaalregel is gelezen als controle op de {text} en telt niet mee als rij."


def with_sheet(name: str, rows: list[list[Any]]) -> Callable[[], bytes]:
    def change(sheet: Any) -> None:
        other = sheet.parent.create_sheet(name)
        for row in rows:
            other.append(row)

    return lambda: xlsx(change=change)


READ = (
    ListCase("csv zoals het hoort", lambda: HEAD + FIRST + SECOND),
    ListCase("xlsx zoals het hoort", xlsx, suffix=".xlsx"),
    ListCase("ods zoals het hoort", ods, suffix=".ods"),
    ListCase("utf-16", lambda: (HEAD + FIRST + SECOND).encode("utf-16"), ("het bestand is gelezen als UTF-16.",)),
    ListCase("serienummer als datum in csv", first("29-02-2016", "42429")),
    ListCase("maand als woord", first("29-02-2016", "29 februari 2016")),
    ListCase("schuine strepen, dag voorop", first("29-02-2016", "29/02/2016")),
    ListCase("datum als tekst in xlsx", cell("B3", "30-06-2016"), suffix=".xlsx"),
    ListCase("V-nummer als getal in xlsx", cell("A3", 9990000002), suffix=".xlsx"),
    ListCase(
        "totaalregel",
        lambda: HEAD + FIRST + SECOND + "Totaal;;;2\n",
        ("regel 4: deze totaalregel is gelezen als controle op de 2 rijen en telt niet mee als rij.",),
    ),
    ListCase(
        "totaalregel klopt niet",
        lambda: HEAD + FIRST + SECOND + "Totaal;3;;\n",
        ("regel 4: in de totaalregel staat 3, maar er zijn 2 rijen gelezen; de regel telt niet mee als rij.",),
    ),
    ListCase(
        "totaalregel zonder getal",
        lambda: HEAD + FIRST + SECOND + "Totaal;;;totaal\n",
        ("regel 4: deze totaalregel is gelezen als controle op de 2 rijen en telt niet mee als rij.",),
    ),
    ListCase(
        "subtotalen en eindtotaal",
        lambda: HEAD + FIRST + "Totaal;1;;\n" + SECOND + "Totaal;1;;\nEindtotaal;2;;\n",
        (counted(3, 1), counted(5, 1), counted(6, 2)),
    ),
    ListCase(
        "eindtotaal na een subtotaal",
        lambda: HEAD + FIRST + "Totaal;1;;\n" + SECOND + "Totaal;2;;\n",
        (counted(3, 1), counted(5, 2)),
    ),
    ListCase("totaal bovenaan", lambda: HEAD + "Totaal;2;;\n" + FIRST + SECOND, (counted(2, 2),)),
    ListCase(
        "subtotaal klopt niet",
        lambda: HEAD + FIRST + "Totaal;2;;\n" + SECOND + "Totaal;3;;\n",
        (
            "regel 3: in de totaalregel staat 2, maar er is 1 rij gelezen; de regel telt niet mee als rij.",
            "regel 5: in de totaalregel staat 3, maar er zijn 1 rij (sinds het vorige totaal) of 2 rijen (in alles "
            "erboven) gelezen; de regel telt niet mee als rij.",
        ),
    ),
    ListCase(
        "twee bladen met koppen tellen allebei",
        with_sheet("Mei", [HEADS, ["V9990000009", date(2016, 5, 1), None, "kamer"]]),
        rows=(TABLE[0], ("GM0106", "2016-05-01", None, "kamer"), TABLE[1]),
        suffix=".xlsx",
    ),
    ListCase(
        "oud Excel-bestand",
        xls,
        (
            "in een oud Excel-bestand (xls) zijn foutwaarden (#N/B) en formules zonder uitkomst leeg. "
            "Lever het liever aan als xlsx.",
        ),
        suffix=".xls",
    ),
)

REFUSED = (
    ListCase("30 februari", second("30-06", "30-02"), housed(3, "'30-02-2016' is een dag die niet bestaat."), None),
    ListCase("maand 13", second("30-06", "12-13"), housed(3, "'12-13-2016' is een dag die niet bestaat."), None),
    ListCase("serienummer 60", first("29-02-2016", "60"), housed(2, "'60' is een getal, geen datum."), None),
    ListCase(
        "jaar van twee cijfers",
        first("2016;02", "16;02"),
        housed(2, "'29-02-16' heeft een jaar van twee cijfers."),
        None,
    ),
    ListCase(
        "maand voorop",
        first("29-02-2016", "02/29/2016"),
        housed(2, "'02/29/2016' kan twee dagen zijn: met de dag of met de maand voorop."),
        None,
    ),
    ListCase(
        "jaar 2096",
        first("29-02-2016", "29-02-2096"),
        at(
            2,
            "Datum huisvesting",
            "'29-02-2096' valt buiten 1990-01-01 tot en met 2040-12-31. Een dag daarbuiten is een tikfout in het jaar. "
            "Controleer de datum in de bron.",
        ),
        None,
    ),
    ListCase(
        "datum met een tijd",
        cell("B3", datetime(2016, 6, 30, 12, 30), "dd-mm-yyyy hh:mm"),  # noqa: DTZ001
        housed(3, "'2016-06-30 12:30:00' heeft ook een tijd; verwacht alleen een dag.", sheet=True),
        None,
        ".xlsx",
    ),
    ListCase(
        "serienummer 60 als datum in xlsx",
        cell("B3", 60, "dd-mm-yyyy"),
        housed(3, "'1900-02-28?' is geen datum.", sheet=True),
        None,
        ".xlsx",
    ),
    ListCase(
        "losse tekst onder de tabel",
        lambda: HEAD + FIRST + SECOND + "Opgesteld door de griffie;;;\n",
        (
            "regel 4: op deze regel is maar één cel gevuld ('Opgesteld door de griffie'), dus dit is geen rij van de "
            "tabel. Verwijder de regel of vul de andere cellen.",
        ),
        None,
    ),
    ListCase(
        "geen V-nummer",
        first("V9990000001", ""),
        at(2, "V-nummer", "de cel is leeg; verwacht het V-nummer. Vul het V-nummer in."),
        None,
    ),
    ListCase("letter O in een V-nummer", first("0001", "00O1"), at(2, "V-nummer", f"'V999…' {V_NUMBER}"), None),
    ListCase("persoon twee keer", lambda: HEAD + FIRST + SECOND + FIRST, (twice(2), twice(4)), None),
    ListCase(
        "foutcel in een datum",
        cell("C3", "#N/A"),
        at(3, "Datum BRP", f"'#N/A' is geen datum. {DATE}", sheet=True),
        None,
        ".xlsx",
    ),
    ListCase(
        "foutcel in een tekst", cell("D3", "#N/A"), at(3, "Soort woning", f"'#N/A' {HOUSE}", sheet=True), None, ".xlsx"
    ),
    ListCase(
        "formule zonder uitkomst",
        cell("B3", "=B2+1"),
        housed(3, "'=B2+1' is een formule, geen waarde.", sheet=True),
        None,
        ".xlsx",
    ),
    ListCase(
        "samengevoegde datums",
        lambda: xlsx(change=lambda sheet: sheet.merge_cells("B2:B3")),
        at(
            3,
            "Datum huisvesting",
            "de cel is leeg; verwacht een datum. Vul de datum in, zoals 01-07-2016.",
            sheet=True,
        ),
        None,
        ".xlsx",
    ),
    ListCase(
        "onbekende woning", first("huur_corporatie", "kasteel"), at(2, "Soort woning", f"'kasteel' {HOUSE}"), None
    ),
    ListCase(
        "regeleinde in een code",
        first("huur_corporatie", '"huur_\ncorporatie"'),
        at(2, "Soort woning", f"'huur_⏎corporatie' {HOUSE}"),
        None,
    ),
    ListCase(
        "NUL in een regel",
        first("huur", "hu\0ur"),
        ("regel 2: deze regel bevat een NUL-teken; de regel is beschadigd. Herstel deze regel in het bestand.",),
        None,
    ),
    ListCase(
        "een cel te veel",
        second("kamer", "kamer;x"),
        (
            "regel 3: deze regel heeft 5 cellen, maar er zijn 4 kolomkoppen. "
            "Verwijder of herstel de regel; een puntkomma in een tekst hoort tussen aanhalingstekens.",
        ),
        None,
    ),
    ListCase(
        "kolom ontbreekt",
        lambda: HEAD.replace("Datum huisvesting", "Wanneer") + FIRST + SECOND,
        at(
            1,
            "Datum huisvesting",
            "deze kolom ontbreekt. Niet herkend: 'Wanneer'. Voeg de kolom toe of geef haar deze kop.",
        ),
        None,
    ),
    ListCase(
        "kolomkop twee keer",
        lambda: xlsx([[*HEADS, "Datum BRP"], *([*row, None] for row in ROWS[1:])]),
        at(
            1,
            "Datum BRP",
            "deze kolom staat er twee keer in (nu als kolom 5), dus het is niet zeker welke geldt. "
            "Verwijder een van de twee.",
            sheet=True,
        ),
        None,
        ".xlsx",
    ),
    ListCase("alleen titels", lambda: xlsx([["Gemeente Assen"], ["juli 2016"]]), (NO_HEADS,), None, ".xlsx"),
    ListCase(
        "wachtwoord",
        password_xlsx,
        (
            "het bestand is met een wachtwoord beveiligd. "
            "Verwijder het wachtwoord (bij Bestand, Informatie) en lever het bestand langs een beveiligde weg aan.",
        ),
        None,
        ".xlsx",
    ),
    ListCase(
        "csv met de naam xlsx",
        lambda: HEAD + FIRST,
        (
            "dit is geen spreadsheet, al heet het bestand zo. Open het bestand en bewaar het als xlsx, of geef het de "
            "naam die erbij hoort (bijvoorbeeld .csv).",
        ),
        None,
        ".xlsx",
    ),
    ListCase("xlsx met de naam csv", xlsx, (NOT_A_CSV,), None),
    ListCase("brief van Word", lambda: b"PK\x03\x04", (NOT_A_CSV,), None, ".docx"),
    ListCase(
        "webpagina met de naam csv",
        lambda: "<html><table></table></html>",
        (f"dit is een webpagina (html of xml), geen csv. {AS_CSV}",),
        None,
    ),
    ListCase(
        "leeg", lambda: b"", ("het bestand is leeg (0 bytes). Vraag de leverancier om een gevuld bestand.",), None
    ),
)


@pytest.mark.parametrize("case", [*READ, *REFUSED], ids=lambda case: case.name)
def test_lists(case: ListCase, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    case.check(con, tmp_path)
    # What is said and stored after any list, accepted or refused, holds no V-number.
    tables = con.execute("select table_name from duckdb_tables() where schema_name = 'levering'").fetchall()
    for (table,) in tables:
        assert "999000000" not in str(con.execute(f"select * from levering.{table}").fetchall())
