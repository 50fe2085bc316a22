"""Runs started in pairs at random offsets: no deadlock, no damaged edition, every refusal explained.

    python -m tests.tools.pairs MAP [--paren N] [--heel N] [--zaad N] [--seconden N]

Two processes make a report on one half-year, or on two; each waits for the other as long as the dice say. Meanwhile a
reader queries the newest copy. Prints one line per pair and the counts as JSON; goes on in the folder where an earlier
call stopped. Exit code 1 when anything was not as it must be. With `--heel 5` every fifth pair is whole and the others
typeset a blank page in place of the documents: all that runs share (database, instance, editions, copies) is real in
each.
"""

import argparse
import json
import multiprocessing
import os
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

import duckdb
import pikepdf

from pipeline.cli import main as voortgang
from pipeline.core.config import CONFIG_VARIABLE
from pipeline.core.document.meta import DocumentMeta
from pipeline.core.edition_store import edition_folder, edition_numbers, manifest_of
from pipeline.core.editions import documents
from pipeline.core.house import package_path
from pipeline.core.periods import Periode
from pipeline.core.readers import copy_place
from pipeline.core.verification import compare_files
from tests.editions.small import write_overview

PERIODES = (Periode(2016, 1), Periode(2016, 2))
HUNG = 900.0
"""Seconds after which two runs that are both still busy are said to hold each other."""
_MADE = (0, 1)
_REFUSED = ("werkt al aan", "maakt al een editie")
_WAITS = (0.2, 2.0, HUNG)
_PRELOADED = ["pipeline.definitions", "pipeline.orchestration.run", "pipeline.core.document.render", "docxtpl", "page"]


@dataclass(frozen=True)
class Start:
    """One run of a pair: its half-year, seconds until it begins, and how many it waits for another."""

    periode: Periode
    offset: float
    wachttijd: float


@dataclass
class Outcome:
    """What became of a run: exit code (None: still busy after HUNG seconds) and all that it said."""

    code: int | None
    said: str

    @property
    def made(self) -> bool:
        return self.code in _MADE

    @property
    def refused(self) -> bool:
        """Refused with the reason and what to do."""
        lines = self.said.strip().splitlines()
        return self.code == 2 and any(sign in lines[-1] for sign in _REFUSED) and "start opnieuw" in lines[-1]


@dataclass
class Seen:
    """What a reader found in the copies while the runs went on: queries, and what went wrong."""

    queries: int = 0
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)


def deliveries(work: Path) -> dict[Periode, Path]:
    """A delivery per half-year: the real overviews."""
    first, second = PERIODES
    folder = work / "levering-2016-II"
    return {
        first: package_path("sample", "leveringen", "2016-I"),
        second: folder if folder.is_dir() else write_overview(folder, second),
    }


def thrown(dice: random.Random, spread: float) -> tuple[Start, Start]:
    """Two runs; three times out of four of one half-year."""
    one = dice.choice(PERIODES)
    other = one if dice.random() < 0.75 else PERIODES[1 - PERIODES.index(one)]
    return Start(one, 0.0, dice.choice(_WAITS)), Start(other, dice.uniform(0, spread), dice.choice(_WAITS))


def run(start: Start, delivery: Path, work: Path, name: str) -> None:
    """The whole command line in this process; what it says goes to the file of its `name`, then its exit code."""
    settings = work / f"{name}.toml"
    settings.write_text(f'output = "output"\nwachttijd = {start.wachttijd}\n', encoding="utf-8")
    os.environ[CONFIG_VARIABLE] = str(settings)
    with (work / f"{name}.txt").open("w", encoding="utf-8") as said:
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
        time.sleep(start.offset)
        code = voortgang(["rapport", str(start.periode), "--levering", str(delivery), "--reden", name, "--opnieuw"])
        sys.stdout.flush()
        sys.stderr.flush()
    sys.exit(code)


def blank(_con: object, meta: DocumentMeta, folder: Path) -> list[Path]:
    """In the place of the report: a blank page, the same bytes each time."""
    place = folder / documents(meta.periode)[0]
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(place, static_id=True)
    return [place]


def run_blank(start: Start, delivery: Path, work: Path, name: str) -> None:
    """`run`, with a blank page for the documents."""
    import_module("pipeline.core.editions").__dict__["_render"] = blank
    run(start, delivery, work, name)


def read_on(output: Path, stop: threading.Event, seen: Seen) -> None:
    """Query the newest copy of each half-year over and over, each time with a new connection, as a notebook would."""
    while not stop.is_set():
        for periode in PERIODES:
            for nummer in edition_numbers(output, periode)[-1:]:
                place = copy_place(output, periode, nummer)
                if not place.is_file():
                    continue
                began = time.monotonic()
                try:
                    with duckdb.connect(place, read_only=True, config={"threads": 1}) as con:
                        con.execute("select cijfer_id, waarde from report.cijfers where gebied = 'NL'").fetchall()
                except duckdb.Error as error:
                    seen.faults.append(f"lezer van {place}: {error}")
                seen.queries += 1
                seen.slowest = max(seen.slowest, time.monotonic() - began)
        stop.wait(0.5)


def pair(
    starts: Sequence[Start], work: Path, name: str, entry: Callable[[Start, Path, Path, str], None]
) -> tuple[list[Outcome], Seen]:
    """Start the runs, wait for both, and read meanwhile. `entry`: `run` or `run_blank`."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*_PRELOADED, "tests.tools.pairs"])
    made = deliveries(work)
    seen, stop = Seen(), threading.Event()
    reader = threading.Thread(target=read_on, args=(work / "output", stop, seen))
    names = [f"{name}-{place}" for place in "ab"]
    children = [
        context.Process(target=entry, args=(start, made[start.periode], work, one))
        for start, one in zip(starts, names, strict=True)
    ]
    for child in children:
        child.start()
    reader.start()
    give_up = time.monotonic() + HUNG + 60
    for child in children:
        child.join(max(1.0, give_up - time.monotonic()))
    codes = [child.exitcode for child in children]
    for child in children:
        if child.exitcode is None:
            child.kill()
            child.join()
    stop.set()
    reader.join()
    texts = [(work / f"{one}.txt").read_text(encoding="utf-8") for one in names]
    return [Outcome(code, said) for code, said in zip(codes, texts, strict=True)], seen


def whole(output: Path, periode: Periode, numbers: Sequence[int]) -> list[str]:
    """What is wrong with these editions: a file that is not what the manifest says, or a copy that cannot be read."""
    faults = []
    for nummer in numbers:
        folder = edition_folder(output, periode, nummer)
        found = compare_files(output, periode, nummer, manifest_of(folder))
        faults += [f"{periode} editie {nummer}: {one}" for one in found if one.hard]
        with duckdb.connect(copy_place(output, periode, nummer), read_only=True) as con:
            ((rows,),) = con.execute("select count(*) from report.cijfers").fetchall()
        with (folder / "cijfers.csv").open(encoding="utf-8") as register:
            lines = sum(1 for _ in register) - 1
        if rows != lines:
            faults.append(f"{periode} editie {nummer}: de leeskopie heeft {rows} cijfers, de editie {lines}")
    left = [str(path) for path in (output / str(periode)).rglob(".bezig-*")]
    return [*faults, *(f"bleef liggen: {path}" for path in left)]


def judged(
    starts: Sequence[Start], work: Path, name: str, before: dict[Periode, tuple[int, ...]], *, heel: bool = True
) -> list[str]:
    """Run a pair, `heel` or with a blank page, and say all that was not as it must be; prints its line."""
    # By its own name, for the child: here it may be `__main__`.
    from tests.tools import pairs

    output = work / "output"
    outcomes, seen = pair(starts, work, name, pairs.run if heel else pairs.run_blank)
    faults = list(seen.faults)
    for start, outcome in zip(starts, outcomes, strict=True):
        if not outcome.made and not outcome.refused:
            faults.append(f"{start}: {outcome.code}, {outcome.said[-600:]}")
    for periode in PERIODES:
        new = [one for one in edition_numbers(output, periode) if one not in before.get(periode, ())]
        made = sum(outcome.made for start, outcome in zip(starts, outcomes, strict=True) if start.periode == periode)
        if len(new) != made:
            faults.append(f"{periode}: {made} gemaakt, maar de nieuwe edities zijn {new}")
        faults += whole(output, periode, new)
        before[periode] = edition_numbers(output, periode)
    line = {
        "paar": name,
        "heel": heel,
        "starts": [f"{one.periode}+{one.offset:.1f}s wacht {one.wachttijd:g}" for one in starts],
        "uitkomst": ["gemaakt" if one.made else "geweigerd" if one.refused else "FOUT" for one in outcomes],
        "wachtte": sum("deze run wacht" in one.said for one in outcomes),
        "gelezen": seen.queries,
        "traagste_lezing": round(seen.slowest, 2),
        "fouten": faults,
    }
    with (work / "paren.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(line, ensure_ascii=False) + "\n")
    print(json.dumps(line, ensure_ascii=False), flush=True)
    return faults


def summary(work: Path) -> dict[str, object]:
    """The counts over all pairs that were started in this folder."""
    lines = [json.loads(line) for line in (work / "paren.jsonl").read_text(encoding="utf-8").splitlines()]
    return {
        "paren": len(lines),
        "waarvan heel": sum(line["heel"] for line in lines),
        "runs": sum(len(line["uitkomst"]) for line in lines),
        **Counter(one for line in lines for one in line["uitkomst"]),
        "wachtten met een bericht": sum(line["wachtte"] for line in lines),
        "lezingen": sum(line["gelezen"] for line in lines),
        "traagste lezing (s)": max(line["traagste_lezing"] for line in lines),
        "fouten": sum(len(line["fouten"]) for line in lines),
    }


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="runs in paren")
    parser.add_argument("map", type=Path)
    parser.add_argument("--paren", type=int, default=100)
    parser.add_argument("--heel", type=int, default=1, help="elk zoveelste paar zet de documenten echt")
    parser.add_argument("--zaad", type=int, default=2016)
    parser.add_argument("--spreiding", type=float, default=10.0, help="seconden waarbinnen de tweede begint")
    parser.add_argument("--seconden", type=float, default=float("inf"), help="begin daarna aan geen paar meer")
    arguments = parser.parse_args()
    work = arguments.map.resolve()
    work.mkdir(parents=True, exist_ok=True)
    log = work / "paren.jsonl"
    done = len(log.read_text(encoding="utf-8").splitlines()) if log.exists() else 0
    before = {periode: edition_numbers(work / "output", periode) for periode in PERIODES}
    stop = time.monotonic() + arguments.seconden
    faults = 0
    for number in range(done, done + arguments.paren):
        if time.monotonic() > stop:
            break
        dice = random.Random(f"{arguments.zaad} {number}")
        starts = thrown(dice, arguments.spreiding)
        faults += len(judged(starts, work, f"paar-{number}", before, heel=number % arguments.heel == 0))
    print(json.dumps(summary(work), ensure_ascii=False, indent=2))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
