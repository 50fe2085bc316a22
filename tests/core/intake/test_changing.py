"""A delivery that somebody still writes to while it is read is refused: its hashes and its rows could be of two."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.core.intake import intake
from pipeline.core.intake.findings import LeveringGeweigerd
from pipeline.core.intake.intake import read_levering
from tests.core.intake.deliveries import HALF, delivery, lay, tables

PERSONS = "coa/personen.csv"


def _same_size_and_time(folder: Path) -> None:
    path = folder / PERSONS
    before, data = path.stat(), path.read_bytes()
    path.write_bytes(data.replace(b"Syrische", b"Eritrese"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _replaced(folder: Path) -> None:
    new = folder.parent / "nieuw.csv"
    new.write_bytes((folder / PERSONS).read_bytes())
    new.replace(folder / PERSONS)


@pytest.mark.parametrize(
    ("change", "file"),
    [
        (_same_size_and_time, PERSONS),
        (_replaced, PERSONS),
        (lambda folder: (folder / PERSONS).unlink(), PERSONS),
        (lambda folder: (folder / "coa" / "nieuw.csv").write_text("x", encoding="utf-8"), "coa/nieuw.csv"),
    ],
)
def test_a_change_while_it_is_read_refuses_the_delivery(
    con: duckdb.DuckDBPyConnection,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Path], object],
    file: str,
) -> None:
    folder, read, done = lay(tmp_path / "levering", delivery()), intake._read, list[str]()

    def meanwhile(con: Any, contract: Any, entries: Any, round_: Any) -> Any:
        found = read(con, contract, entries, round_)
        if contract.name == "coa_personen" and not done:
            done.append(contract.name)
            change(folder)
        return found

    monkeypatch.setattr(intake, "_read", meanwhile)
    with pytest.raises(LeveringGeweigerd) as refused:
        read_levering(con, folder, HALF)
    assert done
    (finding,) = (one for one in refused.value.bevindingen if one.controle == "veranderd tijdens het lezen")
    assert finding.bestand == file and "start opnieuw" in finding.herstel
    assert set(tables(con)) == {"herkomst", "afkeur"}


def test_read_alone_changes_nothing(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    folder = lay(tmp_path / "levering", delivery())
    assert read_levering(con, folder, HALF).rijen_behouden > 0
