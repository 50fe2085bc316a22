"""What a deliverer's computer leaves among the files: never read as data, never lost in silence."""

import zipfile
from pathlib import Path

import duckdb
import pytest

from pipeline.core.intake.findings import Ernst
from pipeline.core.intake.litter import is_litter
from pipeline.core.intake.takein import take_in
from tests.hostile.contractcases import clean_delivery
from tests.hostile.support import HALF, lay, read

SYSTEM = "dit is een bestand van het systeem van de leverancier en is overgeslagen."
OPEN = (
    "dit is het slot van een spreadsheet die nog open stond ('{}') en is overgeslagen. "
    "Vraag de leverancier of alles was bewaard, en verwijder dit bestand."
)
LITTER = {
    ".DS_Store": SYSTEM,
    "__MACOSX/gemeenten/._GM0106.csv": SYSTEM,
    "gemeenten/.DS_Store": SYSTEM,
    "gemeenten/.~lock.GM0106.ods#": OPEN.format("GM0106.ods"),
    "gemeenten/._GM0106.csv": SYSTEM,
    "gemeenten/Thumbs.db": SYSTEM,
    "gemeenten/__MACOSX/x.csv": SYSTEM,
    "gemeenten/desktop.ini": SYSTEM,
    "gemeenten/~$GM0106.xlsx": OPEN.format("GM0106.xlsx"),
}


def littered(folder: Path) -> Path:
    for name in LITTER:
        lay(folder, b"\0\1", name)
    return folder


def clean_words(con: duckdb.DuckDBPyConnection, folder: Path) -> tuple[str, ...]:
    outcome = read(con, clean_delivery(folder))
    assert outcome.refused == ()
    return outcome.said


def test_in_a_folder(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    before = clean_words(con, tmp_path / "schoon")
    outcome = read(con, littered(clean_delivery(tmp_path / "vuil")))
    assert outcome.refused == ()
    assert outcome.said == (*before, *(f"{name}: {text}" for name, text in sorted(LITTER.items())))
    assert outcome.result is not None
    assert [finding.bestand for finding in outcome.result.waarschuwingen if "slot" in finding.controle] == [
        "gemeenten/.~lock.GM0106.ods#",
        "gemeenten/~$GM0106.xlsx",
    ]


def test_in_a_zip_the_same(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    before = clean_words(con, tmp_path / "schoon")
    folder = littered(clean_delivery(tmp_path / "vuil"))
    packed = tmp_path / "levering.zip"
    with zipfile.ZipFile(packed, "w") as target:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            target.write(path, path.relative_to(folder).as_posix())
    result = take_in(con, str(packed), HALF, tmp_path / "output", HALF.eind)
    said = {finding.zin for finding in result.bevindingen}
    assert said == {*before, *(f"{name}: {text}" for name, text in LITTER.items())}
    kept = con.execute("select bestand from levering.afkeur where controle like '%overgeslagen'").fetchall()
    assert {name for (name,) in kept} == set(LITTER)


@pytest.mark.parametrize("name", ["gemeenten/GM0106.csv", "gemeenten/lock.ods", "coa/desktop.ini.csv", "x__MACOSX/a"])
def test_what_is_none(name: str) -> None:
    assert not is_litter(name)


def test_what_stands_in_a_folder_named_as_litter_is_not_lost(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    folder = clean_delivery(tmp_path)
    lay(folder, b"x", "brieven/._oud/GM0114.csv")
    outcome = read(con, folder)
    said = (*outcome.refused, *outcome.said)
    assert any(line.startswith("brieven/._oud/GM0114.csv: dit bestand hoort bij geen enkel extract") for line in said)


def test_a_lock_is_a_warning_and_the_rest_a_remark(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    read(con, littered(clean_delivery(tmp_path)))
    found = con.execute("select distinct controle, ernst from levering.afkeur where controle like '%overgeslagen'")
    assert set(found.fetchall()) == {
        ("systeembestand overgeslagen", Ernst.OPMERKING),
        ("slot overgeslagen", Ernst.WAARSCHUWING),
    }
