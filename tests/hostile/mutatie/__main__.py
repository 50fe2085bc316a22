"""The run: `python -m tests.hostile.mutatie [part of a name]`."""

import sys
import time
from collections import Counter

from tests.hostile.mutatie import persons, shapes, text
from tests.hostile.mutatie.contracts import EXCEPTIONS, run_contracts
from tests.hostile.mutatie.model import run_code


def main(wanted: str = "") -> int:
    """Run the mutants whose rule holds `wanted`; survivors decide the exit code."""
    rooms = {
        "vormen": run_code(shapes.MUTANTS, wanted),
        "tekst": run_code(text.MUTANTS, wanted),
        "personen": run_code(persons.MUTANTS, wanted),
        "contracten": run_contracts(wanted),
    }
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
