"""Measures the intake of ten million koppelingen beside DuckDB's bare read of the same file into a typed table, that
with hashing, sorting and freezing, and the intake of a delivery with 390 municipal files.

Belongs here: time per stage, memory, and whether every planted fault is found on its line. Not here: whether intake is
right (tests/core/intake). Run: `python -m tests.bench.intake [rows] [rounds]`. The files are made in a temporary folder
and removed afterwards; each measurement runs in a process of its own. Where seconds of processor are well below
those of the clock, the machine was busy with something else.
"""

import hashlib
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.results import Uitslag

ROWS = 10_000_000
ROUNDS = 3
EVERY = 100
"""One row in so many has a planted fault: the bound of the contract."""

_NAMES = (
    "Amsterdam,Rotterdam,Utrecht,Emmen,Assen,Aa en Hunze,Vaals,Ede,Epe,Hoogeveen,Almere,Zwolle,Breda,Tilburg,"
    "Leeuwarden,Groningen,Maastricht,Meppel,Urk,Lelystad"
)
_COLUMNS = (
    "Koppeling", "V-nummer", "Gemeente", "Datum koppeling", "Einde koppeling", "Reden einde", "Datum aanbod",
    "Weigering",
    "Datum weigering", "Huurcontract", "Informatieprofiel", "Koppelingsgrond", "Arbeidsmarktscreening",
    "Datum screening", "Reden vertraging",
)  # fmt: skip
FAULTS = (
    ("geen datum", "case when {} then '30-02-2016'", "c3"),
    ("geen gemeente op de dag van deze regel", "case when {} then 'Amsterdan'", "c2"),
    ("onleesbare regel", "case when {} then ';teveel'", "eind"),
    ("aanbod voor koppeling", "case when {} then dag(k - 1)", "c6"),
    ("onbekende waarde", "case when {} then 'zomaar'", "c11"),
    ("onbekend bij coa_personen", "case when {} then 'V9999999999'", "c1"),
    ("dubbele sleutel", "case when {} then nummer(i)", "c0"),
    ("dubbele sleutel", "case when {} then nummer(i - elke)", "c0"),
    ("koppeling voor vergunning", "case when {} then '01-02-2012'", "c3"),
    ("onleesbare regel", "case when {} then chr(34) || 'open'", "c14"),
)
"""The planted faults in turn: the rule that must speak, and what stands in which cell. The two with the same key are a
pair.
"""


def planted(rows: int, every: int) -> set[tuple[int, str]]:
    """The lines with a fault, and the rule that must speak there."""
    places = [(place, number % len(FAULTS)) for number, place in enumerate(range(every - 1, rows, every))]
    alone = {places[-1]} if places and places[-1][1] == _FIRST_OF_PAIR else set()
    return {(place + 2, FAULTS[kind][0]) for place, kind in places if (place, kind) not in alone}


_FIRST_OF_PAIR = 6


def generate(path: Path, rows: int, every: int | None) -> None:
    """Write the file; with `every`, the last of each so many rows has a fault. The keys stand in no order."""
    import duckdb

    grounds = "['werk','opleiding','netwerk','gezin','medisch','opvang_nabij','geen']"
    cells = {
        "c0": "nummer(i)",
        "c1": f"'V999' || lpad(cast(hash(i * 7 + 5) % {max(rows // 2, 1)} as varchar), 7, '0')",
        "c2": "namen[1 + r(i, 9, 20)]",
        "c3": "dag(k)",
        "c4": "case when s < 80 then dag(k + d1 + d2 + 5) end",
        "c5": "case when s < 50 then 'gehuisvest' when s < 65 then 'ontkoppeld_coa' when s < 80 then 'overig' end",
        "c6": "case when s < 60 then dag(k + d1) end",
        "c7": "case when s in (1, 2, 3) then 'onterecht' when s in (4, 5) then 'terecht' end",
        "c8": "case when s between 1 and 5 then dag(k + d1 + 1) end",
        "c9": "case when s between 6 and 50 then dag(k + d1 + d2) end",
        "c10": "dag(k + 2)",
        "c11": f"{grounds}[1 + r(i, 6, 7)]",
        "c12": "case when s % 6 = 0 then 'ja' else 'nee' end",
        "c13": "case when s % 6 = 0 then dag(k - 3) end",
        "c14": "case when s < 15 then 'geen_woning' end",
        "eind": "''",
    }
    if every is not None:
        for number, (_, text, cell) in enumerate(FAULTS):
            here = f"i % {every} = {every - 1} and i // {every} % {len(FAULTS)} = {number}"
            cells[cell] = f"{text.format(here)} else {cells[cell]} end"
    line = " || ';' || ".join(f"coalesce({cells[f'c{number}']}, '')" for number in range(len(_COLUMNS)))
    with duckdb.connect() as con:
        con.execute("set enable_progress_bar = false")
        con.execute("create macro r(i, k, m) as cast(hash(i * 31 + k) % m as integer)")
        con.execute("create macro dag(d) as strftime(d, '%d-%m-%Y')")
        con.execute(f"create macro nummer(i) as 'K' || lpad(cast(i * {_PRIME} % {rows} as varchar), 8, '0')")
        con.execute(
            f"""
            copy (
                select {line} || {cells["eind"]} as "{";".join(_COLUMNS)}"
                from (
                    select i, {every or 0} as elke, date '2014-01-01' + r(i, 1, 900) as k, r(i, 2, 100) as s,
                    r(i, 3, 60) as d1, r(i, 4, 20) as d2, string_split('{_NAMES}', ',') as namen
                    from range({rows}) as t(i)
                )
                order by i
            ) to '{path}' (format csv, header true, delimiter '\t', quote '')
            """
        )


_PRIME = 6_700_417


def bare(path: Path) -> dict[str, Any]:
    """DuckDB alone: the file into a table with types, no check at all."""
    import duckdb

    types = {name: "DATE" if "atum" in name or name in _DAYS else "VARCHAR" for name in _COLUMNS}
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(Path(folder) / "kaal.duckdb") as con:
        started, processor = time.perf_counter(), time.process_time()
        con.execute(
            f"""
            create table kaal as select * from read_csv(
                '{path}', columns = {types}, delim = ';', quote = '', escape = '', header = true, auto_detect = false,
                dateformat = '%d-%m-%Y', new_line = '\\n', strict_mode = true
            )
            """
        )
        return {
            "seconden": time.perf_counter() - started,
            "processor": time.process_time() - processor,
            "geheugen_gb": _peak(),
        }


def frozen(path: Path) -> dict[str, Any]:
    """DuckDB alone, with what any honest intake owes: the file hashed, read into types, the persons hashed, sorted by
    its key and frozen as Parquet, of which the hash is taken too. No check, no faulty lines, no keyed pseudonyms.
    """
    import duckdb

    types = {name: "DATE" if "atum" in name or name in _DAYS else "VARCHAR" for name in _COLUMNS}
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(Path(folder) / "kaal.duckdb") as con:
        target = Path(folder) / "koppelingen.parquet"
        started, processor = time.perf_counter(), time.process_time()
        with path.open("rb") as file:
            hashlib.file_digest(file, "sha256").hexdigest()
        con.execute(
            f"""
            create table kaal as select * replace (sha256("V-nummer") as "V-nummer") from read_csv(
                '{path}', columns = {types}, delim = ';', quote = '', escape = '', header = true, auto_detect = false,
                dateformat = '%d-%m-%Y', new_line = '\\n', strict_mode = true
            )
            """
        )
        con.execute(f"copy (from kaal order by Koppeling) to '{target}' (format parquet, compression zstd)")
        with target.open("rb") as file:
            hashlib.file_digest(file, "sha256").hexdigest()
        return {
            "seconden": time.perf_counter() - started,
            "processor": time.process_time() - processor,
            "geheugen_gb": _peak(),
        }


_DAYS = ("Einde koppeling", "Huurcontract", "Informatieprofiel")


def full(path: Path, every: int | None) -> dict[str, Any]:
    """All of intake for this one extract, as a run does it: look, sieve, pseudonyms, rules, table, the comparison with
    the previous delivery, the account with its findings, and freezing with reading back.
    """
    import duckdb

    from pipeline.core.intake import extract, files, history, intake, sieve
    from pipeline.core.intake.compiler import refused_table
    from pipeline.core.intake.contracts import load_contract
    from pipeline.core.intake.delivery import Entry
    from pipeline.core.intake.freeze import freeze
    from pipeline.core.intake.pseudonyms import PSEUDONYMS, canonical_sql, hmac_sql, prepare, pseudonymiser_for
    from pipeline.core.periods import Periode
    from pipeline.core.reference import load_reference

    stages: dict[str, float] = {}
    _timed(stages, files, "look", "bytes")
    _timed(stages, sieve.Sieve, "_sift", "zeef")
    _timed(stages, sieve, "store_pseudonyms", "pseudoniemen")
    _timed(stages, sieve, "land_lines", "foute regels")
    _timed(stages, sieve.Sieve, "_take_out_related", "verbanden")
    _timed(stages, extract, "judge", "regels")
    _timed(stages, extract, "_make_table", "tabel")
    _timed(stages, history, "compare", "historie")
    _timed(stages, intake, "_finish", "verantwoording")
    rows = _rows(path)
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(Path(folder) / "inname.duckdb") as con:
        load_reference(con)
        prepare(con)
        key = pseudonymiser_for(sample=True)
        con.execute("create schema levering")
        # The persons were read before this extract; their part is not measured. Their numbers are met here anew.
        con.execute(
            f"""
            create table levering.coa_personen as
            select {hmac_sql(canonical_sql("nummer"))} as persoon, date '2013-01-01' as datum_vergunning
            from (select distinct 9990000000 + hash(i * 7 + 5) % {max(rows // 2, 1)} as nummer
            from range({rows}) as t(i))
            """,
            key.pads(),
        )
        con.execute(f"delete from {PSEUDONYMS}")
        con.execute(f"create temp table {refused_table('coa_personen', 'persoon')} (waarde varchar, plaats varchar)")
        previous = Path(folder) / "vorige"
        previous.mkdir()
        con.execute(
            f"""
            copy (select 'K' || lpad(cast(i as varchar), 8, '0') as koppeling_id from range({rows * 95 // 100}) as t(i))
            to '{previous / "coa_koppelingen.parquet"}' (format parquet)
            """
        )
        round_ = extract.Round(Periode(2016, 1), lambda _name, _year: (), key, accepted={"coa_personen"})
        contract = load_contract("coa_koppelingen")
        started, processor = time.perf_counter(), time.process_time()
        result = extract.read_extract(con, contract, (Entry("coa/koppelingen.csv", path),), round_)
        found = (*result.findings, *history.compare(con, contract, previous))
        con.execute("drop table levering.coa_personen")
        intake._finish(con, round_.periode, found, (result,), round_)
        read = time.perf_counter() - started
        stages["rest"] = read - sum(stages.values())
        started = time.perf_counter()
        frozen = freeze(con, Path(folder) / "bronnen")
        stages["bevriezen"] = time.perf_counter() - started
        (file,) = result.files
        said = {(item.regel, item.controle) for item in found if item.regel is not None}
        return {
            "seconden": read + stages["bevriezen"],
            "processor": time.process_time() - processor,
            "geheugen_gb": _peak(),
            "stappen": stages,
            "geaccepteerd": result.accepted,
            "behouden": file.rijen_behouden,
            "geweigerd": file.rijen_geweigerd,
            "parquet_mb": [round(item.size / 1e6) for item in frozen],
            "regels_juist": said == (planted(rows, every) if every else set()),
        }


def _timed(stages: dict[str, float], owner: Any, name: str, stage: str) -> None:
    function: Callable[..., Any] = getattr(owner, name)
    open_stages = _OPEN

    def timed(*args: Any, **kwargs: Any) -> Any:
        started = time.perf_counter()
        open_stages.append(0.0)
        try:
            return function(*args, **kwargs)
        finally:
            spent = time.perf_counter() - started
            inner = open_stages.pop()
            # What a stage inside took is that stage's own.
            stages[stage] = stages.get(stage, 0.0) + spent - inner
            if open_stages:
                open_stages[-1] += spent

    setattr(owner, name, timed)


_OPEN: list[float] = []


def _rows(path: Path) -> int:
    return int((path.parent / "rijen").read_text(encoding="utf-8"))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def municipal(folder: Path) -> dict[str, Any]:
    """Intake of the whole delivery in `folder`, per extract."""
    import duckdb

    from pipeline.core.intake import intake
    from pipeline.core.intake.contracts import HUISVESTING
    from pipeline.core.periods import Periode
    from pipeline.core.reference import load_reference

    stages: dict[str, float] = {}
    read = intake._read

    def timed(con: Any, contract: Any, entries: Any, round_: Any) -> Any:
        started = time.perf_counter()
        result = read(con, contract, entries, round_)
        stages[contract.name] = time.perf_counter() - started
        return result

    setattr(intake, "_read", timed)  # noqa: B010
    with tempfile.TemporaryDirectory() as scratch, duckdb.connect(Path(scratch) / "inname.duckdb") as con:
        load_reference(con)
        started, processor = time.perf_counter(), time.process_time()
        result = intake.read_levering(con, folder, Periode(2016, 1))
        seconds = time.perf_counter() - started
        files = [file for file in result.bestanden if file.extract == HUISVESTING]
        return {
            "seconden": seconds,
            "processor": time.process_time() - processor,
            "geheugen_gb": _peak(),
            "stappen": stages,
            "gemeenten": stages[HUISVESTING],
            "bestanden": len(files),
            "rijen": sum(file.rijen_behouden + file.rijen_geweigerd for file in files),
        }


def _lay_municipal(folder: Path) -> None:
    """The generated delivery; a gemeente that has no file in it gets that of another."""
    import duckdb

    from pipeline.core.reference import load_reference

    command = [str(Path(sys.executable).with_name("voortgang")), "voorbeeldlevering", "2016-I", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with duckdb.connect() as con:
        load_reference(con)
        codes = con.execute("select gemeentecode from referentie.gemeenten where jaar = 2016 order by all").fetchall()
    files = sorted((folder / "gemeenten").iterdir())
    lacking = [code for (code,) in codes if code not in {path.stem for path in files}]
    for code, path in zip(lacking, files, strict=False):
        shutil.copyfile(path, path.with_stem(code))


def _child(what: str, path: Path, every: int | None = None) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.intake", "--kind", what, str(path), str(every or 0)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    result: dict[str, Any] = json.loads(answer)
    return result


def _median(runs: list[dict[str, Any]], name: str) -> float:
    return statistics.median(run[name] for run in runs)


def _stages(runs: list[dict[str, Any]], whole: float) -> None:
    print("\n| stage | median, s | share |\n|---|---|---|")
    for name in runs[0]["stappen"]:
        seconds = statistics.median(run["stappen"][name] for run in runs)
        print(f"| {name} | {seconds:.2f} | {100 * seconds / whole:.0f} % |")


def measure_large(rows: int, rounds: int = ROUNDS) -> list[Uitslag]:
    """A clean file, alternating with DuckDB alone, bare and with hashing, sorting and freezing; then a file with
    planted faults. Print as Markdown tables.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "koppelingen.csv"
        (path.parent / "rijen").write_text(str(rows), encoding="utf-8")
        generate(path, rows, None)
        size = path.stat().st_size / 1e6
        plain, ice, clean = [], [], []
        for _ in range(rounds):
            plain.append(_child("kaal", path))
            ice.append(_child("bevroren", path))
            clean.append(_child("inname", path))
        generate(path, rows, EVERY)
        faulty = [_child("inname", path, EVERY) for _ in range(rounds)]
    bare_seconds = _median(plain, "seconden")
    print(f"\n| {rows} koppelingen, {size:.0f} MB | median of {rounds}, s | times DuckDB | processor, s | peak, GB |")
    print("|---|---|---|---|---|")
    kinds = (
        ("DuckDB alone, typed table", plain),
        ("DuckDB alone, hashed, sorted and frozen", ice),
        ("intake, clean", clean),
        (f"intake, 1 in {EVERY} planted", faulty),
    )
    for what, runs in kinds:
        seconds, processor = _median(runs, "seconden"), _median(runs, "processor")
        peak = max(run["geheugen_gb"] for run in runs)
        print(f"| {what} | {seconds:.1f} | {seconds / bare_seconds:.1f} | {processor:.1f} | {peak:.2f} |")
    last = faulty[-1]
    right = all(run["regels_juist"] and run["geaccepteerd"] for run in (*clean, *faulty))
    print(f"\nPlanted: {last['geweigerd']} refused, {last['behouden']} kept; exactly the planted lines: {right}")
    _stages(clean, _median(clean, "seconden"))
    return [
        Uitslag(
            meting="intake",
            invoer=f"{rows} koppelingen, {what}",
            wij="intake",
            ander="DuckDB that hashes, sorts and freezes",
            seconden=_median(runs, "seconden"),
            seconden_ander=_median(ice, "seconden"),
            processor=_median(runs, "processor") / _median(ice, "processor"),
            geheugen_gb=max(run["geheugen_gb"] for run in runs),
            geheugen_gb_ander=max(run["geheugen_gb"] for run in ice),
            rondes=rounds,
            doel=2.0,
        )
        for what, runs in (("clean", clean), (f"1 in {EVERY} planted", faulty))
    ]


def measure_municipal(rounds: int = ROUNDS) -> None:
    """The generated delivery with 390 municipal files. Print as Markdown tables."""
    with tempfile.TemporaryDirectory() as folder:
        delivery = Path(folder) / "levering"
        _lay_municipal(delivery)
        runs = [_child("gemeenten", delivery) for _ in range(rounds)]
    seconds = _median(runs, "seconden")
    print(
        f"\n{runs[0]['bestanden']} municipal files, {runs[0]['rijen']} rows: {_median(runs, 'gemeenten'):.2f} s, "
        f"of {seconds:.2f} s for the whole delivery ({_median(runs, 'processor'):.2f} s of processor)"
    )
    _stages(runs, seconds)


def measure(rows: int = ROWS, rounds: int = ROUNDS) -> list[Uitslag]:
    """The municipal files, then the large extract."""
    measure_municipal(rounds)
    return measure_large(rows, rounds)


def main() -> None:
    """The command line; `--kind` is for the processes that this one starts."""
    if sys.argv[1:2] == ["--kind"]:
        what, path, every = sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]) or None
        kinds = {"kaal": bare, "bevroren": frozen, "inname": lambda path: full(path, every), "gemeenten": municipal}
        print(json.dumps(kinds[what](path)))
        return
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS, int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS)


if __name__ == "__main__":
    main()
