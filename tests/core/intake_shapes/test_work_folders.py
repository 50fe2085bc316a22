"""Folders that a killed process left behind go at the next start; those of a living one stay."""

import signal
import subprocess
import sys
import zipfile
from pathlib import Path

from pipeline.core.intake.sources import open_source
from pipeline.core.intake.workfolders import work_folder

HOLD = """
import sys, time
from pathlib import Path
from pipeline.core.intake.sources import open_source
with open_source(sys.argv[1], werkmap=Path(sys.argv[2])) as source:
    print(source.map, flush=True)
    time.sleep(60)
"""


def packed(folder: Path) -> Path:
    path = folder / "levering.zip"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("coa/a.csv", b"V9990000001")
    return path


def holding(path: Path, work: Path) -> tuple[subprocess.Popen[str], Path]:
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(path), str(work)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_what_a_killed_process_left_is_removed_and_what_a_living_one_holds_stays(tmp_path: Path) -> None:
    path, work = packed(tmp_path), tmp_path / "werk"
    work.mkdir()
    killed, left = holding(path, work)
    living, held = holding(path, work)
    try:
        assert left != held and (left / "coa" / "a.csv").is_file()
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        assert left.is_dir()
        with open_source(str(path), werkmap=work) as source:
            assert source.map not in (left, held)
            assert not left.parent.exists()
            assert (held / "coa" / "a.csv").is_file()
    finally:
        for process in (killed, living):
            process.kill()
            process.communicate()
    with work_folder(work):
        assert not held.parent.exists()
    assert list(work.iterdir()) == []


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elders"
    elsewhere.mkdir()
    (elsewhere / "a.csv").write_bytes(b"x")
    work = tmp_path / "werk"
    work.mkdir()
    (work / "voortgang-levering-verwijzing").symlink_to(elsewhere)
    (work / "voortgang-levering-bestand").write_bytes(b"x")
    (work / "andere-map").mkdir()
    with work_folder(work) as folder:
        assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name for path in work.iterdir()} == {
        "voortgang-levering-verwijzing",
        "voortgang-levering-bestand",
        "andere-map",
    }
    assert (elsewhere / "a.csv").is_file()
