"""The Makefile and .ci/run: which exit codes count as success, what reaches the command line, what is kept."""

import pytest

from tests.house.machine import Machine


@pytest.fixture
def ready(machine: Machine) -> Machine:
    """A machine on which the set-up has nothing to do and `voortgang` only logs."""
    machine.write(".ci/setup", 'echo "setup $1" >>"$LOG"\n')
    voortgang = machine.home / ".venv/bin/voortgang"
    machine.write(".venv/bin/voortgang", '#!/bin/sh\necho "voortgang $*" >>"$LOG"\nexit "${CODE:-0}"\n')
    voortgang.chmod(0o755)
    return machine


@pytest.mark.parametrize(("code", "made"), [("0", True), ("1", True), ("2", False), ("3", False), ("4", False)])
def test_report_accepts_a_report_with_warnings_and_nothing_worse(ready: Machine, code: str, made: bool) -> None:
    assert (ready.run("make", "report", CODE=code).code == 0) is made


def test_report_sets_up_and_makes_the_first_half_of_2016(ready: Machine) -> None:
    ready.run("make", "report")
    assert ready.called() == ["setup report", "voortgang rapport 2016-I"]


def test_report_takes_another_half_year_and_options(ready: Machine) -> None:
    ready.run("make", "report", "PERIODE=2017-I", "OPTIES=--reden nieuw")
    assert ready.called()[-1] == "voortgang rapport 2017-I --reden nieuw"


def test_report_is_not_made_when_the_set_up_fails(ready: Machine) -> None:
    ready.write(".ci/setup", "exit 1\n")
    assert ready.run("make", "report").code != 0
    assert ready.called() == []


def test_what_weasyprint_needs_reaches_the_set_up(ready: Machine) -> None:
    ready.write(".ci/setup", 'echo $REPORT_APT_PACKAGES >>"$LOG"\n')
    ready.run("make", "setup")
    packages = {pair.split("=")[1] for pair in ready.called()[0].split()}
    assert packages == {"libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"}


def test_ui_sets_up_with_the_development_lock_that_holds_the_web_server(ready: Machine) -> None:
    ready.run("make", "ui")
    assert ready.called() == ["setup test", "voortgang ui"]


def test_bench_without_benchmarks_says_so(ready: Machine) -> None:
    outcome = ready.run("make", "bench")
    assert outcome.code == 0
    assert "nog geen metingen" in outcome.out


def test_bench_runs_the_benchmarks_when_there_are_any(ready: Machine) -> None:
    ready.write("tests/bench/__main__.py", "")
    ready.write(".venv/bin/python", '#!/bin/sh\necho "python $*" >>"$LOG"\n')
    (ready.home / ".venv/bin/python").chmod(0o755)
    ready.run("make", "bench")
    assert ready.called() == ["setup test", "setup bench", "python -m tests.bench"]
    ready.run("make", "bench", "METING=tabellen inname", "RONDES=1")
    assert ready.called()[-1] == "python -m tests.bench tabellen inname --rondes 1"


def test_make_alone_lists_every_target(ready: Machine) -> None:
    listed = {line.split()[1] for line in ready.run("make").out.splitlines()}
    wanted = {"report", "test", "check", "lint", "ui", "bench", "paren", "setup", "setup-dev", "lock", "clean", "help"}
    assert listed == wanted


def test_clean_never_touches_output(ready: Machine) -> None:
    for name in ("output/2016-I/edities/1/manifest.json", "pipeline/__pycache__/a.pyc", "tests/a.py", ".mypy_cache/x"):
        ready.write(name, "")
    assert ready.run("make", "clean").code == 0
    left = {str(path.relative_to(ready.home)) for path in ready.home.rglob("*") if path.is_file()}
    assert {"output/2016-I/edities/1/manifest.json", "tests/a.py"} <= left
    assert not [name for name in left if name.startswith((".venv", ".mypy_cache")) or "__pycache__" in name]


@pytest.mark.parametrize("code", ["0", "1"])
def test_ci_ends_with_the_closing_line_of_pytest_and_its_verdict(ready: Machine, code: str) -> None:
    closing = "===== 12 passed in 3.45s ====="
    ready.write(".venv/bin/python", f'#!/bin/sh\necho begin\necho "{closing}"\nexit {code}\n')
    (ready.home / ".venv/bin/python").chmod(0o755)
    outcome = ready.run_in(ready.bin, "bash", str(ready.home / ".ci/run"))
    assert outcome.out.splitlines()[-1] == closing
    assert (outcome.code == 0) is (code == "0")
