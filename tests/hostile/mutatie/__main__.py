"""The run: `python -m tests.hostile.mutatie [part of a name of a room or rule]`."""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

from tests.hostile.mutatie import persons, shapes, text
from tests.hostile.mutatie.contracts import EXCEPTIONS, run_contracts
from tests.hostile.mutatie.model import run_code


def main(wanted: str = "") -> int:
    """Run the mutants whose room or rule holds `wanted`; survivors decide the exit code."""
    runs: dict[str, Callable[[str], Iterator[tuple[str, str]]]] = {
        "vormen": partial(run_code, shapes.MUTANTS),
        "tekst": partial(run_code, text.MUTANTS),
        "personen": partial(run_code, persons.MUTANTS),
        "contracten": run_contracts,
    }
    rooms = {room: run("" if wanted in room else wanted) for room, run in runs.items()}
    counts: Counter[tuple[str, str]] = Counter()
    left: list[str] = []
    for room, verdicts in rooms.items():
        start = time.monotonic()
        for rule, verdict in verdicts:
            print(f"{verdict:<9} {time.monotonic() - start:5.1f} s  {room}: {rule}", flush=True)
            counts[room, "killed" if verdict == "killed" else "left"] += 1
            if verdict != "killed":
                left.append(f"{verdict} {room}: {rule}")
            start = time.monotonic()
    for room in rooms:
        print(f"{room}: {counts[room, 'killed']} of {counts[room, 'killed'] + counts[room, 'left']} killed")
    for (extract, rule, column), reason in EXCEPTIONS.items():
        print(f"not run: {extract} {rule} {column}: {reason}")
    print("\n".join(left) or "none survived")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
