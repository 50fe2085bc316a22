"""Measures the sheets of all municipalities beside one loop of bare WeasyPrint over the same HTML.

Belongs here: the command as an analyst starts it, on an edition that is already there. Not here: making that edition
(document.py). Run: `python -m tests.bench.sheets [rounds] [folder with edition 1 of 2016-I]`.

A is `voortgang gemeentebladen 2016-I` in a fresh process: reading and checking the edition, the comparison, HTML and
charts, typesetting on all cores, mending the tags, judging each page, putting all together, manifest. B is a fresh
process that imports WeasyPrint and writes the same HTML, page after page, with the same pictures, style, variant and
tags; nothing is mended, judged or put together. A2 and B2 are half of the pages. Times are seconds of wall clock and of
the processor, those of A's own processes together. On a machine with other work the wall clock flatters A, which asks
for more cores: the processor time divided by the cores says what is left on a quiet one.
"""

import json
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from pipeline.core.document.house_style import letter_map
from pipeline.core.document.sheet import Bladmaker, style_sheet
from pipeline.core.document.sheet_pool import kernen
from pipeline.core.periods import Periode
from pipeline.core.sheets.figures import read_sheets
from tests.bench.document import Timing, run_report, timed, uitslag
from tests.bench.results import Uitslag

ROUNDS = 3
_BARE = """
import sys
from pathlib import Path
from weasyprint import HTML
folder, count = Path(sys.argv[1]), int(sys.argv[2])
for place in sorted(folder.glob("GM*"))[:count]:
    HTML(filename=place / "blad.html").write_pdf(place / "uit.pdf", pdf_variant="pdf/a-3a")
"""


def capture(output: Path, folder: Path) -> list[str]:
    """The HTML of every sheet of edition 1 with its pictures, each in a folder of its own beside the style sheet; their
    codes.
    """
    edition = output / "2016-I" / "edities" / "1"
    manifest = json.loads((edition / "manifest.json").read_text(encoding="utf-8"))
    source = read_sheets(edition, manifest, Periode(2016, 1))
    maker = Bladmaker(source.register, source.meta)
    shutil.copytree(letter_map(), folder / "fonts")
    for style in (style_sheet(), letter_map().parent / "huisstijl.css"):
        shutil.copy(style, folder)
    link = f'<link rel="stylesheet" href="../{style_sheet().name}">\n</head>'
    for one in source.gemeenten:
        sheet, place = maker.blad(one), folder / one.code
        place.mkdir()
        (place / "blad.html").write_text(sheet.html.replace("</head>", link), encoding="utf-8")
        for name, picture in sheet.beelden.items():
            (place / name).write_text(picture, encoding="utf-8")
    return sorted(one.code for one in source.gemeenten)


def _ours(output: Path, place: Path, codes: list[str]) -> Timing:
    shutil.rmtree(place, ignore_errors=True)
    command: list[str | Path] = [Path(sys.executable).with_name("voortgang"), "gemeentebladen", "2016-I"]
    choice = ["--gemeente", *codes] if codes else []
    return timed([*command, *choice, "--output", output, "--editie", "1", "--map", place])


def measure(rounds: int = ROUNDS, output: Path | None = None) -> list[Uitslag]:
    """Alternate A, B, A2 and B2; print medians and ratios as a Markdown table."""
    runs: dict[str, list[Timing]] = {"A": [], "B": [], "A2": [], "B2": []}
    with tempfile.TemporaryDirectory() as scratch:
        folder, place = Path(scratch) / "html", Path(scratch) / "bladen"
        folder.mkdir()
        if output is None:
            output = Path(scratch) / "output"
            run_report(output)
        codes = capture(output, folder)
        half = codes[: len(codes) // 2]
        for _ in range(rounds):
            runs["A"].append(_ours(output, place, []))
            runs["B"].append(timed([sys.executable, "-c", _BARE, folder, str(len(codes))]))
            runs["A2"].append(_ours(output, place, half))
            runs["B2"].append(timed([sys.executable, "-c", _BARE, folder, str(len(half))]))
    wall = {name: statistics.median(one.wall for one in timings) for name, timings in runs.items()}
    cpu = {name: statistics.median(one.processor for one in timings) for name, timings in runs.items()}
    cores = kernen()
    print(f"\n| what, {cores} cores | median of {rounds}, s | processor, s | of B | processor per core, of B |")
    print("|---|---|---|---|---|")
    for name, what in (
        ("A", f"voortgang gemeentebladen, {len(codes)} pages and all together"),
        ("B", f"bare WeasyPrint, {len(codes)} pages one after another"),
        ("A2", f"voortgang gemeentebladen, {len(half)} pages"),
        ("B2", f"bare WeasyPrint, {len(half)} pages"),
    ):
        other = name.replace("A", "B")
        per_core = f"{cpu[name] / cores / cpu[other]:.2f}" if name != other else ""
        print(f"| {name}: {what} | {wall[name]:.1f} | {cpu[name]:.1f} | {wall[name] / wall[other]:.2f} | {per_core} |")
    print(
        f"\nPages twice, processor time of A {cpu['A'] / cpu['A2']:.2f} times (linear is 2, less what starting takes)."
    )
    wij, ander = "voortgang gemeentebladen", "one loop of WeasyPrint"
    return [
        uitslag("gemeentebladen", f"{len(codes)} pages", wij, ander, runs["A"], runs["B"], 0.6),
        uitslag("gemeentebladen", f"{len(half)} pages", wij, ander, runs["A2"], runs["B2"]),
    ]


if __name__ == "__main__":
    measure(
        int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS, Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else None
    )
