"""Every open table and column is described, and the workbooks hold what the CSV files hold, without any formula."""

import csv
import io
import re
import zipfile
from datetime import date
from pathlib import Path

import frictionless
import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from pipeline.core.house import package_path
from pipeline.core.opendata import describe, write_open_data
from pipeline.core.periods import Periode
from pipeline.core.sqlfiles import load_models
from pipeline.core.workbooks import Blad, write_ods, write_xlsx
from tests.support import build_with_inputs, empty_warehouse

SHEETS = [
    Blad(
        "proef",
        ("tekst", "getal", "dag"),
        (
            ("=HYPERLINK(1)", 12, date(2016, 7, 1)),
            ("+31", 1.5, None),
            (None, -3, date(2016, 2, 29)),
            ("a<b&c", 0, None),
        ),
    )
]
VALUES = [
    ["=HYPERLINK(1)", 12.0, date(2016, 7, 1)],
    ["+31", 1.5, ""],
    ["", -3.0, date(2016, 2, 29)],
    ["a<b&c", 0.0, ""],
]


def test_every_column_of_every_open_table_is_described_and_nothing_else() -> None:
    used = {("kolommen", name) for name in ("tabel", "kolom", "omschrijving", "eenheid")}
    models = [model.name for model in load_models() if model.name.startswith("report.tabel_")]
    with empty_warehouse(Periode(2016, 1)) as con:
        for name in (*models, "report.cijfers", "report.definities"):
            build_with_inputs(con, name, set())
            table = name.removeprefix("report.").removeprefix("tabel_")
            for column, *_ in con.execute(f"describe {name}").fetchall():
                if (table, column) != ("cijfers", "definitie"):
                    used.add((table, column))
    for table, column in sorted(used):
        text, _ = describe(table, column)
        assert text[0].isupper() or text.startswith("NL"), (table, column)
    with package_path("opendata", "kolommen.csv").open(encoding="utf-8", newline="") as file:
        described = [(row["tabel"], row["kolom"]) for row in csv.DictReader(file)]
    assert len(described) == len(set(described))
    own = {pair for pair in described if pair[0] != "*"}
    assert own - used == set()
    needed = {column for table, column in used if (table, column) not in own}
    assert {column for table, column in described if table == "*"} == needed


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_workbook_holds_the_values(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"proef.{kind}"
    (write_xlsx if kind == "xlsx" else write_ods)(path, SHEETS, "Proef", date(2016, 9, 29))
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("proef").to_python()
    assert rows == [["tekst", "getal", "dag"], *VALUES]


def test_a_text_is_never_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "proef.xlsx"
    write_xlsx(path, SHEETS, "Proef", date(2016, 9, 29))
    sheet = openpyxl.load_workbook(path)["proef"]
    assert [cell.data_type for cell in sheet["A"]] == ["s", "s", "s", "n", "s"]
    assert b"<f>" not in zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")
    write_ods(tmp_path / "proef.ods", SHEETS, "Proef", date(2016, 9, 29))
    assert b"table:formula" not in zipfile.ZipFile(tmp_path / "proef.ods").read("content.xml")


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_same_content_same_bytes(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the clock says: no day but that of the letter stands in the file."""
    write = write_xlsx if kind == "xlsx" else write_ods
    for name in ("een", "twee"):
        write(tmp_path / name, SHEETS, "Proef", date(2016, 9, 29))
    assert (tmp_path / "een").read_bytes() == (tmp_path / "twee").read_bytes()
    with zipfile.ZipFile(io.BytesIO((tmp_path / "een").read_bytes())) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(1980, 1, 1)}
        texts = b"".join(archive.read(name) for name in archive.namelist())
    assert re.findall(rb"20\d\d-\d\d-\d\dT", texts) == [b"2016-09-29T"] * 2


def test_the_package_of_a_small_edition(tmp_path: Path) -> None:
    (tmp_path / "tabellen").mkdir()
    with empty_warehouse(Periode(2016, 1)) as con:
        con.execute(
            "create table report.cijfers as select 'a.b' as cijfer_id, 'NL' as gebied, 1.5::decimal(18, 4) as waarde, "
            "'personen' as eenheid, 'x' as definitie, 'report.x' as model"
        )
        con.execute("create table report.tabel_nareis as select '2016-I' as halfjaar, 3::bigint as toegelaten")
        con.execute(f"copy (select * exclude (definitie) from report.cijfers) to '{tmp_path}/cijfers.csv' (header)")
        con.execute(f"copy report.tabel_nareis to '{tmp_path}/tabellen/nareis.csv' (header)")
        write_open_data(con, tmp_path, "Proef 2016-I", date(2016, 7, 1), date(2016, 9, 29), 3)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    assert [task.name for task in report.tasks] == ["cijfers", "nareis", "kolommen"]
    (tmp_path / "tabellen" / "nareis.csv").write_text("halfjaar,toegelaten\n2016-I,drie\n")
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid
