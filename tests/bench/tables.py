"""Measures all staging, metrics and report tables on up to ten million koppelingen, beside one bare query over the same
frozen Parquet and beside the least work that any way to the figures takes.

Belongs here: seconds per table, memory, and how time grows with rows. Not here: whether a figure is right
(tests/scenarios, tests/recompute), and reading the delivery (intake.py). Run:
`python -m tests.bench.tables [factor]...`.

The generated delivery is taken in once. Each factor repeats its persons: every mark of a person, household or entry
becomes another one per round, so that joins, households and chains keep their sizes and the keys stand in no order. The
number of the round stands before that of an entry: else the copies of one row lie side by side, and the bare query
reads long runs of equal values that no delivery has (in two fifths less time). The overview and the lists of a few rows
stay, so some checks rightly fail; they are no part of the measurement. Counted is what a run does after intake, which
leaves its tables in the file of the period: open that file, make all tables, close it (and so write them to disk). The
measurements alternate, each in a process of its own.
"""

import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from math import log
from pathlib import Path
from typing import Any

FACTORS = (10, 30, 100)
ROUNDS = 3
BARE_ROUNDS = 3
"""The bare query is this often repeated within its process, so that it never pays for a cold file."""

_SHOWN = 15
_MARKS = ("persoon", "huishouden", "referent", "koppeling_id", "afmelding_id", "corrigeert")
_TILED = (
    "coa_afmeldingen",
    "coa_koppelingen",
    "coa_personen",
    "gemeenten_huisvesting",
    "ind_nareis",
    "ind_vergunningen",
    "rijk_herindeling_personen",
)
"""The extracts with a row per person or entry."""


def take_in_sample(folder: Path) -> None:
    """Make `folder/inname.duckdb`: the generated delivery as a run has it after intake."""
    from pipeline.core.config import delivery_of, load_settings, make_run, store_parameters
    from pipeline.core.earlier import load_earlier
    from pipeline.core.intake.takein import take_in
    from pipeline.core.periods import Periode
    from pipeline.core.reference import load_reference
    from pipeline.core.warehouse import open_warehouse

    settings = load_settings(output=folder)
    run = make_run(settings, Periode(2016, 1))
    with open_warehouse(folder / "inname.duckdb") as con:
        store_parameters(con, run)
        load_reference(con)
        load_earlier(con, folder, run.periode)
        take_in(con, delivery_of(settings, run), run.periode, folder, run.briefdatum)


def tile(folder: Path, factor: int) -> None:
    """Write the extracts of `folder/inname.duckdb` `factor` times over to `folder/bronnen`, as Parquet sorted by its
    key, and make `folder/warehouse.duckdb` with them. What else the models read, all of a few rows, goes there once, as
    `schema.table.parquet`.
    """
    import duckdb

    from pipeline.core.intake.contracts import load_contract

    parquet, warehouse = folder / "bronnen", folder / "warehouse.duckdb"
    shutil.rmtree(parquet, ignore_errors=True)
    parquet.mkdir()
    shutil.copyfile(folder / "inname.duckdb", warehouse)
    with duckdb.connect(warehouse) as con:
        con.execute("set enable_progress_bar = false")
        con.execute("set memory_limit = '4GB'")
        for table in _TILED:
            marks = [name for (name, *_) in con.execute(f"describe levering.{table}").fetchall() if name in _MARKS]
            other = ", ".join(f"{_other(name)} as {name}" for name in marks)
            keys = ", ".join(column.name for column in load_contract(table).key)
            path = parquet / f"{table}.parquet"
            con.execute(
                f"""
                copy (
                    select bron.* replace ({other})
                    from levering.{table} as bron
                    cross join range({factor}) as ronden (ronde)
                    order by {keys}
                ) to '{path}' (format parquet, compression zstd)
                """
            )
            con.execute(f"create or replace table levering.{table} as select * from read_parquet('{path}')")
        freeze_inputs(con, parquet)


def freeze_inputs(con: Any, parquet: Path) -> None:
    """Write what the models read and is not there yet: the extracts by their name, other tables as `schema.table`."""
    from pipeline.core.sqlfiles import LAYERS, load_models

    for table in sorted({read for model in load_models() for read in model.reads}):
        schema, name = table.split(".")
        path = parquet / f"{name if name in _TILED else table}.parquet"
        if schema not in LAYERS and not path.exists():
            con.execute(f"copy (select * from {table} order by all) to '{path}' (format parquet)")


def _other(name: str) -> str:
    """A mark of the same length for each round: the pseudonym stays a hash, an entry's number a number."""
    if name in ("persoon", "referent"):
        return f"case when {name} is not null then sha256({name} || ronde) end"
    return f"ronde || '-' || {name}"


def koppelingen(folder: Path) -> int:
    """How many koppelingen the tiled extract holds."""
    import duckdb

    with duckdb.connect() as con:
        query = f"select count(*) from read_parquet('{folder / 'bronnen' / 'coa_koppelingen.parquet'}')"
        return int(con.execute(query).fetchall()[0][0])


def bare(folder: Path) -> dict[str, Any]:
    """One plain query over the frozen koppelingen."""
    import duckdb

    query = f"""
        select
            gemeentecode,
            count(*),
            quantile_cont(coalesce(datum_einde, date '2016-07-01') - datum_koppeling, [0.5, 0.9])
        from read_parquet('{folder / "bronnen" / "coa_koppelingen.parquet"}')
        group by gemeentecode
    """
    runs = []
    with duckdb.connect() as con:
        for _ in range(BARE_ROUNDS):
            started, processor = time.perf_counter(), time.process_time()
            con.execute(query).fetchall()
            runs.append((time.perf_counter() - started, time.process_time() - processor))
    return {
        "seconden": statistics.median(seconds for seconds, _ in runs),
        "processor": statistics.median(processor for _, processor in runs),
        "geheugen_gb": _peak(),
    }


_LEAST = (
    ("personen", "select hash(persoon) as s, hash(huishouden) as h, * exclude (persoon, huishouden) from {personen}"),
    ("koppelingen", "select hash(persoon) as s, * exclude (persoon) from {koppelingen}"),
    ("afmeldingen", "select hash(persoon) as s, * exclude (persoon) from {afmeldingen}"),
    ("vergunningen", "select hash(persoon) as s, * exclude (persoon) from {vergunningen}"),
    ("meldingen", "select hash(persoon) as s, * exclude (persoon) from {meldingen}"),
    ("huishoudens", "select h, count(*) as leden from personen group by h"),
    ("met_huishouden", "select personen.*, huishoudens.leden from personen inner join huishoudens using (h)"),
    (
        "cellen",
        """
        select categorie, leden, koppelingsgrond, arbeidsmarktscreening, datum_einde - datum_koppeling as dag,
            count(*) as n
        from koppelingen left join met_huishouden using (s) group by all
        """,
    ),
    (
        "per_persoon",
        "select s, min(datum_koppeling) as eerste, max(datum_koppeling) as laatste from koppelingen group by s",
    ),
    ("met_koppeling", "select * from met_huishouden left join per_persoon using (s)"),
    ("grootboek", "select s, sum(aantal) as saldo from afmeldingen group by s"),
    (
        "stroom",
        "select categorie, sum(saldo) as saldo from met_koppeling left join grootboek using (s) group by categorie",
    ),
    ("besluiten", "select s, min(datum_besluit) as dag from vergunningen group by s"),
    ("ind", "select count(*) as n from besluiten full join personen using (s)"),
    ("aansluiting", "select count(*) as n from grootboek full join meldingen using (s) left join personen using (s)"),
)
"""The least that any way to these figures must do: read each extract once with short keys, and bring the household, the
koppelingen, the ledger, the permits and the lists of the municipalities together with the persons. No figure, no check.
"""


def least(folder: Path) -> dict[str, Any]:
    """The floor: only reading the frozen extracts once and joining them, in tables that are not kept."""
    import duckdb

    names = {
        "personen": "coa_personen",
        "koppelingen": "coa_koppelingen",
        "afmeldingen": "coa_afmeldingen",
        "vergunningen": "ind_vergunningen",
        "meldingen": "gemeenten_huisvesting",
    }
    files = {name: f"read_parquet('{folder / 'bronnen' / file}.parquet')" for name, file in names.items()}
    with duckdb.connect() as con:
        con.execute("set enable_progress_bar = false")
        started, processor = time.perf_counter(), time.process_time()
        for name, query in _LEAST:
            con.execute(f"create temp table {name} as {query.format_map(files)}")
        return {
            "seconden": time.perf_counter() - started,
            "processor": time.process_time() - processor,
            "geheugen_gb": _peak(),
        }


def build(folder: Path) -> dict[str, Any]:
    """All tables, as a run makes them after intake, then all checks, counted apart."""
    from pipeline.core.sqlfiles import load_models
    from pipeline.core.warehouse import build_table, open_warehouse, row_count, run_checks

    path = folder / "meting.duckdb"
    shutil.copyfile(folder / "warehouse.duckdb", path)
    tables: dict[str, float] = {}
    models = load_models()
    started, processor = time.perf_counter(), time.process_time()
    with open_warehouse(path) as con:
        for model in models:
            before = time.perf_counter()
            build_table(con, model)
            tables[model.name] = time.perf_counter() - before
    seconds, processor = time.perf_counter() - started, time.process_time() - processor
    peak = _peak()
    with open_warehouse(path) as con:
        rows = {name: row_count(con, f"levering.{name}") for name in ("coa_koppelingen", "coa_personen")}
        started = time.perf_counter()
        run_checks(con)
        checks = time.perf_counter() - started
    size = path.stat().st_size / 1e9
    path.unlink()
    return {
        "seconden": seconds,
        "processor": processor,
        "geheugen_gb": peak,
        "tabellen": tables,
        "rijen": rows,
        "controles": checks,
        "geheugen_met_controles_gb": _peak(),
        "bestand_gb": size,
    }


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def _child(what: str, folder: Path, factor: int = 0) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.tables", "--kind", what, str(folder), str(factor)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    result: dict[str, Any] = json.loads(answer)
    return result


def _median(runs: list[dict[str, Any]], name: str) -> float:
    return statistics.median(run[name] for run in runs)


def measure(factors: tuple[int, ...] = FACTORS, rounds: int = ROUNDS) -> None:
    """Alternate the bare query and the tables for each factor. Print as Markdown tables."""
    found: list[tuple[int, float]] = []
    print(
        "\n| koppelingen | persons | bare query, s | least work, s | times bare | all tables, s | times bare "
        "| times least | processor, s | peak, GB | checks, s |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _child("inname", folder)
        built: list[dict[str, Any]] = []
        for factor in factors:
            _child("tegels", folder, factor)
            plain, floor, built = [], [], []
            for _ in range(rounds):
                plain.append(_child("kaal", folder))
                floor.append(_child("minst", folder))
                built.append(_child("tabellen", folder))
            rows, seconds = built[0]["rijen"], _median(built, "seconden")
            found.append((rows["coa_koppelingen"], seconds))
            bare_seconds, floor_seconds = _median(plain, "seconden"), _median(floor, "seconden")
            print(
                f"| {rows['coa_koppelingen']} | {rows['coa_personen']} | {bare_seconds:.2f} | {floor_seconds:.1f} "
                f"| {floor_seconds / bare_seconds:.0f} | {seconds:.1f} | {seconds / bare_seconds:.0f} "
                f"| {seconds / floor_seconds:.1f} | {_median(built, 'processor'):.1f} "
                f"| {max(run['geheugen_gb'] for run in built):.2f} | {_median(built, 'controles'):.1f} |",
                flush=True,
            )
    for (few, fast), (many, slow) in pairwise(found):
        print(
            f"\nFrom {few} to {many} rows: time grows with the power {log(slow / fast) / log(many / few):.2f} of rows."
        )
    whole = _median(built, "seconden")
    seconds_of = {name: statistics.median(run["tabellen"][name] for run in built) for name in built[0]["tabellen"]}
    print(f"\n| table, at {found[-1][0]} koppelingen | median, s | share |\n|---|---|---|")
    for name, seconds in sorted(seconds_of.items(), key=lambda item: -item[1])[:_SHOWN]:
        print(f"| {name} | {seconds:.2f} | {100 * seconds / whole:.0f} % |")
    rest = sum(sorted(seconds_of.values())[:-_SHOWN])
    print(f"| the other {len(seconds_of) - _SHOWN} tables | {rest:.2f} | {100 * rest / whole:.0f} % |")
    outside = whole - sum(seconds_of.values())
    print(f"| opening and closing the file | {outside:.2f} | {100 * outside / whole:.0f} % |")


def main() -> None:
    """The command line; `--kind` is for the processes that this one starts."""
    if sys.argv[1:2] == ["--kind"]:
        what, folder, factor = sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
        kinds: dict[str, Any] = {
            "inname": take_in_sample,
            "tegels": lambda folder: tile(folder, factor),
            "kaal": bare,
            "minst": least,
            "tabellen": build,
        }
        print(json.dumps(kinds[what](folder)))
        return
    measure(tuple(int(text) for text in sys.argv[1:]) or FACTORS)


if __name__ == "__main__":
    main()
