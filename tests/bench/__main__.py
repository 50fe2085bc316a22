"""`make bench`: the whole run beside bare WeasyPrint on the same HTML, and where the time goes; then intake.py
and tables.py.

A is `voortgang rapport 2016-I` as an analyst runs it: a fresh process, checks, register, frozen sources, manifest,
Dagster's events. B is a fresh process that only imports WeasyPrint and writes the same HTML with the same pictures as a
plain PDF; C the same with the variant and tags that the report has. Times are seconds of wall clock.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from pipeline.core.document.meta import DocumentMeta
from pipeline.core.document.render import WarehouseTabellen, build_document
from pipeline.core.figures import Register
from pipeline.core.house import house_path, package_path
from pipeline.core.periods import Periode
from pipeline.core.warehouse import open_warehouse
from tests.bench import intake, tables

ROUNDS = 5
# The real overview alone: persons would add their intake to A and nothing to the HTML.
OVERVIEW = package_path("sample", "leveringen", "2016-I")
BARE = """
import sys
from weasyprint import HTML
HTML(filename=sys.argv[1], base_url=sys.argv[3]).write_pdf(sys.argv[2], **({"pdf_variant": sys.argv[4]} if len(sys.argv)
> 4 else {}))
"""


def _seconds(command: list[str], *, accept: tuple[int, ...] = (0,)) -> tuple[float, str]:
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    seconds = time.perf_counter() - started
    if done.returncode not in accept:
        raise SystemExit(f"{command[0]} failed with {done.returncode}: {done.stderr[-2000:]}")
    return seconds, done.stdout


def _report(output: Path) -> tuple[float, dict[str, float]]:
    command = [
        str(Path(sys.executable).with_name("voortgang")),
        "rapport",
        "2016-I",
        "--json",
        "--levering",
        str(OVERVIEW),
        "--output",
        str(output),
    ]
    seconds, text = _seconds(command, accept=(0, 1))
    return seconds, json.loads(text)["seconden"]


def _html(output: Path, folder: Path) -> Path:
    """The HTML of the report, and its pictures, as the run makes them."""
    meta = DocumentMeta(
        periode=Periode(2016, 1), peildatum=date(2016, 7, 1), briefdatum=date(2016, 9, 29), editie=1, concept=True,
        voorbeeld=False, versie="bench", commit=None, code_sha256="0" * 64,
    )  # fmt: skip
    with open_warehouse(output / "2016-I" / "warehouse.duckdb") as con:
        html = build_document(Register.from_connection(con), WarehouseTabellen(con), meta, folder)
    shutil.copytree(house_path("report_templates") / "voortgangsrapportage", folder, dirs_exist_ok=True)
    path = folder / "rapport.html"
    path.write_text(html, encoding="utf-8")
    return path


def _bare(html: Path, variant: str | None) -> float:
    target = html.with_suffix(".pdf")
    command = [
        sys.executable,
        "-c",
        BARE,
        str(html),
        str(target),
        html.parent.as_uri() + "/",
        *([variant] if variant else []),
    ]
    return _seconds(command)[0]


def main() -> None:
    """Alternate A, B and C, print medians and ratios as a Markdown table."""
    with tempfile.TemporaryDirectory() as scratch:
        output, folder = Path(scratch) / "output", Path(scratch) / "html"
        folder.mkdir()
        _report(output)
        html = _html(output, folder)
        runs: dict[str, list[float]] = {"A": [], "B": [], "C": []}
        parts: list[dict[str, float]] = []
        for _ in range(ROUNDS):
            seconds, laps = _report(output)
            runs["A"].append(seconds)
            parts.append(laps)
            runs["B"].append(_bare(html, None))
            runs["C"].append(_bare(html, "pdf/a-3a"))
    median = {name: statistics.median(values) for name, values in runs.items()}
    print(f"\n| what | median of {ROUNDS}, s | A is this many times |\n|---|---|---|")
    for name, what in (
        ("A", "voortgang rapport 2016-I"),
        ("B", "bare WeasyPrint, plain PDF"),
        ("C", "bare WeasyPrint, PDF/A-3a with tags"),
    ):
        print(f"| {name}: {what} | {median[name]:.2f} | {median['A'] / median[name]:.2f} |")
    print("\n| part of A | median, s |\n|---|---|")
    inner = {name: statistics.median(lap[name] for lap in parts) for name in parts[0]}
    for name, seconds in inner.items():
        indent = "" if name.startswith("stap") else "&nbsp;&nbsp;of which "
        print(f"| {indent}{name} | {seconds:.2f} |")
    steps = sum(seconds for name, seconds in inner.items() if name.startswith("stap"))
    print(f"| start of Python, imports, Dagster's instance and events between steps | {median['A'] - steps:.2f} |")


if __name__ == "__main__":
    main()
    intake.measure_municipal()
    intake.measure_large(intake.ROWS)
    tables.measure()
