"""Measures setting the report: bare WeasyPrint on its HTML beside Chromium's print of it and the same text in Typst.

Belongs here: typesetters as whole processes, alternating. Not here: the run (document.py). Run:
`python -m tests.bench.typeset [rounds]`. Chromium is left out with a line where it is not installed.

They do not make the same file: WeasyPrint the tagged PDF/A-3a with attachments of the edition before it is mended,
Chromium a tagged PDF without variant and attachments, Typst the text and tables without figures
(peers/typst_document.py). The number of pages says how near they come.
"""

import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pikepdf

from tests.bench.document import BARE, Timing, capture, run_report, timed, uitslag
from tests.bench.peers.typst_document import as_typst
from tests.bench.results import Uitslag

ROUNDS = 5
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
NAMES = {
    "weasyprint": "bare WeasyPrint, PDF/A-3a",
    "chromium": "Chromium's print, tagged PDF",
    "typst": "Typst, text and tables",
}


def _commands(folder: Path) -> dict[str, Sequence[str | Path]]:
    found: dict[str, Sequence[str | Path]] = {"weasyprint": [sys.executable, "-c", BARE, folder, "pdf/a-3a"]}
    chromium = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if chromium is None:
        print("Chromium is not installed here: its print is not measured.")
    else:
        found["chromium"] = [
            chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--export-tagged-pdf",
            f"--user-data-dir={folder / 'chromium'}", f"--print-to-pdf={folder / 'chromium.pdf'}",
            (folder / "rapport.html").as_uri(),
        ]  # fmt: skip
    found["typst"] = [
        sys.executable, "-m", "tests.bench.peers.typst_document", folder / "rapport.typ", folder / "typst.pdf",
    ]  # fmt: skip
    return found


def measure(rounds: int = ROUNDS) -> list[Uitslag]:
    """Alternate the typesetters on the HTML of one run; print their pages and sizes as a Markdown table."""
    with tempfile.TemporaryDirectory() as scratch:
        output, folder = Path(scratch) / "output", Path(scratch) / "html"
        run_report(output)
        capture(output, folder)
        (folder / "rapport.typ").write_text(
            as_typst((folder / "rapport.html").read_text(encoding="utf-8")), encoding="utf-8"
        )
        commands = _commands(folder)
        runs: dict[str, list[Timing]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                runs[name].append(timed(command))
        print("\n| typesetter | pages | kB |\n|---|---|---|")
        for name in runs:
            path = folder / ("uit.pdf" if name == "weasyprint" else f"{name}.pdf")
            with pikepdf.open(path) as pdf:
                print(f"| {NAMES[name]} | {len(pdf.pages)} | {path.stat().st_size / 1000:.0f} |")
    return [
        uitslag("typesetting", "report 2016-I", NAMES["weasyprint"], NAMES[name], runs["weasyprint"], timings)
        for name, timings in runs.items()
        if name != "weasyprint"
    ]


if __name__ == "__main__":
    for one in measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS):
        print(f"{one.ander}: {one.seconden:.2f} / {one.seconden_ander:.2f} s = {one.verhouding:.2f}")
