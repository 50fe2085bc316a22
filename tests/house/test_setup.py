"""The set-up of a machine: what is installed, when it is left alone, and what someone who is not root gets to read.

The real thing, on a bare Debian with the network, is outside the reach of a test; here every step is followed on a
pretended machine.
"""

import pytest

from tests.house.machine import Machine

RUNTIME = "install --require-hashes --only-binary :all: -r requirements.lock"
DEVELOPMENT = "install --require-hashes --only-binary :all: -r requirements-dev.lock"


def installs(machine: Machine) -> list[str]:
    """The pip and venv calls since the last time, without the options that are the same for all."""
    return [call[call.index("install") :] if "install" in call else call for call in machine.called()]


def test_first_run_installs_the_lock_with_hashes_and_the_project_without_network(machine: Machine) -> None:
    outcome = machine.set_up("report")
    assert outcome.code == 0, outcome.err
    assert installs(machine) == ["venv", RUNTIME, "install --no-index --no-deps --no-build-isolation -e ."]
    assert machine.stamps() == {"requirements.lock"}


def test_second_run_does_nothing_and_says_nothing(machine: Machine) -> None:
    machine.set_up("report")
    machine.called()
    outcome = machine.set_up("report")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert machine.called() == []


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_changed_file_installs_again_in_the_same_environment(machine: Machine, name: str) -> None:
    machine.set_up("report")
    machine.called()
    machine.write(name, "tweede versie\n")
    assert machine.set_up("report").code == 0
    calls = installs(machine)
    assert "venv" not in calls
    assert RUNTIME in calls


def test_report_then_test_upgrades_the_same_environment(machine: Machine) -> None:
    machine.set_up("report")
    machine.called()
    assert machine.set_up("test").code == 0
    assert installs(machine)[0] == DEVELOPMENT
    assert machine.stamps() == {"requirements.lock", "requirements-dev.lock"}


def test_test_then_report_leaves_the_environment_alone(machine: Machine) -> None:
    machine.set_up("test")
    machine.called()
    assert machine.set_up("report").code == 0
    assert machine.called() == []


def test_back_to_an_older_lock_is_noticed_by_both(machine: Machine) -> None:
    machine.set_up("test")
    machine.write("requirements.lock", "tweede versie\n")
    machine.set_up("report")
    machine.write("requirements.lock", "requirements.lock: eerste versie\n")
    machine.called()
    machine.set_up("test")
    assert DEVELOPMENT in installs(machine)


def test_a_failed_installation_leaves_no_stamp_and_is_begun_anew(machine: Machine) -> None:
    assert machine.set_up("report", PIP_EXIT="1").code != 0
    assert machine.stamps() == set()
    machine.called()
    assert machine.set_up("report").code == 0
    assert installs(machine)[:2] == ["venv", RUNTIME]
    assert machine.stamps() == {"requirements.lock"}


def test_a_failed_upgrade_takes_the_old_stamp_away(machine: Machine) -> None:
    machine.set_up("report")
    assert machine.set_up("test", PIP_EXIT="1").code != 0
    assert machine.stamps() == set()


def test_a_moved_checkout_gets_a_new_environment(machine: Machine) -> None:
    machine.set_up("report")
    machine.called()
    moved = machine.home.rename(machine.home.with_name("verhuisd"))
    assert machine.run_in(moved, "sh", ".ci/setup", "report").code == 0
    assert "venv" in machine.called()


def test_without_a_python_it_says_what_to_do(machine: Machine) -> None:
    (machine.bin / "python3.12").unlink()
    outcome = machine.set_up("report")
    assert outcome.code == 1
    assert outcome.err.startswith("Geen Python 3.11, 3.12 of 3.13 gevonden")
    assert len(outcome.err.splitlines()) == 1


def test_a_python_that_is_too_old_or_does_not_work_is_passed_over(machine: Machine) -> None:
    machine.command("python3.13", "#!/bin/sh\nexit 127\n")
    assert machine.run("sh", ".ci/setup", "python").out == "python3.12\n"


def test_a_python_that_can_make_environments_goes_before_a_newer_that_cannot(machine: Machine) -> None:
    machine.command("python3.13", '#!/bin/sh\n[ "$2" != "import ensurepip, venv" ]\n')
    assert machine.run("sh", ".ci/setup", "python").out == "python3.12\n"


def test_a_chosen_python_that_does_not_fit_is_refused(machine: Machine) -> None:
    machine.command("python3.9", "#!/bin/sh\nexit 1\n")
    outcome = machine.set_up("report", PYTHON="python3.9")
    assert outcome.code == 1
    assert outcome.err == "PYTHON=python3.9 is geen werkende Python 3.11, 3.12 of 3.13.\n"
    assert machine.called() == []


def test_someone_who_is_not_root_reads_one_line_with_the_command_for_everything(machine: Machine) -> None:
    machine.be("1000")
    packages = "libniet-hier.so.9=libniet-hier9 libc.so.6=libc6"
    outcome = machine.set_up("report", REPORT_APT_PACKAGES=packages, VENV_EXIT="1")
    assert outcome.code == 1
    (line,) = (outcome.out + outcome.err).splitlines()
    command = "sudo apt-get update && sudo apt-get install --no-install-recommends "
    assert line.startswith("Er ontbreken systeempakketten. Installeer ze met: " + command)
    names = line.split("--no-install-recommends ")[1].split()
    assert names[0].startswith("python3.")
    assert names[0].endswith("-venv")
    assert names[1:] == ["libniet-hier9"]
    assert machine.called() == []


def test_root_gets_only_the_missing_packages_installed(machine: Machine) -> None:
    packages = "libc.so.6=libc6 hulp=hulppakket sh=dash"
    outcome = machine.set_up("report", REPORT_APT_PACKAGES=packages, APT_BRINGS="hulp")
    assert outcome.code == 0, outcome.err
    (install,) = [call for call in machine.called() if call.startswith("apt-get") and "install" in call]
    assert "--no-install-recommends" in install
    assert install.split()[-1] == "hulppakket"
    assert "libc6" not in install
    assert "dash" not in install


def test_the_tests_need_more_than_the_report(machine: Machine) -> None:
    variables = {"TEST_APT_PACKAGES": "hulp=hulppakket", "APT_BRINGS": "hulp"}
    assert machine.set_up("report", **variables).code == 0
    assert not [call for call in machine.called() if call.startswith("apt-get")]
    assert machine.set_up("test", **variables).code == 0
    assert [call for call in machine.called() if call.endswith("hulppakket")]


def test_a_failed_system_installation_shows_why_and_stops(machine: Machine) -> None:
    machine.command("apt-get", "#!/bin/sh\necho 'E: geen schijfruimte' >&2\nexit 100\n")
    outcome = machine.set_up("report", REPORT_APT_PACKAGES="hulp=hulppakket")
    assert outcome.code == 1
    assert "E: geen schijfruimte" in outcome.err
    assert outcome.err.splitlines()[-1].endswith(": hulppakket")
    assert machine.called() == []


def test_a_package_that_does_not_bring_what_is_needed_is_noticed(machine: Machine) -> None:
    outcome = machine.set_up("report", REPORT_APT_PACKAGES="hulp=hulppakket")
    assert outcome.code == 1
    assert outcome.err.startswith("Na het installeren nog steeds niet te gebruiken")


def test_a_system_without_apt_reads_what_is_missing(machine: Machine) -> None:
    (machine.bin / "apt-get").unlink()
    outcome = machine.set_up("report", REPORT_APT_PACKAGES="hulp=hulppakket")
    assert outcome.code == 1
    assert "hulppakket" in outcome.err
    assert "pakketbeheer van uw systeem" in outcome.err
