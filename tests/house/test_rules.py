"""The rules that ruff and mypy keep for this house, each shown to bite; and the core, loaded to see that it is pure."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


def ruff(checkout: Path, place: str, code: str, *, rule: str) -> list[str]:
    """What ruff finds of one rule in `code`, as if it stood at `place` in the checkout. Nothing is written there."""
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format", "json"]
    done = subprocess.run(
        [*command, "--stdin-filename", place, "-"],
        cwd=checkout,
        input=code,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return [found["message"] for found in json.loads(done.stdout) if found["code"] == rule]


DAGSTER_IMPORTS = [
    "import dagster\n",
    "import dagster as dg\n",
    "from dagster import asset\n",
    "import dagster._core.definitions\n",
    "from dagster._core import definitions\n",
    "def f() -> None:\n    import dagster\n",
    "from pipeline.orchestration import resources\n",
    "from pipeline import orchestration\n",
    "from pipeline.definitions import build_defs\n",
]


@pytest.mark.parametrize("place", ["pipeline/core/proef.py", "pipeline/core/document/proef.py"])
@pytest.mark.parametrize("code", DAGSTER_IMPORTS)
def test_dagster_is_refused_in_the_core(checkout: Path, place: str, code: str) -> None:
    found = ruff(checkout, place, code, rule="TID251")
    assert found, code
    assert "pipeline/core" in found[0]


@pytest.mark.parametrize(
    "place",
    ["pipeline/orchestration/proef.py", "pipeline/definitions.py", "pipeline/cli.py", "tests/orchestration/test_x.py"],
)
def test_dagster_is_free_outside_the_core(checkout: Path, place: str) -> None:
    assert ruff(checkout, place, "import dagster\n", rule="TID251") == []


def test_the_core_loads_without_dagster(checkout: Path) -> None:
    program = """
import importlib, pkgutil, sys
import pipeline.core
names = [found.name for found in pkgutil.walk_packages(pipeline.core.__path__, "pipeline.core.")]
for name in names:
    importlib.import_module(name)
print(len(names), *sorted(name for name in sys.modules if name.split(".")[0] == "dagster" or "orchestration" in name))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=checkout, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    count, *loaded = done.stdout.split()
    assert int(count) >= 3
    assert loaded == []


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("BLE001", "try:\n    x = 1\nexcept Exception:\n    x = 2\n"),
        ("T201", 'print("x")\n'),
        ("PLW1514", "from pathlib import Path\n\nPath('x').read_text()\n"),
        ("ANN201", "def f():\n    return 1\n"),
        ("DTZ005", "from datetime import datetime\n\ndatetime.now()\n"),
        ("D100", "x = 1\n"),
        ("E501", "x = '" + "a" * 120 + "'\n"),
        ("ERA001", "# x = 1\n"),
    ],
)
def test_a_house_rule_bites(checkout: Path, rule: str, code: str) -> None:
    assert ruff(checkout, "pipeline/core/proef.py", code, rule=rule)


def test_only_the_command_line_prints(checkout: Path) -> None:
    assert ruff(checkout, "pipeline/cli.py", 'print("x")\n', rule="T201") == []


def test_mypy_is_strict_on_the_core(checkout: Path, tmp_path: Path) -> None:
    shadow = tmp_path / "proef.py"
    shadow.write_text("def f(x: list) -> list:\n    return x\n", encoding="utf-8")
    module = "pipeline/core/periods.py"
    options = ["--cache-dir", str(tmp_path / "cache"), "--follow-imports", "skip", "--shadow-file", module, str(shadow)]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *options, module],
        cwd=checkout,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "[type-arg]" in done.stdout, done.stdout + done.stderr
