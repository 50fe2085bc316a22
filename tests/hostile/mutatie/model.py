"""One mutant in the code, and running it.

Belongs here: switching a rule off in a copy of the tree and seeing whether the tests that guard it fail. Not here: the
tables of mutants (the rooms), mutants of contracts, which are data (contracts.py).
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
INTAKE = "pipeline/core/intake"


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
        for mutant in chosen:
            yield mutant.rule, _verdict(mutant, tree)


@contextmanager
def _copy() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="mutatie-") as name:
        copy = Path(name) / "boom"
        ignore = shutil.ignore_patterns(".git", ".venv", "output", "__pycache__", "node_modules")
        shutil.copytree(ROOT, copy, ignore=ignore, symlinks=True)
        yield copy


def _verdict(mutant: Mutant, copy: Path) -> str:
    path = copy / mutant.file
    original = path.read_text(encoding="utf-8")
    if original.count(mutant.old) != 1:
        return "LOST"
    path.write_text(original.replace(mutant.old, mutant.new), encoding="utf-8")
    test, words = mutant.test
    command = [sys.executable, "-B", "-m", "pytest", test, "-qx", "-p", "no:cacheprovider", "-k", words]
    try:
        done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False, timeout=120)
    except subprocess.TimeoutExpired:
        # A test that hangs without its rule has noticed as well.
        return "killed"
    finally:
        path.write_text(original, encoding="utf-8")
    if done.returncode == 0:
        return "SURVIVED"
    # 1: tests failed; negative: the process died, as calamine does on a sheet without bounds. 5: no such test.
    return "killed" if done.returncode == 1 or done.returncode < 0 else "LOST"
