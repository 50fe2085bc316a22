"""Whole runs that several files ask about, made once for all workers of a session; each file takes a copy of its own.

Belongs here: making them and copying them. Not here: what must hold of them. The fixtures stand in conftest.py.
"""

import fcntl
import io
import os
import shutil
import stat
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.core import editions
from pipeline.core.document.meta import DocumentMeta
from pipeline.core.house import package_path
from tests.editions.signing import office, use

DELIVERY = package_path("sample", "leveringen", "2016-I")
"""The shipped delivery: the real overview and nothing of persons."""
ACCEPT = ["--accepteer", "taakstelling_aangekondigd=de twee ontbrekende plaatsen zijn bekend"]


@dataclass(frozen=True)
class Published:
    """An output folder with edition 1 of the shipped delivery and edition 2, published from it and signed; the folder
    of the key; what the publication printed.
    """

    output: Path
    office: Path
    said: str


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder `name` that all workers of this session see; whoever asks first makes it, the others wait for that.

    A making that failed is told to each that asks, and is not tried again.
    """
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    folder, failed = base / name, base / f"{name}.mislukt"
    with (base / f"{name}.slot").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if failed.is_file():
            pytest.fail(f"{name} is not made: {failed.read_text(encoding='utf-8')}")
        if not folder.is_dir():
            folder.mkdir(mode=0o700)
            failed.write_text("the worker that made it was killed", encoding="utf-8")
            try:
                make(folder)
            except BaseException:
                failed.write_text(traceback.format_exc(), encoding="utf-8")
                raise
            failed.unlink()
    return folder


def own_copy(output: Path, target: Path, *, writable: bool = False) -> Path:
    """A copy of an output folder, with the modes that it has or one that may be written in everywhere."""
    shutil.copytree(output, target, dirs_exist_ok=True)
    if writable:
        for path in (target, *target.rglob("*")):
            path.chmod(path.stat().st_mode | stat.S_IWUSR)
    return target


def make_overview(output: Path) -> None:
    """Edition 1 of the shipped delivery, by the command line."""
    assert main(["rapport", "2016-I", "--levering", str(DELIVERY), "--output", str(output), "--reden", "eerste"]) == 1


def make_published(overview: Path, place: Path) -> None:
    """What `Published` says, in three parts of a folder."""
    output = own_copy(overview, place / "output")
    office(place / "sleutels")
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said):
        use(patch, place / "sleutels")
        code = main(["publiceer", "2016-I", "1", "--reden", "naar de Kamer", *ACCEPT, "--output", str(output)])
    assert code == 0, said.getvalue()
    (place / "gezegd.txt").write_text(said.getvalue(), encoding="utf-8")


def published_in(place: Path) -> Published:
    """The parts of that folder."""
    return Published(place / "output", place / "sleutels", (place / "gezegd.txt").read_text(encoding="utf-8"))


@contextmanager
def documents_of(edition: Path, more: bytes = b"") -> Iterator[None]:
    """Whatever makes an edition takes the documents of this one and sets none anew, for tests that ask nothing of them;
    `more` is put behind each, so that they are others.
    """

    def take(_: object, meta: DocumentMeta, folder: Path) -> list[Path]:
        made = [folder / name for name in editions.documents(meta.periode)]
        for path in made:
            path.write_bytes((edition / path.name).read_bytes() + more)
        return [path for path in made if path.suffix == ".pdf"]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(editions, "_render", take)
        yield
