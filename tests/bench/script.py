"""Measures the whole run beside the script that an analyst would write over the same delivery (peers/analyst.py).

Belongs here: both as whole processes, alternating, without the document that both make; a ratio only where the tables
are equal. Not here: typesetting (typeset.py), many rows (compare.py). Run: `python -m tests.bench.script [rounds]`.

Of ours all counts but the step `document` (charts, HTML, typesetting of report, factsheet and letter), of the script
all but its HTML and PDF. The script makes six tables; ours all of them, with checks, register, frozen sources and
manifest.
The script typesets its tables in the first round alone.
"""

import json
import statistics
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import duckdb

from tests.bench.document import Timing, run_report, timed, uitslag
from tests.bench.peers.outputs import MODELS, Tabellen, compare, load, read_tables
from tests.bench.results import Uitslag

ROUNDS = 5
_REFERENCE = ("gemeenten", "aliassen", "inwoners", "arbeidsmarktregios", "herindelingen")


def prepare(output: Path, reference: Path) -> tuple[Path, Tabellen]:
    """Make one report; the delivery that it read and its tables. The reference data goes to `reference` as CSV."""
    run_report(output)
    reference.mkdir()
    with duckdb.connect(output / "2016-I" / "warehouse.duckdb", read_only=True) as con:
        for name in _REFERENCE:
            con.execute(f"copy referentie.{name} to '{reference / name}.csv' (header)")
        ours = read_tables(con, MODELS)
    (delivery,) = (path for path in (output / ".voorbeeld").iterdir() if path.is_dir())
    return delivery, ours


def _without(timing: Timing, seconds: float) -> Timing:
    # What is left out takes the processor for as long as it lasts: one core.
    return replace(timing, wall=timing.wall - seconds, processor=timing.processor - seconds)


def measure(rounds: int = ROUNDS) -> list[Uitslag]:
    """Alternate the run and the script; print where the seconds of the script go."""
    ours, theirs, parts = [], [], []
    with tempfile.TemporaryDirectory() as scratch:
        output, reference, out = (Path(scratch) / name for name in ("output", "referentie", "script"))
        delivery, tables = prepare(output, reference)
        out.mkdir()
        for number in range(rounds):
            run = run_report(output)
            ours.append(_without(run, json.loads(run.said)["seconden"]["document"]))
            command: list[str | Path] = [sys.executable, "-m", "tests.bench.peers.analyst", delivery, reference, out]
            script = timed([*command, *(["--zonder-pdf"] if number else [])])
            compare(tables, load(out / "tabellen.json"), "the script of an analyst")
            laps = json.loads(script.said)
            theirs.append(_without(script, laps["html"] + laps["zetten"]))
            parts.append(laps)
    print("\n| part of the script | seconds |\n|---|---|")
    for name in ("lezen", "tabellen", "html"):
        print(f"| {name} | {statistics.median(lap[name] for lap in parts):.2f} |")
    print(f"| zetten (once) | {parts[0]['zetten']:.2f} |")
    name = "pandas, openpyxl: the script of an analyst"
    return [uitslag("run without its document", "sample 2016-I", "voortgang rapport", name, ours, theirs, 1.0)]


if __name__ == "__main__":
    for one in measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS):
        print(f"\nours {one.seconden:.2f} s, script {one.seconden_ander:.2f} s: {one.verhouding:.2f}")
