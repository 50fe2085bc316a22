"""Files that are too large on purpose: refused in bounded memory. Made on the spot, sparse, never committed."""

import resource
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.hostile.support import NAME, SAMPLE, lay, read

TWO_GB = 2 * 1024**3 + 1
ROOM = 300_000_000
LINE = """
import resource, sys
from pathlib import Path
import duckdb
from pipeline.core.intake.findings import LeveringGeweigerd
from pipeline.core.intake.intake import read_levering
from pipeline.core.periods import Periode
from pipeline.core.reference import load_reference

with duckdb.connect() as con:
    load_reference(con)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        read_levering(con, Path(sys.argv[1]), Periode(2016, 1))
    except LeveringGeweigerd as refusal:
        print("\\n".join(refusal.regels))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"gegroeid {grown // 1024}", file=sys.stderr)
"""


def sparse(path: Path, start: bytes) -> None:
    """A file of 2 GB and one byte of which only `start` is on the disk: one line, as far as a reader can see."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(start)
        file.truncate(TWO_GB)
    assert path.stat().st_blocks * 512 < 1_000_000


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


@pytest.mark.parametrize(
    "name",
    [
        NAME,
        "coa/personen.csv",
        "coa/afmeldingen.csv",
        "ind/vergunningen.csv",
        "gemeenten/GM0106.csv",
        "gemeenten/GM0106.xlsx",
    ],
)
def test_a_line_of_two_gigabytes(name: str, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    lay(tmp_path, SAMPLE.read_bytes())
    lay(tmp_path, "gegenereerd = true\n", "voorbeeld.toml")
    sparse(tmp_path / name, b"V-nummer;Datum")
    before = peak()
    lines = [line for line in read(con, tmp_path).refused if line.startswith(f"{name}: ")]
    # The number of bytes itself may be masked: it has as many digits as a V-number.
    assert len(lines) == 1
    assert " bytes groot; verwacht ten hoogste " in lines[0]
    assert lines[0].endswith(" bytes. Controleer of dit het juiste bestand is.")
    assert peak() - before < ROOM


def test_a_line_of_twenty_megabytes_within_the_bound_of_its_extract(tmp_path: Path) -> None:
    """Not too large, and no table either: refused in a process of its own, so that its memory can be seen."""
    lay(tmp_path, SAMPLE.read_bytes())
    lay(tmp_path, "gegenereerd = true\n", "voorbeeld.toml")
    lay(tmp_path, b"x" * 20_000_000, "gemeenten/GM0106.csv")
    done = subprocess.run([sys.executable, "-c", LINE, str(tmp_path)], capture_output=True, text=True, check=True)
    assert "gemeenten/GM0106.csv: in de eerste 25 regels staan geen herkenbare kolomkoppen" in done.stdout
    assert "Traceback" not in done.stderr
    assert int(done.stderr.split("gegroeid ")[1]) < ROOM // 1_000_000
