"""The lock files: every package has hashes, nothing says where it comes from, and all locks agree with pyproject.toml.

The set-up leans on this: it takes the development lock to hold all of the runtime lock, and asks pip for hashes.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

BENCH = "tests/bench/requirements.lock"
LOCKS = ("requirements.lock", "requirements-dev.lock", "pipeline/deploy/requirements.lock", BENCH)
EXTRAS = {
    "requirements.lock": ["build"],
    "requirements-dev.lock": ["build", "ui", "productie", "dev"],
    "pipeline/deploy/requirements.lock": ["build", "ui", "productie"],
    BENCH: ["bench"],
}


def read_lock(path: Path) -> dict[str, tuple[Requirement, frozenset[str]]]:
    """The packages of a lock: name (with its marker, if any) to requirement and hashes."""
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    entries: dict[str, tuple[Requirement, frozenset[str]]] = {}
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        stated, *hashes = line.split(" --hash=")
        requirement = Requirement(stated.strip())
        key = f"{canonicalize_name(requirement.name)} ; {requirement.marker}"
        assert key not in entries, f"{key} is twice in {path.name}"
        entries[key] = (requirement, frozenset(one.strip() for one in hashes))
    return entries


@pytest.fixture(scope="module")
def project(checkout: Path) -> dict[str, Any]:
    with (checkout / "pyproject.toml").open("rb") as file:
        content: dict[str, Any] = tomllib.load(file)["project"]
    return content


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_one_version_and_sha256_hashes(checkout: Path, name: str) -> None:
    lock = read_lock(checkout / name)
    assert len(lock) > 50
    for key, (requirement, hashes) in lock.items():
        assert re.fullmatch(r"==[^,*]+", str(requirement.specifier)), key
        assert requirement.url is None, key
        assert hashes, key
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), key


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_says_nothing_about_where_packages_come_from(checkout: Path, name: str) -> None:
    text = (checkout / name).read_text(encoding="utf-8")
    assert "://" not in text
    options = [line for line in text.splitlines() if line.startswith("-")]
    assert options == []


@pytest.mark.parametrize("name", [name for name in LOCKS if name not in ("requirements-dev.lock", BENCH)])
def test_the_development_lock_holds_the_whole_of_every_other(checkout: Path, name: str) -> None:
    other, development = read_lock(checkout / name), read_lock(checkout / "requirements-dev.lock")
    assert set(other) <= set(development)
    for key, (requirement, hashes) in other.items():
        assert (str(requirement.specifier), hashes) == (str(development[key][0].specifier), development[key][1]), key


def test_what_is_measured_beside_the_project_changes_no_package_of_it(checkout: Path) -> None:
    bench, development = read_lock(checkout / BENCH), read_lock(checkout / "requirements-dev.lock")
    shared = set(bench) & set(development)
    assert len(shared) > 50
    for key in shared:
        assert str(bench[key][0].specifier) == str(development[key][0].specifier), key


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_keeps_to_what_pyproject_asks(checkout: Path, project: dict[str, Any], name: str) -> None:
    locked = {canonicalize_name(one.name): one for one, _ in read_lock(checkout / name).values()}
    asked = project["dependencies"] + [one for extra in EXTRAS[name] for one in project["optional-dependencies"][extra]]
    for stated in asked:
        requirement = Requirement(stated)
        found = locked.get(canonicalize_name(requirement.name))
        assert found is not None, f"{stated} is not in {name}: run make lock"
        (pin,) = found.specifier
        assert requirement.specifier.contains(pin.version, prereleases=True), f"{stated}: {name} has {pin.version}"


def test_the_runtime_lock_has_no_development_tools(checkout: Path) -> None:
    names = {canonicalize_name(one.name) for one, _ in read_lock(checkout / "requirements.lock").values()}
    assert not names & {"pytest", "mypy", "ruff", "hypothesis", "sqlglot", "dagster-webserver"}
