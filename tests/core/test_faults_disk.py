"""A disk that is full and one that can only be read: real ones, not errors made up.

Each run ends in a line with what to do, and what stood there stays as it was.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.core.house import package_path

DELIVERY = package_path("sample", "leveringen", "2016-I")


@contextmanager
def disk(place: Path, options: str) -> Iterator[Path]:
    """A small disk in memory; only root may make one."""
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("een schijf in het geheugen maken mag hier niet (daarvoor is root nodig)")
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


def run(output: Path) -> tuple[int, str]:
    """Exit code and last line of a report."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "rapport", "2016-I", "--levering", DELIVERY, "--output", output],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "MPLCONFIGDIR": "/tmp"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stderr.strip().splitlines()[-1]


def test_a_disk_that_fills_up_on_the_way(tmp_path: Path) -> None:
    with disk(tmp_path / "schijf", "size=16m") as output:
        mark = output / "blijft.txt"
        mark.write_text("oud", encoding="utf-8")
        code, line = run(output)
        assert code == 2 and "vol" in line and "maak ruimte" in line, line
        assert mark.read_text(encoding="utf-8") == "oud"
        assert not list(output.glob("2016-I/edities/[0-9]*"))


def test_a_disk_that_can_only_be_read(tmp_path: Path) -> None:
    with disk(tmp_path / "schijf", "size=1m") as output:
        subprocess.run(["mount", "-o", "remount,ro", output], check=True)
        code, line = run(output)
    assert code == 3 and "mag u niet schrijven; kies met --output een andere map" in line, line
