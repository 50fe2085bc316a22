"""Faults of the machine are told from those of a delivery and of the program, and end in a line, not in a traceback."""

import errno
import os
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipeline.cli import main
from pipeline.core.faults import machine_fault
from pipeline.core.house import package_path


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "x", "/srv/a"), "de schijf is vol (/srv/a); maak ruimte"),
        (OSError(errno.EROFS, "x", "/srv/a"), "hier kan alleen worden gelezen (/srv/a)"),
        (PermissionError(errno.EACCES, "x"), "de toegang is geweigerd; zorg"),
        (sqlite3.OperationalError("disk I/O error"), "de schijf is vol of geeft een fout"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "hier kan alleen worden gelezen"),
        (duckdb.IOException("IO Error: Could not write file: No space left on device"), "de schijf is vol"),
        (duckdb.IOException("IO Error: Could not read enough bytes from file"), "een databasebestand is beschadigd"),
    ],
)
def test_faults_of_the_machine(error: Exception, said: str) -> None:
    found = machine_fault(error)
    assert found is not None and found.startswith(said)


@pytest.mark.parametrize(
    "error",
    [ValueError("No space left on device"), FileNotFoundError(errno.ENOENT, "x"), duckdb.ParserException("Permission")],
)
def test_other_errors_are_none(error: Exception) -> None:
    assert machine_fault(error) is None


def test_the_cause_of_a_cause_counts() -> None:
    try:
        try:
            raise OSError(errno.ENOSPC, "x")
        except OSError as inner:
            raise RuntimeError("step") from inner
    except RuntimeError as outer:
        found = machine_fault(outer)
    assert found is not None and "schijf is vol" in found


def _report(output: Path) -> list[str]:
    delivery = package_path("sample", "leveringen", "2016-I")
    return ["rapport", "2016-I", "--levering", str(delivery), "--output", str(output)]


def test_a_damaged_warehouse_ends_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "2016-I" / "warehouse.duckdb"
    place.parent.mkdir()
    place.write_text("geen database", encoding="utf-8")
    assert main(_report(tmp_path)) == 2
    assert "verwijder dit bestand en start opnieuw" in capsys.readouterr().err.splitlines()[-1]
    assert place.read_text(encoding="utf-8") == "geen database"


def test_a_warehouse_in_use_ends_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second run of a half-year waits and then says why it stops."""
    settings = tmp_path / "voortgang.toml"
    settings.write_text("wachttijd = 0.5", encoding="utf-8")
    monkeypatch.setenv("VOORTGANG_CONFIG", str(settings))
    place = tmp_path / "2016-I" / "warehouse.duckdb"
    place.parent.mkdir()
    hold = "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == b"open\n"
        assert main(_report(tmp_path)) == 2
        other.kill()
    assert f"een andere run (proces {other.pid}) werkt al aan 2016-I" in capsys.readouterr().err.splitlines()[-1]


def test_a_report_that_may_not_be_written_ends_in_a_line(tmp_path: Path) -> None:
    """No file may pass 200 kB: the first database of the run does not fit."""

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", *_report(tmp_path / "output")],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        preexec_fn=limited,
    )
    assert done.returncode == 2, done.stderr
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("voortgang: ") and "Eerdere edities zijn niet veranderd" in last
    assert not list((tmp_path / "output").glob("2016-I/edities/[0-9]*"))
