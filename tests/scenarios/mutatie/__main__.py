"""The run: `python -m tests.scenarios.mutatie [part of the name of a model or macro]`."""

import csv
import sys
import time
from collections import Counter
from pathlib import Path

from tests.scenarios.mutatie.mutants import Mutant
from tests.scenarios.mutatie.run import Outcome, run_macros, run_models

EQUIVALENT = Path(__file__).with_name("gelijkwaardig.csv")


def main(wanted: str = "") -> int:
    """Run the mutants of what holds `wanted`; survivors that are not known as equivalent decide the exit code.

    So do lines of gelijkwaardig.csv that are noticed, or name no mutant (any more).
    """
    known = _equivalent()
    left: list[Mutant] = []
    stale: list[tuple[str, str]] = []
    gone = {key for key in known if wanted in key[0]}
    counts: dict[str, Counter[str]] = {}
    for part, run in (("macros", run_macros), ("staging and metrics", run_models)):
        start = time.monotonic()
        outcome: Outcome = run(wanted)
        gone -= {(mutant.model, mutant.rule) for mutant in (*outcome.killed, *outcome.survived, *outcome.invalid)}
        for mutant in outcome.killed:
            counts.setdefault(mutant.model.split(".")[0], Counter())["killed"] += 1
            if (mutant.model, mutant.rule) in known:
                stale.append((mutant.model, mutant.rule))
        for mutant in outcome.survived:
            verdict = "equivalent" if (mutant.model, mutant.rule) in known else "SURVIVED"
            counts.setdefault(mutant.model.split(".")[0], Counter())[verdict] += 1
            if verdict == "SURVIVED":
                left.append(mutant)
                print(f"SURVIVED {mutant.model}: {mutant.rule}", flush=True)
        for mutant in outcome.invalid:
            counts.setdefault(mutant.model.split(".")[0], Counter())["not valid SQL"] += 1
        print(f"{part}: {time.monotonic() - start:.0f} s", flush=True)
    for layer, count in counts.items():
        print(f"{layer}: {', '.join(f'{number} {verdict}' for verdict, number in sorted(count.items()))}")
    for model, rule in stale:
        print(f"noticed, so not equivalent: {model}: {rule}")
    for model, rule in sorted(gone):
        print(f"names no mutant: {model}: {rule}")
    return 1 if left or stale or gone else 0


def _equivalent() -> dict[tuple[str, str], str]:
    """The reason by model and rule."""
    with EQUIVALENT.open(encoding="utf-8", newline="") as file:
        return {(row["model"], row["mutant"]): row["reden"] for row in csv.DictReader(file)}


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
