"""Bytes: the same everywhere, numbers from the own range only, schaal, and what is refused."""

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pipeline.core.errors import GebruiksFout
from pipeline.core.periods import Periode
from pipeline.sample.generator import make_sample
from tests.core.sample.conftest import Maker
from tests.core.sample.delivery import Names, cells, coa, funnel, ind, municipal_lines, overview

_MAKE = """
import sys
from pathlib import Path
from pipeline.core.periods import Periode
from pipeline.sample.generator import make_sample
make_sample(Periode.parse(sys.argv[1]), Path(sys.argv[2]))
"""


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(
    ("periode", "seed", "zone", "language"),
    [("2016-I", "0", "Asia/Tokyo", "C"), ("2018-I", "4242", "America/Lima", "nl_NL.UTF-8")],
)
def test_bytes_do_not_depend_on_the_circumstances(
    made: Maker, tmp_path: Path, periode: str, seed: str, zone: str, language: str
) -> None:
    folder, _ = made(periode)
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LANG": language, "LC_ALL": language}
    other = tmp_path / "elders" / "dieper"
    subprocess.run([sys.executable, "-c", _MAKE, periode, str(other)], check=True, env=environment)
    assert _hashes(other) == _hashes(folder)


def _numbers(folder: Path) -> list[bytes]:
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes().replace(b"\0", b"")
            found += re.findall(rb"V\d{7,}", data)
    return found


@pytest.mark.parametrize("periode", ["2016-I", "2019-I"])
def test_no_v_number_outside_the_own_range(made: Maker, periode: str) -> None:
    folder, summary = made(periode)
    found = _numbers(folder)
    assert len(found) > summary.koppelingen
    assert all(number.startswith(b"V999") and len(number) in (10, 11) for number in found)
    short = summary.afwijkingen
    assert sum(len(number) == 10 for number in found) == next(
        count for kind, count in short.items() if kind.sleutel == "te_kort_v_nummer"
    )


def test_deliveries_of_different_half_years_share_no_number(made: Maker) -> None:
    assert not set(_numbers(made("2018-I")[0])) & set(_numbers(made("2019-I")[0]))


def test_schaal_multiplies_persons_table_and_differences(made: Maker, names: Names, tmp_path: Path) -> None:
    _, one = made("2019-I")
    folder = tmp_path / "drie"
    three = make_sample(Periode(2019, 1), folder, schaal=3)
    assert (three.personen, three.opvang, three.overdue) == (3 * one.personen, 3 * one.opvang, 3 * one.overdue)
    assert three.afwijkingen == {kind: 3 * count for kind, count in one.afwijkingen.items()}
    for name in ("personen", "koppelingen", "afmeldingen"):
        keys = [next(iter(row.values())) for row in coa(folder, name)]
        assert len(keys) == len(set(keys))
    assert funnel(folder, Periode(2019, 1).eind).total() == three.opvang
    counted = cells(folder, Periode(2019, 1), names)
    table = overview(folder, Periode(2019, 1), names)
    assert all(counted[code, month] == row[3 + month] for code, row in table.items() for month in range(6))
    assert sum(row[1] for row in table.values()) > 17_000
    lines = [line.v_nummer for lines in municipal_lines(folder).values() for line in lines]
    assert len(lines) == three.gemeenteregels == 3 * one.gemeenteregels
    announced = [row for row in ind(folder, "rijk/taakstelling") if row["periode"] == "2019-I"]
    assert announced[-1]["aantal"] == "18000"
    assert "3 keer opgenomen" in (folder / "LEESMIJ.md").read_text(encoding="utf-8")


def test_announcements_known_at_the_letter_and_made_up_ones(made: Maker) -> None:
    rows = ind(made("2016-I")[0], "rijk/taakstelling")
    assert [(row["periode"], row["aantal"]) for row in rows[-3:]] == [
        ("2016-I", "20000"), ("2016-II", "23000"), ("2017-I", "13000"),
    ]  # fmt: skip
    assert all(row["bekend_op"] <= "2016-09-29" for row in rows)
    folder, _ = made("2016-I", variant=True)
    rows = ind(folder, "rijk/taakstelling")
    assert [(row["periode"], row["aantal"]) for row in rows[-2:]] == [("2016-II", "24000"), ("2017-I", "27000")]
    assert all("verzonnen" in row["bron"] for row in rows[-2:])
    assert "verzonnen taakstelling" in (folder / "LEESMIJ.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("periode", "wishes", "message"),
    [
        ("2020-I", {}, "2020-I"),
        ("2015-II", {}, "2016-I tot en met 2019-II"),
        ("2016-I", {"schaal": 0}, "schaal 0"),
        ("2016-I", {"schaal": 101}, "1 tot en met 100"),
        ("2016-I", {"opvang": 10_000, "overdue": 9_000}, "9000 van 10000"),
        ("2016-I", {"opvang": 300}, "300 personen is te klein"),
        ("2016-I", {"opvang": 31_000}, "31000 personen in de opvang is te veel"),
    ],
)
def test_what_cannot_be_made_is_refused_in_dutch(
    tmp_path: Path, periode: str, wishes: dict[str, int], message: str
) -> None:
    with pytest.raises(GebruiksFout, match=message):
        make_sample(Periode.parse(periode), tmp_path / "nieuw", **wishes)  # type: ignore[arg-type]
    assert not (tmp_path / "nieuw").exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "van-iemand.txt").write_text("bewaren", encoding="utf-8")
    with pytest.raises(GebruiksFout, match="geen lege map"):
        make_sample(Periode(2016, 1), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["van-iemand.txt"]


def test_workbooks_carry_no_clock_and_no_machine(made: Maker) -> None:
    books = [path for path in (made("2016-I")[0] / "gemeenten").iterdir() if path.suffix in (".xlsx", ".ods")]
    for path in books:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                assert info.date_time == (1980, 1, 1, 0, 0, 0)
                assert (info.create_system, info.compress_type) == (3, zipfile.ZIP_STORED)


def test_workbooks_open_in_the_usual_library(made: Maker) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    seen = {"merged": 0, "dates": 0, "numbers": 0, "texts": 0, "sheets": 0}
    for path in sorted((made("2016-I")[0] / "gemeenten").glob("*.xlsx")):
        book = openpyxl.load_workbook(path)
        seen["sheets"] += len(book.sheetnames) > 1
        sheet = book[book.sheetnames[-1]]
        seen["merged"] += len(sheet.merged_cells.ranges) == 2
        rows = list(sheet.iter_rows())
        head = next(index for index, row in enumerate(rows) if "BRP" in "".join(str(cell.value) for cell in row))
        place = 1 if rows[head][0].value != "Nr." else 2
        cell = rows[head + 1][place]
        seen["dates"] += cell.is_date
        seen["numbers"] += cell.data_type == "n" and not cell.is_date
        seen["texts"] += cell.data_type == "s"
    assert min(seen.values()) >= 10
