"""One mutant in the code, and running it.

Belongs here: switching a rule off in a copy of the tree and seeing whether the tests that guard it fail. Not here: the
tables of mutants (the rooms), mutants of contracts, which are data (contracts.py).
"""

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
INTAKE = "pipeline/core/intake"
LONGEST = 120
"""Seconds for the tests of one mutant."""
HEAVY = ("pytest", "hypothesis", "duckdb", "openpyxl", "python_calamine", "yaml", "open_data_contract_standard.model")
"""What the tests import from elsewhere; none of it starts a thread or holds a file."""


@dataclass(frozen=True)
class Mutant:
    """In `file`, `old` (once) becomes `new`; of the tests in `test` (path and -k expression) one must fail."""

    rule: str
    file: str
    old: str
    new: str
    test: tuple[str, str]


def run_code(mutants: Iterable[Mutant], wanted: str) -> Iterator[tuple[str, str]]:
    """Per mutant whose rule holds `wanted`: its rule and the verdict.

    'killed' when the named tests fail with the rule off, 'SURVIVED' when they pass, 'LOST' when the place to switch off
    or the test is not found.
    """
    chosen = [mutant for mutant in mutants if wanted.casefold() in mutant.rule.casefold()]
    if not chosen:
        return
    with _copy() as tree:
        for stamp, mutant in enumerate(chosen, start=1_000_000):
            yield mutant.rule, _verdict(mutant, tree, stamp)


@contextmanager
def _copy() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="mutatie-") as name:
        copy = Path(name) / "boom"
        ignore = shutil.ignore_patterns(".git", ".venv", "output", "__pycache__", "node_modules")
        shutil.copytree(ROOT, copy, ignore=ignore, symlinks=True)
        yield copy


def _verdict(mutant: Mutant, copy: Path, stamp: int) -> str:
    path = copy / mutant.file
    original = path.read_text(encoding="utf-8")
    if original.count(mutant.old) != 1:
        return "LOST"
    _write(path, original.replace(mutant.old, mutant.new), 2 * stamp)
    try:
        code = _run(copy, [mutant.test[0], "-qx", "-p", "no:cacheprovider", "-k", mutant.test[1]])
    finally:
        _write(path, original, 2 * stamp + 1)
    if code == 0:
        return "SURVIVED"
    # 1: tests failed; None: a test that hangs has noticed as well; negative: the process died, as calamine does on a
    # sheet without bounds. Others: no such test, or a mutant that cannot be imported.
    return "killed" if code is None or code == 1 or code < 0 else "LOST"


def _write(path: Path, text: str, stamp: int) -> None:
    """With a time of its own, so that no compiled module of another mutant is taken for this one."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, (stamp, stamp))


def _run(copy: Path, arguments: list[str]) -> int | None:
    """The exit code of pytest in the tree `copy`; None when it took too long. A fork: the heavy imports are done."""
    for name in HEAVY:
        import_module(name)
    child = os.fork()
    if child == 0:
        _become_pytest(copy, arguments)
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def _become_pytest(copy: Path, arguments: list[str]) -> None:
    """Run the tests of the copy in this process, which ends with them."""
    code = 3
    try:
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silence, stream)
        for name in [name for name in sys.modules if name.split(".")[0] in ("tests", "pipeline")]:
            del sys.modules[name]
        os.chdir(copy)
        sys.path[:] = [str(copy), *(place for place in sys.path if place not in ("", str(ROOT)))]
        code = int(import_module("pytest").main(arguments))
    finally:
        os._exit(code)
