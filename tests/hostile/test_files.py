"""Deliveries whose files are wrong or strange: missing, double, unreadable, unknown, in disguise."""

import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline.core.intake.intake import read_levering
from pipeline.core.periods import Periode
from tests.hostile.support import HALF, NAME, SAMPLE, clean_table, lay, read, said

NOBODY = 65534
PUT_HERE = "Zet het overzicht op deze plaats, bijvoorbeeld als coa/overzicht_2016-07-01.csv."
READABLE = "Controleer of het er staat en of u het mag lezen."
ONE_FILE = "Zet het csv-bestand zelf op deze plaats."
CHECK_NAME = "Controleer de naam en de map, of verwijder het bestand."
UNKNOWN = f"dit bestand hoort bij geen enkel extract en is niet gelezen. {CHECK_NAME}"


@pytest.fixture
def overview(tmp_path: Path) -> Path:
    return lay(tmp_path, SAMPLE.read_bytes())


def test_no_folder(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    place = tmp_path / "2016-I"
    assert read(con, place).refused == (
        f"{place}: deze map met de levering bestaat niet. Noem de juiste map met --levering.",
    )


def test_a_file_for_a_folder(con: duckdb.DuckDBPyConnection, overview: Path) -> None:
    place = overview / NAME
    expected = f"{place}: dit is een bestand, geen map met een levering. Noem de juiste map met --levering."
    assert read(con, place).refused == (expected,)


def test_empty_folder(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    expected = (
        f"coa/overzicht_*.csv: dit bestand ontbreekt in de levering van 2016-I; de map is verder leeg. {PUT_HERE}"
    )
    assert read(con, tmp_path).refused == (expected,)


@pytest.mark.parametrize(
    "name",
    [
        "coa/overzicht.csv",
        "overzicht_2016-07-01.csv",
        "coa/oud/overzicht_2016-07-01.csv",
        "coa/overzicht_oud/2016.csv",
        "coa/overzicht_2016.xlsx",
    ],
)
def test_overview_in_another_place(name: str, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    lay(tmp_path, SAMPLE.read_bytes(), name)
    expected = f"coa/overzicht_*.csv: dit bestand ontbreekt in de levering van 2016-I; wel gevonden: {name}. {PUT_HERE}"
    assert read(con, tmp_path).refused == (expected,)


def test_two_overviews(con: duckdb.DuckDBPyConnection, overview: Path) -> None:
    lay(overview, SAMPLE.read_bytes(), "coa/overzicht_2016-07-08.csv")
    assert read(con, overview).refused == (
        "coa/overzicht_*.csv: van dit extract zijn er 2 bestanden "
        "(coa/overzicht_2016-07-01.csv en coa/overzicht_2016-07-08.csv), dus het is niet zeker welk geldt. "
        "Laat alleen het overzicht van 2016-I staan.",
    )


def test_a_folder_named_as_the_file(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir(parents=True)
    assert read(con, tmp_path).refused == (said(f"dit is een map, geen bestand. {ONE_FILE}"),)


def test_a_pipe_named_as_the_file(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (tmp_path / "coa").mkdir()
    os.mkfifo(tmp_path / NAME)
    assert read(con, tmp_path).refused == (
        said(f"dit is een bijzonder bestand van het systeem, geen bestand. {ONE_FILE}"),
    )


def test_a_link_to_nowhere(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (tmp_path / "coa").mkdir()
    (tmp_path / NAME).symlink_to(tmp_path / "weg.csv")
    assert read(con, tmp_path).refused == (said(f"het bestand kan niet worden gelezen: het bestaat niet. {READABLE}"),)


def test_a_link_to_the_file_is_the_file(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (tmp_path / "coa").mkdir()
    (tmp_path / NAME).symlink_to(SAMPLE)
    assert read(con, tmp_path).table == clean_table()


def test_a_link_to_a_folder(
    con: duckdb.DuckDBPyConnection, overview: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elders")
    (elsewhere / "GM0106.csv").write_text("x", encoding="utf-8")
    (overview / "gemeenten").symlink_to(elsewhere)
    assert read(con, overview).refused == (
        "gemeenten: dit is een verwijzing naar een andere map, en de bestanden daarin zijn niet gelezen. "
        "Zet de map zelf op deze plaats.",
    )


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A delivery in a folder that everybody may enter, read without the rights of root."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(stat.S_IRWXU | stat.S_IRGRP | stat.S_IXGRP | stat.S_IROTH | stat.S_IXOTH)
        lay(folder, SAMPLE.read_bytes())
        yield folder
        (folder / "coa").chmod(stat.S_IRWXU)


def read_without_rights(con: duckdb.DuckDBPyConnection, folder: Path) -> tuple[str, ...]:
    if os.geteuid() != 0:
        return read(con, folder).refused
    # What is imported late must be there before the rights are gone.
    read(con, folder / "nergens")
    os.seteuid(NOBODY)
    try:
        return read(con, folder).refused
    finally:
        os.seteuid(0)


def test_a_file_without_permission(con: duckdb.DuckDBPyConnection, as_nobody: Path) -> None:
    (as_nobody / NAME).chmod(0)
    expected = (said(f"het bestand kan niet worden gelezen: u hebt er geen recht op. {READABLE}"),)
    assert read_without_rights(con, as_nobody) == expected


def test_a_folder_without_permission(con: duckdb.DuckDBPyConnection, as_nobody: Path) -> None:
    (as_nobody / "coa").chmod(0)
    expected = ("coa: deze map kan niet worden gelezen: u hebt er geen recht op. Zorg dat u de map mag lezen.",)
    assert read_without_rights(con, as_nobody) == expected


def test_other_files_are_named_and_not_read(con: duckdb.DuckDBPyConnection, overview: Path) -> None:
    lay(overview, b"x", "HERKOMST.md")
    lay(overview, b"x", "brief.docx")
    lay(overview, b"\0\0", "brieven/GM0363.csv")
    outcome = read(con, overview)
    assert outcome.table == clean_table()
    assert outcome.said == (f"brief.docx: {UNKNOWN}", f"brieven/GM0363.csv: {UNKNOWN}")


def test_capitals_in_names_do_not_matter(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    outcome = read(con, lay(tmp_path, SAMPLE.read_bytes(), "COA/OVERZICHT_2016-07-01.CSV"))
    assert (outcome.table, outcome.said) == (clean_table(), ())


def test_another_day_in_the_name_is_a_warning(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    outcome = read(con, lay(tmp_path, SAMPLE.read_bytes(), "coa/overzicht_2017-01-01.csv"))
    assert outcome.table == clean_table()
    assert outcome.said == (
        "coa/overzicht_2017-01-01.csv: de bestandsnaam noemt 2017-01-01, maar 2016-I loopt tot 2016-07-01. "
        "De kolomkoppen gaan voor; controleer of dit het juiste bestand is.",
    )


def test_the_half_year_is_asked_of_the_delivery_not_of_the_clock(
    con: duckdb.DuckDBPyConnection, overview: Path
) -> None:
    assert len(read_levering(con, overview, HALF).bestanden) == 1
    assert read(con, overview, Periode(2015, 2)).refused[0].startswith(f"{NAME}, regel 1: dit bestand gaat over 2016-I")
