"""Files whose bytes are wrong or strange: encodings, disguises, line ends. Each is read exactly or refused."""

import codecs
import gzip
import io
import unicodedata
import zipfile
from pathlib import Path

import duckdb
import pytest

from tests.hostile.support import SAMPLE, Case, as_csv, clean_rows, line_of, said

FILLED = "Vraag de leverancier om een gevuld bestand."
AS_CSV = "Open het in een spreadsheet en bewaar het als csv, of vraag de leverancier om het csv-bestand."
AS_UTF8 = "Bewaar het bestand als csv in UTF-8."
FRYSLAN = line_of("Súdwest Fryslân")


def text() -> str:
    return SAMPLE.read_text(encoding="utf-8")


def lines() -> list[str]:
    return text().splitlines()


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return file.getvalue()


def mixed() -> bytes:
    """One name in UTF-8, another line in cp1252."""
    return text().replace("Assen,Provincie Drenthe", "Assen,Província Drenthe").encode("cp1252") + "é".encode()


def with_nul() -> str:
    rows = lines()
    rows[2] = rows[2].replace("Assen", "As\0sen")
    return "\n".join(rows)


def with_line_ends() -> bytes:
    ends = ("\r\n", "\n", "\r")
    return "".join(line + ends[number % 3] for number, line in enumerate(lines())).encode("utf-8")


CASES = (
    Case("leeg", lambda: b"", refused=(said(f"het bestand is leeg (0 bytes). {FILLED}"),)),
    Case("alleen witregels", lambda: b"\r\n \r\n\t\r\n", refused=(said(f"het bestand bevat geen tekst. {FILLED}"),)),
    Case("alleen een BOM", lambda: codecs.BOM_UTF8, refused=(said(f"het bestand bevat geen tekst. {FILLED}"),)),
    Case(
        "html",
        lambda: "\n<!DOCTYPE html><html><body>Niet gevonden</body></html>",
        refused=(said(f"dit is een webpagina (html of xml), geen csv. {AS_CSV}"),),
    ),
    Case(
        "html in UTF-16",
        lambda: "<HTML><body>Niet gevonden</body></HTML>".encode("utf-16"),
        refused=(said(f"dit is een webpagina (html of xml), geen csv. {AS_CSV}"),),
    ),
    Case("pdf", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", refused=(said(f"dit is een pdf, geen csv. {AS_CSV}"),)),
    Case("xlsx", zipped, refused=(said(f"dit is een zip of een spreadsheet (xlsx, ods), geen csv. {AS_CSV}"),)),
    Case(
        "xls of xlsx met wachtwoord",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
        refused=(said(f"dit is een oud Excel-bestand (xls) of een versleutelde spreadsheet, geen csv. {AS_CSV}"),),
    ),
    Case(
        "gzip",
        lambda: gzip.compress(SAMPLE.read_bytes()),
        refused=(said(f"dit is een gzip-bestand, geen csv. {AS_CSV}"),),
    ),
    Case(
        "parquet",
        lambda: b"PAR1" + bytes(100) + b"PAR1",
        refused=(said(f"dit is een Parquet-bestand, geen csv. {AS_CSV}"),),
    ),
    Case(
        "UTF-32",
        lambda: text().encode("utf-32"),
        refused=(said("het bestand staat in UTF-32. Bewaar het als csv in UTF-8."),),
    ),
    Case(
        "UTF-16 zonder BOM",
        lambda: text().encode("utf-16-le"),
        refused=(said("het bestand staat vol NUL-tekens. Het lijkt UTF-16 zonder BOM. Bewaar het als csv in UTF-8."),),
    ),
    Case(
        "UTF-16 halverwege afgebroken",
        lambda: text().encode("utf-16")[:-1],
        refused=(said(f"hier staan tekens die geen UTF-16 zijn. {AS_UTF8}", 391),),
    ),
    Case(
        "UTF-16 met een half surrogaat",
        lambda: codecs.BOM_UTF16_BE + text().encode("utf-16-be").replace("Emmen".encode("utf-16-be"), b"\xd8\x00" * 5),
        refused=(said(f"hier staan tekens die geen UTF-16 zijn. {AS_UTF8}", line_of("Emmen")),),
    ),
    Case(
        "UTF-8 met BOM maar cp1252 erin",
        lambda: codecs.BOM_UTF8 + text().encode("cp1252"),
        refused=(said(f"hier staan tekens die geen UTF-8 zijn. {AS_UTF8}", FRYSLAN),),
    ),
    Case(
        "twee coderingen door elkaar",
        mixed,
        refused=(
            said(
                "het bestand mengt twee coderingen: regel 392 is UTF-8 en regel 3 niet. "
                "Bewaar het hele bestand als csv in UTF-8.",
                3,
            ),
        ),
    ),
    Case(
        "byte die in geen codering bestaat",
        lambda: text().encode("cp1252").replace(b"Emmen,", b"Emm\x81en,"),
        refused=(said(f"hier staan tekens die geen cp1252 (Windows) zijn. {AS_UTF8}", line_of("Emmen")),),
    ),
    Case(
        "te groot",
        lambda: text() + "\n" * 5_000_000,
        refused=(
            said(
                "het bestand is 5025249 bytes groot; verwacht ten hoogste 5000000 bytes. "
                "Controleer of dit het juiste bestand is."
            ),
        ),
    ),
    Case(
        "een NUL-teken in een regel",
        with_nul,
        refused=(
            said(
                "gemeente 'Assen' (GM0106) van 2016 staat op geen enkele leesbare regel. "
                "Voeg de rij van deze gemeente toe of verbeter de regel waarop zij staat.",
                column="gemeente",
            ),
            said("deze regel bevat een NUL-teken; de regel is beschadigd. Herstel deze regel in het bestand.", 3),
        ),
    ),
    Case("zoals het is", text),
    Case("UTF-8 met BOM", lambda: codecs.BOM_UTF8 + text().encode()),
    Case(
        "UTF-16 LE met BOM",
        lambda: codecs.BOM_UTF16_LE + text().encode("utf-16-le"),
        said=(said("het bestand is gelezen als UTF-16."),),
    ),
    Case(
        "UTF-16 BE met BOM",
        lambda: codecs.BOM_UTF16_BE + text().encode("utf-16-be"),
        said=(said("het bestand is gelezen als UTF-16."),),
    ),
    Case("cp1252", lambda: text().encode("cp1252"), said=(said("het bestand is gelezen als cp1252."),)),
    Case("losse accenten (NFD)", lambda: unicodedata.normalize("NFD", text())),
    Case("CRLF", lambda: as_csv(clean_rows(), newline="\r\n")),
    Case("alleen CR", lambda: as_csv(clean_rows(), newline="\r")),
    Case("drie soorten regeleinden", with_line_ends),
    Case("zonder laatste regeleinde", lambda: text().rstrip("\n")),
    Case("puntkomma", lambda: as_csv(clean_rows(), delimiter=";")),
    Case("tab", lambda: as_csv(clean_rows(), delimiter="\t")),
    Case("verticale streep", lambda: as_csv(clean_rows(), delimiter="|")),
    Case("alles tussen aanhalingstekens", lambda: as_csv(clean_rows(), quote_all=True)),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bytes(case: Case, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    case.check(con, tmp_path)
