"""Killed at any moment (-9), the making of an edition leaves all of it or nothing, and the published one untouched."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.core.earlier import published_edition
from pipeline.core.edition_store import edition_folder, edition_numbers, manifest_of
from pipeline.core.house import package_path
from pipeline.core.manifest import output_hashes
from pipeline.core.periods import Periode
from pipeline.core.publication import publish_edition
from pipeline.core.verification import compare_files

DELIVERY = package_path("sample", "leveringen", "2016-I")
PERIODE = Periode(2016, 1)
# Each takes some ten seconds; VOORTGANG_MOMENTEN asks for more of them.
MOMENTS = int(os.environ.get("VOORTGANG_MOMENTEN", "8"))
ACCEPTED = {"taakstelling_aangekondigd": "de twee ontbrekende plaatsen zijn bekend"}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder with edition 1, and edition 2 published from it."""
    folder = tmp_path_factory.mktemp("output")
    publish(folder, new_edition(folder))
    return folder


def new_edition(output: Path) -> int:
    """Make an edition; it is compared with the published one of now, and can be published as long as that counts."""
    assert main(["rapport", "2016-I", "--levering", str(DELIVERY), "--output", str(output), "--opnieuw"]) == 1
    return max(edition_numbers(output, PERIODE))


def publish(output: Path, nummer: int) -> None:
    publish_edition(output, PERIODE, nummer, reden="proef", wie="proef", aanvaard=ACCEPTED)


_PROGRAM = """
import sys
from pathlib import Path
import pipeline.core.document.letter, pipeline.core.document.render, page, docxtpl, weasyprint
from tests.editions.test_killed import publish
print("klaar", flush=True)
sys.stdin.readline()
publish(Path(sys.argv[1]), int(sys.argv[2]))
"""


def publish_in_child(output: Path, nummer: int) -> "subprocess.Popen[str]":
    """A process that publishes from now on: its modules are loaded already."""
    child = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, str(output), str(nummer)],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin is not None and child.stdout is not None
    assert child.stdout.readline() == "klaar\n"
    child.stdin.write("nu\n")
    child.stdin.flush()
    return child


def test_killed_at_any_moment(output: Path) -> None:
    with publish_in_child(output, new_edition(output)) as child:
        started = time.monotonic()
        assert child.wait(timeout=120) == 0
        whole = time.monotonic() - started
    dice = random.Random(2016)
    killed = 0
    source = new_edition(output)
    # Parts of the time that it takes: at random, then around the end, then early ones until enough were killed.
    parts = [*(dice.random() for _ in range(MOMENTS - 4)), 0.9, 0.95, 1, 1.05]
    while parts or killed < MOMENTS - 4:
        moment = whole * (parts.pop(0) if parts else dice.uniform(0, 0.5))
        counts = published_edition(output, PERIODE)
        assert counts is not None
        before = output_hashes(counts)
        numbers = edition_numbers(output, PERIODE)
        with publish_in_child(output, source) as child:
            time.sleep(moment)
            child.kill()
            late = child.wait(timeout=120) == 0
        killed += not late
        if late:
            # The machine has become quieter since the whole was measured.
            whole = min(whole, moment)
        assert output_hashes(counts) == before
        for nummer in edition_numbers(output, PERIODE):
            found = compare_files(output, PERIODE, nummer, manifest_of(edition_folder(output, PERIODE, nummer)))
            assert [str(one) for one in found if one.hard] == []
        assert len(edition_numbers(output, PERIODE)) - len(numbers) in (0, 1)
        if published_edition(output, PERIODE) != counts:
            source = new_edition(output)
    assert killed >= MOMENTS - 4
    publish(output, source)
    assert not list((output / str(PERIODE)).rglob(".bezig-*"))
