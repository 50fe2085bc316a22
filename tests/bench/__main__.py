"""`make bench [METING="rapport tabellen"] [RONDES=5]`: the chosen measurements, or all of them, one after another.

What they print is kept under build/meting, with one table of all comparisons (Markdown, JSON) and a picture of it.
"""

import argparse
import io
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from typing import Any, TextIO

from tests.bench import compare, document, intake, results, script, sheets, tables, typeset

ROUNDS = 5

SCALE = 100_070
"""Koppelingen in the generated delivery; a factor is that many times them."""

MEASUREMENTS: dict[str, Callable[[int, Sequence[int]], Sequence[results.Uitslag] | None]] = {
    "rapport": lambda rounds, _: document.measure(rounds),
    "script": lambda rounds, _: script.measure(rounds),
    "zetten": lambda rounds, _: typeset.measure(rounds),
    "inname": lambda rounds, factors: intake.measure(max(factors) * SCALE, rounds),
    "tabellen": lambda rounds, factors: compare.measure(rounds, factors),
    "groei": lambda rounds, factors: tables.measure(tuple(factors), rounds),
    "gemeentebladen": lambda rounds, _: sheets.measure(rounds),
}
"""Name to what is measured, given the number of rounds and how many times the generated delivery."""


class _Both(io.StringIO):
    """Shows what is printed, and keeps it."""

    def __init__(self, shown: TextIO) -> None:
        super().__init__()
        self.shown = shown

    def write(self, text: str, /) -> int:
        self.shown.write(text)
        self.shown.flush()
        return super().write(text)


def main() -> None:
    """Measure what is asked."""
    parser = argparse.ArgumentParser(
        prog="make bench", description="Measurements beside what people would use instead."
    )
    parser.add_argument("metingen", nargs="*", metavar="METING", help=", ".join(MEASUREMENTS))
    parser.add_argument("--rondes", type=int, default=ROUNDS)
    parser.add_argument("--factoren", type=int, nargs="+", default=[10, 30, 100], help="keer de voorbeeldlevering")
    args: Any = parser.parse_args()
    if unknown := set(args.metingen) - set(MEASUREMENTS):
        parser.error(f"onbekende METING: {', '.join(sorted(unknown))}; kies uit {', '.join(MEASUREMENTS)}")
    found: list[results.Uitslag] = []
    texts = {}
    for name in args.metingen or MEASUREMENTS:
        print(f"\n## {name}\n", flush=True)
        kept = _Both(sys.stdout)
        with redirect_stdout(kept):
            found += MEASUREMENTS[name](args.rondes, args.factoren) or ()
        texts[name] = kept.getvalue()
        # After each: whoever stops halfway keeps what was measured.
        results.write(found, texts)
    print(f"\n{results.as_markdown(found)}\nIn {results.FOLDER}: uitslag.md, uitslag.json en uitslag.png.")


if __name__ == "__main__":
    main()
