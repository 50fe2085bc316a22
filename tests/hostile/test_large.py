"""Files that are too large on purpose: refused in bounded memory. Made on the spot, sparse, never committed."""

import re
import resource
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.intake import preflight
from pipeline.core.intake.contracts import load_contract
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


def in_a_process(folder: Path) -> tuple[str, int]:
    """What reading the delivery says, and by how many bytes it makes a fresh process grow."""
    done = subprocess.run([sys.executable, "-c", LINE, str(folder)], capture_output=True, text=True, check=True)
    assert "Traceback" not in done.stderr
    return done.stdout, int(done.stderr.split("gegroeid ")[1]) * 1_048_576


def test_a_line_of_two_gigabytes_within_the_bound_of_its_extract(tmp_path: Path) -> None:
    lay(tmp_path, SAMPLE.read_bytes())
    lay(tmp_path, "gegenereerd = true\n", "voorbeeld.toml")
    sparse(tmp_path / "coa/koppelingen.csv", b"Koppeling;V-nummer\nK1;")
    said, grown = in_a_process(tmp_path)
    assert (
        "coa/koppelingen.csv, regel 2: deze regel is langer dan 32 MB, dus dit is geen tabel met een rij per regel. "
        "Controleer of dit het juiste bestand is.\n"
    ) in said
    assert grown < ROOM


@given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["\n", "\r\n", "\r"])), min_size=1), st.integers(1, 20))
@settings(max_examples=300, deadline=None)
def test_the_first_line_that_is_too_long_is_named(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[int, str]], chunk: int
) -> None:
    """Whatever the ends of lines are, and wherever the pieces begin in which the file is read."""
    text = "a" + "".join("x" * length + end for length, end in lines)
    path = tmp_path_factory.getbasetemp() / "regels.csv"
    path.write_bytes(text.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(preflight, "_LONGEST_LINE", 20)
        patch.setattr(preflight, "_CHUNK", chunk)
        seen = preflight.preflight(path, "regels.csv", load_contract("coa_koppelingen"))
    physical = re.split("\r\n|\n|\r", text)
    expected = next((number for number, line in enumerate(physical, start=1) if len(line) > 20), None)
    assert [finding.regel for finding in seen.findings] == ([] if expected is None else [expected])
    assert (seen.document is None) == (expected is not None)


def test_a_disguise_is_said_before_the_length_of_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "koppelingen.csv"
    sparse(path, b"%PDF-1.7")
    (finding,) = preflight.preflight(path, "koppelingen.csv", load_contract("coa_koppelingen")).findings
    assert finding.controle == "geen csv"


def test_a_line_of_twenty_megabytes_within_the_bound_of_its_extract(tmp_path: Path) -> None:
    """Not too large, and no table either: refused in a process of its own, so that its memory can be seen."""
    lay(tmp_path, SAMPLE.read_bytes())
    lay(tmp_path, "gegenereerd = true\n", "voorbeeld.toml")
    lay(tmp_path, b"x" * 20_000_000, "gemeenten/GM0106.csv")
    said, grown = in_a_process(tmp_path)
    assert "gemeenten/GM0106.csv: in de eerste 25 regels staan geen herkenbare kolomkoppen" in said
    assert grown < ROOM
