"""The delivery of a demonstration: generated once beside the output, so that `make report` needs no data.

Belongs here: where it stands and when it is made anew. Not here: what is in it (generator.py).
"""

import hashlib
import os
import shutil
from functools import cache
from pathlib import Path

from pipeline.core.config import DEMONSTRATIE
from pipeline.core.house import package_path
from pipeline.core.periods import Periode
from pipeline.sample.generator import STANDAARD_ZAAD, make_sample

_FOLDER = ".voorbeeld"


def demonstration_delivery(output: Path, periode: Periode) -> Path:
    """Folder of the generated delivery of `periode` below `output`, made when it is not there.

    The name carries a hash of the generator, so that a change of it makes a new one.
    """
    folder = output / _FOLDER / f"{periode}-{_generator_hash()}"
    if not folder.is_dir():
        _make(folder, periode)
    return folder


def _make(folder: Path, periode: Periode) -> None:
    """Generate beside its place and rename: a killed run leaves no half delivery, two runs do not meet."""
    busy = folder.with_name(f".bezig-{folder.name}-{os.getpid()}")
    shutil.rmtree(busy, ignore_errors=True)
    try:
        make_sample(periode, busy, zaad=STANDAARD_ZAAD)
        try:
            busy.rename(folder)
        except OSError:
            if not folder.is_dir():
                raise
    finally:
        shutil.rmtree(busy, ignore_errors=True)


@cache
def _generator_hash() -> str:
    digest = hashlib.sha256()
    for path in sorted(package_path("sample").glob("*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    digest.update(
        package_path("sample", "leveringen", str(DEMONSTRATIE), "coa", "overzicht_2016-07-01.csv").read_bytes()
    )
    return digest.hexdigest()[:12]
