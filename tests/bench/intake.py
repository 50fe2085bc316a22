"""Measures the intake of ten million koppelingen beside DuckDB's bare read of the same file into a typed table.

Belongs here: time per stage, memory, and whether every planted fault is found on its line. Not here: whether intake is
right (tests/core/intake). Run: `python -m tests.bench.intake [rows] [share of planted faults]`. The file is made in a
temporary folder and removed afterwards; each measurement runs in a process of its own.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROWS = 10_000_000

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
FAULTS = ("datum", "gemeente", "cellen", "aanbod", "grond", "persoon")
"""Kinds of planted faults; row n (from 0) with a fault has kind n % 6."""


def generate(path: Path, rows: int, every: int | None) -> None:
    """Write the file; with `every`, each row whose number it divides has a fault."""
    import duckdb

    bad = "false" if every is None else f"i % {every} = 0"
    grounds = "['werk','opleiding','netwerk','gezin','medisch','opvang_nabij','geen']"
    cells = f"""
        'K' || lpad(cast(i as varchar), 8, '0') as c0,
        case when fout and i % 6 = 5 then 'V9999999999'
        else 'V999' || lpad(cast(hash(i * 7 + 5) % {max(rows // 2, 1)} as varchar), 7, '0') end as c1,
        case when fout and i % 6 = 1 then 'Amsterdan' else namen[1 + r(i, 9, 20)] end as c2,
        case when fout and i % 6 = 0 then '30-02-2016' else dag(k) end as c3,
        case when s < 80 then dag(k + d1 + d2 + 5) end as c4,
        case when s < 50 then 'gehuisvest' when s < 65 then 'ontkoppeld_coa' when s < 80 then 'overig' end as c5,
        case when fout and i % 6 = 3 then dag(k - 1) when s < 60 then dag(k + d1) end as c6,
        case when s in (1, 2, 3) then 'onterecht' when s in (4, 5) then 'terecht' end as c7,
        case when s between 1 and 5 then dag(k + d1 + 1) end as c8,
        case when s between 6 and 50 then dag(k + d1 + d2) end as c9,
        dag(k + 2) as c10,
        case when fout and i % 6 = 4 then 'zomaar' else {grounds}[1 + r(i, 6, 7)] end as c11,
        case when s % 6 = 0 then 'ja' else 'nee' end as c12,
        case when s % 6 = 0 then dag(k - 3) end as c13,
        case when s < 15 then 'geen_woning' end || case when fout and i % 6 = 2 then ';' else '' end as c14
    """
    ragged = "c14 || case when fout and i % 6 = 2 then ';teveel' else '' end"
    line = " || ';' || ".join([*(f"coalesce(c{number}, '')" for number in range(14)), f"coalesce({ragged}, '')"])
    cells = cells.replace("end || case when fout and i % 6 = 2 then ';' else '' end as c14", "else '' end as c14")
    with duckdb.connect() as con:
        con.execute("create macro r(i, k, m) as cast(hash(i * 31 + k) % m as integer)")
        con.execute("create macro dag(d) as strftime(d, '%d-%m-%Y')")
        con.execute(
            f"""
            copy (
                with basis as (
                    select i, date '2014-01-01' + r(i, 1, 900) as k, r(i, 2, 100) as s, r(i, 3, 60) as d1,
                    r(i, 4, 20) as d2, {bad} as fout, string_split('{_NAMES}', ',') as namen
                    from range({rows}) as t(i)
                ),
                cellen as (select i, fout, {cells} from basis)
                select {line} as "{";".join(_COLUMNS)}" from cellen order by i
            ) to '{path}' (format csv, header true, delimiter '\t', quote '')
            """
        )


def bare(path: Path) -> dict[str, Any]:
    """DuckDB alone: the file into a table with types, no check at all."""
    import duckdb

    types = {name: "DATE" if "atum" in name or name in _DAYS else "VARCHAR" for name in _COLUMNS}
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(Path(folder) / "kaal.duckdb") as con:
        started = time.perf_counter()
        con.execute(
            f"""
            create table kaal as select * from read_csv(
                '{path}', columns = {types}, delim = ';', quote = '', escape = '', header = true, auto_detect = false,
                dateformat = '%d-%m-%Y', new_line = '\\n', strict_mode = true
            )
            """
        )
        return {"seconden": time.perf_counter() - started, "geheugen_gb": _peak()}


_DAYS = ("Einde koppeling", "Huurcontract", "Informatieprofiel")


def full(path: Path, every: int | None) -> dict[str, Any]:
    """All of intake for this one extract: look, sieve, pseudonyms, rules, table, freeze."""
    import duckdb

    from pipeline.core.intake import extract, files, sieve
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
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(Path(folder) / "inname.duckdb") as con:
        load_reference(con)
        prepare(con)
        key = pseudonymiser_for(sample=True)
        con.execute("create schema levering")
        # The persons were read before this extract; their part is not measured.
        con.execute(
            f"""
            create table levering.coa_personen as
            select {hmac_sql(canonical_sql("nummer"))} as persoon, date '2013-01-01' as datum_vergunning
            from (select distinct 9990000000 + hash(i * 7 + 5) % {max(_rows(path) // 2, 1)} as nummer
            from range({_rows(path)}) as t(i))
            """,
            key.pads(),
        )
        con.execute(f"delete from {PSEUDONYMS}")
        round_ = extract.Round(Periode(2016, 1), lambda _name, _year: (), key, accepted={"coa_personen"})
        contract = load_contract("coa_koppelingen")
        if every is not None:
            # The planted share is at the bound of the contract; here it is about lines.
            from dataclasses import replace

            contract = replace(contract, max_refused=0.5)
        started = time.perf_counter()
        result = extract.read_extract(con, contract, (Entry("coa/koppelingen.csv", path),), round_)
        read = time.perf_counter() - started
        con.execute("drop table levering.coa_personen")
        started = time.perf_counter()
        frozen = freeze(con, Path(folder) / "bronnen") if result.accepted else ()
        stages["bevriezen"] = time.perf_counter() - started
        stages["tabel en rest"] = read - sum(seconds for name, seconds in stages.items() if name != "bevriezen")
        (file,) = result.files
        return {
            "seconden": read + stages["bevriezen"],
            "geheugen_gb": _peak(),
            "stappen": stages,
            "geaccepteerd": result.accepted,
            "behouden": file.rijen_behouden,
            "geweigerd": file.rijen_geweigerd,
            "parquet_mb": [round(item.size / 1e6) for item in frozen],
            "regels_juist": _right_lines(result.findings, file.regels - 1, every),
        }


def _right_lines(findings: tuple[Any, ...], rows: int, every: int | None) -> bool:
    """Whether exactly the planted lines were refused, each for its own fault."""
    kinds = {
        "geen datum": 0, "geen gemeente op de dag van deze regel": 1, "onleesbare regel": 2, "aanbod voor koppeling": 3,
        "onbekende waarde": 4, "onbekend bij coa_personen": 5,
    }  # fmt: skip
    found = {(item.regel, kinds.get(item.controle)) for item in findings if item.ernst == "geweigerd"}
    return found == ({(i + 2, i % 6) for i in range(0, rows, every)} if every else set())


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


def _child(what: str, path: Path, every: int | None) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.intake", "--kind", what, str(path), str(every or 0)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    result: dict[str, Any] = json.loads(answer)
    return result


def measure(rows: int, every: int | None) -> None:
    """Generate, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "koppelingen.csv"
        (path.parent / "rijen").write_text(str(rows), encoding="utf-8")
        generate(path, rows, every)
        print(f"{rows} koppelingen, {path.stat().st_size / 1e6:.0f} MB, fouten: {f'1 op {every}' if every else 'geen'}")
        plain = None if every else _child("kaal", path, None)
        whole = _child("inname", path, every)
    if plain is not None:
        print(f"kaal inlezen in een getypeerde tabel: {plain['seconden']:.1f} s, {plain['geheugen_gb']:.2f} GB")
        print(f"inname: {whole['seconden'] / plain['seconden']:.1f} keer zo lang")
    print(f"inname: {whole['seconden']:.1f} s, {whole['geheugen_gb']:.2f} GB, {whole}")
    for name, seconds in whole["stappen"].items():
        print(f"  {name:15} {seconds:6.1f} s  {100 * seconds / whole['seconden']:5.1f} %")


def main() -> None:
    """The command line; `--kind` is for the processes that this one starts."""
    if sys.argv[1:2] == ["--kind"]:
        what, path, every = sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]) or None
        print(json.dumps(bare(path) if what == "kaal" else full(path, every)))
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    share = float(sys.argv[2]) if len(sys.argv) > 2 else 0.0
    measure(rows, round(1 / share) if share else None)


if __name__ == "__main__":
    main()
