"""Killed at any moment (-9), the making of an edition leaves all of it or nothing, and the published one untouched."""

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import main
from pipeline.core.earlier import published_edition
from pipeline.core.edition_store import edition_folder, edition_numbers, manifest_of, remove, signed_folder
from pipeline.core.manifest import output_hashes
from pipeline.core.mark import Merk, read_mark
from pipeline.core.verification import compare_files
from tests.editions.killing import PERIODE
from tests.runs import DELIVERY, Published, documents_of, own_copy

# Some five seconds each; VOORTGANG_MOMENTEN asks for more of them.
MOMENTS = int(os.environ.get("VOORTGANG_MOMENTEN", "8"))
# In the making with its documents, some fifteen seconds each.
WHOLE_MOMENTS = max(1, MOMENTS // 8)


@pytest.fixture(scope="module")
def output(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder with edition 1, edition 2 published from it, and edition 3, which was compared with 2."""
    folder = own_copy(published.output, tmp_path_factory.mktemp("output"))
    with documents_of(edition_folder(folder, PERIODE, 1)):
        assert main(["rapport", "2016-I", "--levering", str(DELIVERY), "--output", str(folder), "--opnieuw"]) == 1
    assert edition_numbers(folder, PERIODE) == (1, 2, 3)
    return folder


def copied(output: Path, target: Path) -> Path:
    """A copy of that folder, without the warehouse: publishing does not need it."""
    shutil.copytree(output, target, ignore=shutil.ignore_patterns("*.duckdb"))
    return target


class Server:
    """A process that has all modules and publishes in a child of its own each time, which may be killed."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.editions.killing"],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._answer() == "klaar"

    def publish(self, output: Path, *, last: int = 0, whole: bool = False) -> int:
        """How many moments it took; -1 when it was killed at the moment `last`."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{'heel' if whole else 'kort'} {last} {output}\n")
        self._process.stdin.flush()
        first = int(self._answer())
        if first == -signal.SIGKILL:
            return -1
        assert self._answer() == "0"
        return first

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def close(self) -> None:
        self._process.communicate(timeout=120)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    found = Server()
    yield found
    found.close()


def judge(output: Path, before: Mapping[str, Any]) -> None:
    """Whatever happened: every edition is whole, the one that was published is as it was, what counts is known."""
    assert output_hashes(edition_folder(output, PERIODE, 2)) == before
    assert edition_numbers(output, PERIODE) in ((1, 2, 3), (1, 2, 3, 4))
    for nummer in edition_numbers(output, PERIODE):
        found = compare_files(output, PERIODE, nummer, manifest_of(edition_folder(output, PERIODE, nummer)))
        assert [str(one) for one in found if one.hard] == []
    mark = read_mark(output, PERIODE)
    counts = published_edition(output, PERIODE)
    assert counts is not None and mark.bezwaar == ""
    assert mark.editie == int(counts.name) in (2, 4)
    # Edition 2 was signed; this publication has no key.
    assert not signed_folder(output / str(PERIODE) / "edities" / "4").exists()


def finish(server: Server, output: Path) -> None:
    """Whoever comes after a killed run publishes, if that had not, and nothing of it is left."""
    if published_edition(output, PERIODE) == edition_folder(output, PERIODE, 2):
        server.publish(output)
    assert read_mark(output, PERIODE) == Merk(max(edition_numbers(output, PERIODE)))
    assert not list((output / str(PERIODE)).rglob(".bezig-*"))


def test_killed_at_any_moment(output: Path, server: Server, tmp_path: Path) -> None:
    """Half of the moments at random over the whole, the others over the end, where the edition gets its name."""
    before = output_hashes(edition_folder(output, PERIODE, 2))
    whole = server.publish(copied(output, tmp_path / "heel"))
    judge(tmp_path / "heel", before)
    dice = random.Random(2016)
    late = [whole, *(whole - dice.randrange(12) for _ in range(MOMENTS // 2 - 1))]
    early = [dice.randint(1, whole - 12) for _ in range(MOMENTS - len(late))]
    stages = set()
    for number, moment in enumerate((*early, *late)):
        place = copied(output, tmp_path / str(number))
        assert server.publish(place, last=moment) == -1
        judge(place, before)
        stages.add((len(edition_numbers(place, PERIODE)), read_mark(place, PERIODE).editie))
        if number % 4 == 2:
            finish(server, place)
        remove(place)
    # Before it had its name, and after that, whether it counted already or not.
    assert (3, 2) in stages and stages & {(4, 2), (4, 4)}


def test_killed_while_the_documents_are_set(output: Path, server: Server, tmp_path: Path) -> None:
    before = output_hashes(edition_folder(output, PERIODE, 2))
    whole = server.publish(copied(output, tmp_path / "heel"), whole=True)
    judge(tmp_path / "heel", before)
    dice = random.Random(2016)
    for number in range(WHOLE_MOMENTS):
        place = copied(output, tmp_path / str(number))
        assert server.publish(place, last=dice.randint(1, whole), whole=True) == -1
        judge(place, before)
        finish(server, place)
        remove(place)
