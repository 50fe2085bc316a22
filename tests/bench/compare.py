"""Measures the compared tables (peers/outputs.py) beside the peers: our own SQL bare, DuckDB by hand, Polars, pandas.

Belongs here: the same frozen Parquet for all, each in a process of its own, alternating; a ratio only where the tables
are equal. Not here: all tables with their growth (tables.py), intake (intake.py). Run:
`python -m tests.bench.compare [factor]... [--rondes N]`.

Ours is what a run does after intake: open the file of the period, make the tables, close it. The peers begin at the
Parquet and keep nothing. Seconds are of making the tables and reading them, without starting Python and imports. `all`
is every table that a run makes, beside the same texts bare.
"""

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.bench import tables
from tests.bench.peers.outputs import MODELS, Tabellen, compare, load, read_tables, save
from tests.bench.results import Uitslag

FACTORS = (10, 100)
ROUNDS = 5
OURS, OURS_ALL = "wij", "wij_alles"
PEERS = {
    "eigen_sql": (OURS, "our own SQL in bare DuckDB", 1.5),
    "duckdb": (OURS, "DuckDB by hand", 1.5),
    "polars": (OURS, "Polars", 1.0),
    "pandas": (OURS, "pandas", 0.2),
    "eigen_sql_alles": (OURS_ALL, "our own SQL in bare DuckDB", 1.5),
}
"""The peers: beside which of ours, by what name, and at most how many times its seconds at ten million."""
_TEN_MILLION = 100


def _ours(folder: Path, *, every: bool) -> Callable[[], Tabellen]:
    from pipeline.core.sqlfiles import load_models, models_for
    from pipeline.core.warehouse import build_table, open_warehouse

    models = load_models() if every else models_for(*MODELS)
    path = folder / "meting.duckdb"
    shutil.copyfile(folder / "warehouse.duckdb", path)

    def make() -> Tabellen:
        with open_warehouse(path) as con:
            for model in models:
                build_table(con, model)
            return read_tables(con, MODELS)

    return make


def _own(folder: Path, *, every: bool) -> Callable[[], Tabellen]:
    from pipeline.core.sqlfiles import load_models, models_for
    from tests.bench.peers import duckdb_own

    models = load_models() if every else models_for(*MODELS)
    return lambda: duckdb_own.make(folder / "bronnen", models, MODELS)


def _hand(folder: Path) -> Callable[[], Tabellen]:
    from tests.bench.peers import hand

    return lambda: hand.make(folder / "bronnen")


def _polars(folder: Path) -> Callable[[], Tabellen]:
    from tests.bench.peers import frames_polars

    return lambda: frames_polars.make(folder / "bronnen")


def _pandas(folder: Path) -> Callable[[], Tabellen]:
    from tests.bench.peers import frames_pandas

    return lambda: frames_pandas.make_from_parquet(folder / "bronnen")


_KINDS: dict[str, Callable[[Path], Callable[[], Tabellen]]] = {
    OURS: lambda folder: _ours(folder, every=False),
    OURS_ALL: lambda folder: _ours(folder, every=True),
    "eigen_sql": lambda folder: _own(folder, every=False),
    "eigen_sql_alles": lambda folder: _own(folder, every=True),
    "duckdb": _hand,
    "polars": _polars,
    "pandas": _pandas,
}


def _once(who: str, folder: Path) -> dict[str, float]:
    """In a process of its own: make the tables, keep them for the comparison, tell seconds and memory."""
    make = _KINDS[who](folder)
    started, processor = time.perf_counter(), time.process_time()
    made = make()
    told = {
        "seconden": time.perf_counter() - started,
        "processor": time.process_time() - processor,
        "geheugen_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
    }
    save(made, folder / f"{who}.json")
    return told


def _child(who: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.compare", "--kind", who, str(folder)]
    told: dict[str, float] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return told


def _median(runs: Sequence[dict[str, float]], name: str) -> float:
    return statistics.median(run[name] for run in runs)


def _peak(runs: Sequence[dict[str, float]]) -> float:
    return max(run["geheugen_gb"] for run in runs)


def measure_one(folder: Path, factor: int, rounds: int, peers: Sequence[str]) -> list[Uitslag]:
    """Alternate ours and the peers on `factor` times the generated delivery; Ongelijk when tables differ."""
    tables._child("tegels", folder, factor)
    ours = sorted({PEERS[peer][0] for peer in peers})
    runs: dict[str, list[dict[str, float]]] = {who: [] for who in (*ours, *peers)}
    for _ in range(rounds):
        for who, timings in runs.items():
            timings.append(_child(who, folder))
            (folder / "meting.duckdb").unlink(missing_ok=True)
        for peer in peers:
            compare(load(folder / f"{PEERS[peer][0]}.json"), load(folder / f"{peer}.json"), peer)
    count = tables.koppelingen(folder)
    found = []
    for peer in peers:
        us, name, bound = PEERS[peer]
        mine, theirs = runs[us], runs[peer]
        found.append(
            Uitslag(
                meting="all tables" if us == OURS_ALL else "tables",
                invoer=f"{count} koppelingen",
                wij="staging to report",
                ander=name,
                seconden=_median(mine, "seconden"),
                seconden_ander=_median(theirs, "seconden"),
                processor=_median(mine, "processor") / _median(theirs, "processor"),
                geheugen_gb=_peak(mine),
                geheugen_gb_ander=_peak(theirs),
                rondes=rounds,
                doel=bound if factor == _TEN_MILLION else None,
            )
        )
    return found


def measure(
    rounds: int = ROUNDS, factors: Sequence[int] = FACTORS, peers: Sequence[str] = tuple(PEERS)
) -> list[Uitslag]:
    """Every peer on each factor; print a line per comparison."""
    found = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        tables._child("inname", folder)
        for factor in factors:
            for one in measure_one(folder, factor, rounds, peers):
                print(
                    f"{one.meting}, {one.invoer}, {one.ander}: {one.seconden:.2f} / {one.seconden_ander:.2f} s "
                    f"= {one.verhouding:.2f}",
                    flush=True,
                )
                found.append(one)
    return found


def main() -> None:
    """The command line; `--kind` is for the processes that this one starts."""
    if sys.argv[1:2] == ["--kind"]:
        print(json.dumps(_once(sys.argv[2], Path(sys.argv[3]))))
        return
    parser = argparse.ArgumentParser()
    parser.add_argument("factors", nargs="*", type=int, default=list(FACTORS))
    parser.add_argument("--rondes", type=int, default=ROUNDS)
    parser.add_argument("--peers", nargs="+", default=list(PEERS), choices=list(PEERS))
    args: Any = parser.parse_args()
    measure(args.rondes, args.factors, args.peers)


if __name__ == "__main__":
    main()
