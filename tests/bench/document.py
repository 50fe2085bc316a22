"""Measures the whole run beside bare WeasyPrint on the same HTML, and tells where the time of the run goes.

Belongs here: the run as an analyst starts it, on the generated delivery with its persons and 370 municipal files. Not
here: intake alone (intake.py), the tables alone (tables.py). Run: `python -m tests.bench.document [rounds]`.

A is `voortgang rapport 2016-I` in a fresh process, on a delivery that is already there: intake, tables, checks,
register, frozen sources, report, factsheet, letter, page-validation, manifest, Dagster's events. B is a fresh process
that imports WeasyPrint and writes the HTML that A typeset, with the same pictures, variant, tags and attachments. C is
the same as a plain PDF. D is a fresh process that makes all tables with the same SQL in bare DuckDB, from the frozen
Parquet of what A took in: it reads no delivery. They alternate. Times are seconds of wall clock; where those of the
processor are well below,
the machine was busy with something else.
"""

import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from pipeline.core.document import render
from pipeline.core.document.meta import DocumentMeta
from pipeline.core.editions import make_edition
from pipeline.core.house import house_path
from pipeline.core.warehouse import open_warehouse
from tests.bench import tables
from tests.bench.results import Uitslag

ROUNDS = 5
BARE = """
import json, sys
from pathlib import Path
from weasyprint import HTML, Attachment
folder, variant = Path(sys.argv[1]), sys.argv[2]
options = {}
if variant:
    files = json.loads((folder / "bijlagen.json").read_text(encoding="utf-8"))
    options = {"pdf_variant": variant, "attachments": [
        Attachment(filename=folder / "bijlagen" / name, name=name, description=text, relationship=relation)
        for name, text, relation in files
    ]}
HTML(filename=folder / "rapport.html", base_url=folder.as_uri() + "/").write_pdf(folder / "uit.pdf", **options)
"""


@dataclass(frozen=True)
class Timing:
    """Seconds of one process: of the clock and of the processor."""

    wall: float
    processor: float
    said: str


class _Captured(Exception):
    """The HTML is on disk; the edition need not be made."""


def timed(command: Sequence[str | Path], accept: tuple[int, ...] = (0,)) -> Timing:
    """Seconds of a process and its own processes; SystemExit when it fails."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in accept:
        raise SystemExit(f"{command[0]} failed with {done.returncode}: {done.stderr[-2000:]}")
    return Timing(seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout)


def run_report(output: Path) -> Timing:
    """One report on the generated delivery, as an analyst starts it."""
    command: list[str | Path] = [
        Path(sys.executable).with_name("voortgang"),
        "rapport",
        "2016-I",
        "--opnieuw",
        "--json",
        "--output",
        output,
    ]
    return timed(command, accept=(0, 1))


def capture(output: Path, folder: Path) -> None:
    """The HTML that a run typesets, its pictures, style and attachments, all in `folder`."""

    def instead(
        html: str, assets: Path, _out: Path, _meta: DocumentMeta, attachments: Sequence[render.Bijlage]
    ) -> None:
        shutil.copytree(house_path("report_templates") / "voortgangsrapportage", folder)
        shutil.copytree(assets, folder, dirs_exist_ok=True)
        (folder / "rapport.html").write_text(html, encoding="utf-8")
        (folder / "bijlagen").mkdir()
        for file in attachments:
            (folder / "bijlagen" / file.naam).write_bytes(file.inhoud)
        told = [(file.naam, file.omschrijving, file.relatie) for file in attachments]
        (folder / "bijlagen.json").write_text(json.dumps(told), encoding="utf-8")
        raise _Captured

    try:
        with patch.object(render, "render_pdf", instead), open_warehouse(output / "2016-I" / "warehouse.duckdb") as con:
            make_edition(con, output)
    except _Captured:
        return
    raise SystemExit("the run did not typeset a report")


def measure(rounds: int = ROUNDS) -> list[Uitslag]:
    """Alternate A, B, C and D; print medians, ratios and the parts of A as Markdown tables."""
    runs: dict[str, list[Timing]] = {"A": [], "B": [], "C": [], "D": []}
    with tempfile.TemporaryDirectory() as scratch:
        output, folder = Path(scratch) / "output", Path(scratch) / "html"
        run_report(output)
        capture(output, folder)
        bare = Path(scratch) / "kaal"
        bare.mkdir()
        tables.take_in_sample(bare)
        tables.tile(bare, 1)
        for _ in range(rounds):
            runs["A"].append(run_report(output))
            runs["B"].append(timed([sys.executable, "-c", BARE, folder, "pdf/a-3a"]))
            runs["C"].append(timed([sys.executable, "-c", BARE, folder, ""]))
            runs["D"].append(timed([sys.executable, "-m", "tests.bench.compare", "--kind", "eigen_sql_alles", bare]))
    wall = {name: statistics.median(one.wall for one in timings) for name, timings in runs.items()}
    print(f"\n| what | median of {rounds}, s | processor, s | A is this many times |\n|---|---|---|---|")
    for name, what in (
        ("A", "voortgang rapport 2016-I, with persons"),
        ("B", "bare WeasyPrint, PDF/A-3a with tags and attachments"),
        ("C", "bare WeasyPrint, plain PDF"),
        ("D", "bare DuckDB, our own SQL, from Parquet"),
    ):
        processor = statistics.median(one.processor for one in runs[name])
        print(f"| {name}: {what} | {wall[name]:.2f} | {processor:.2f} | {wall['A'] / wall[name]:.2f} |")
    _print_parts([json.loads(one.said)["seconden"] for one in runs["A"]], wall["A"])
    both = [
        Timing(one.wall + other.wall, one.processor + other.processor, "")
        for one, other in zip(runs["B"], runs["D"], strict=True)
    ]
    beside = (
        ("bare DuckDB and bare WeasyPrint, PDF/A-3a", both, 1.5),
        ("bare WeasyPrint, PDF/A-3a", runs["B"], 1.6),
        ("bare WeasyPrint, plain PDF", runs["C"], None),
    )
    return [
        uitslag("whole run", "sample 2016-I", "voortgang rapport", what, runs["A"], theirs, doel)
        for what, theirs, doel in beside
    ]


def uitslag(
    meting: str,
    invoer: str,
    wij: str,
    ander: str,
    ours: Sequence[Timing],
    theirs: Sequence[Timing],
    doel: float | None = None,
) -> Uitslag:
    """A comparison of whole processes, by their medians."""
    processor = [statistics.median(one.processor for one in side) for side in (ours, theirs)]
    return Uitslag(
        meting=meting,
        invoer=invoer,
        wij=wij,
        ander=ander,
        seconden=statistics.median(one.wall for one in ours),
        seconden_ander=statistics.median(one.wall for one in theirs),
        processor=processor[0] / processor[1],
        geheugen_gb=None,
        geheugen_gb_ander=None,
        rondes=len(ours),
        doel=doel,
    )


def _print_parts(laps: list[dict[str, float]], whole: float) -> None:
    """Where the time of the run goes, largest first; the parts of the edition under it."""
    parts = {name: statistics.median(lap[name] for lap in laps) for name in laps[0]}
    steps = {name: seconds for name, seconds in parts.items() if name.startswith("stap")}
    print("\n| part of A | median, s | share |\n|---|---|---|")
    for name, seconds in sorted(steps.items(), key=lambda item: -item[1]):
        print(f"| {name.removeprefix('stap ')} | {seconds:.2f} | {100 * seconds / whole:.0f} % |")
        if name == "stap editie":
            for inner in sorted(parts.keys() - steps.keys(), key=lambda name: -parts[name]):
                print(f"| &nbsp;&nbsp;{inner} | {parts[inner]:.2f} | {100 * parts[inner] / whole:.0f} % |")
    rest = whole - sum(steps.values())
    print(f"| start, imports, Dagster's instance and events between steps | {rest:.2f} | {100 * rest / whole:.0f} % |")


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
