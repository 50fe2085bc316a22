"""The installed wheel, outside the checkout: the SQL, the templates and the data of the package are found in it.

Built and installed without network. What the shipped files contain is for the other rooms.
"""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.wheel import Alone, python_of

SHIPPED = ("sql", "report_templates")

FIND = """
import json, sys
from pipeline.core.house import house_path, package_path
found = {name: str(house_path(name)) for name in ("sql", "report_templates")}
print(json.dumps(found | {"package": str(package_path())}))
"""


def files(folder: Path) -> dict[str, bytes]:
    """Relative path to content of each file in a folder, without what Python caches."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def installed(environment: Path) -> Path:
    """The interpreter of a new environment with this wheel; its dependencies are those of the running environment."""
    return python_of(environment)


@pytest.fixture(scope="module")
def found(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Where the installed package finds its folders."""
    done = subprocess.run(
        [str(installed), "-I", "-c", FIND],
        cwd=tmp_path_factory.mktemp("elders"),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return {name: Path(place) for name, place in json.loads(done.stdout).items()}


@pytest.mark.parametrize("name", SHIPPED)
def test_the_wheel_finds_its_own_copy(installed: Path, found: dict[str, Path], name: str) -> None:
    assert found[name].is_relative_to(installed.parents[1])


@pytest.mark.parametrize("name", SHIPPED)
def test_the_copy_is_that_of_the_checkout(checkout: Path, found: dict[str, Path], name: str) -> None:
    expected = files(checkout / name)
    assert expected, f"{name}/ is empty"
    assert files(found[name]) == expected


def test_the_data_of_the_package_is_shipped(checkout: Path, found: dict[str, Path]) -> None:
    expected = files(checkout / "pipeline")
    shipped = {path: content for path, content in files(found["package"]).items() if not path.startswith("_house/")}
    assert shipped == expected


def test_nothing_else_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        rooms = {name.split("/")[0] for name in archive.namelist()}
    assert {room for room in rooms if not room.endswith(".dist-info")} == {"pipeline"}


def test_the_wheel_carries_the_licence(checkout: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/licenses/LICENSE")]
        assert archive.read(name) == (checkout / "LICENSE").read_bytes()


def test_the_checkout_uses_its_own_files_and_no_copy(checkout: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FIND], cwd=checkout, capture_output=True, encoding="utf-8", check=True)
    places = json.loads(done.stdout)
    assert {name: Path(places[name]) for name in SHIPPED} == {name: checkout / name for name in SHIPPED}


def test_the_installed_command_answers(installed: Path, tmp_path: Path) -> None:
    command = [str(installed.parent / "voortgang"), "--help"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "rapport" in done.stdout


def test_the_installed_wheel_makes_a_report_outside_the_checkout(installed: Path, alone: Alone) -> None:
    """The run about which tests/orchestration/test_persons.py asks everything else."""
    assert Path(alone.told["pipeline"]).is_relative_to(installed.parents[1])
    edition = alone.place / "output" / "2016-I" / "edities" / "1"
    assert (edition / "voortgangsrapportage-2016-I.pdf").read_bytes().startswith(b"%PDF-")
    assert json.loads((edition / "manifest.json").read_text(encoding="utf-8"))["code"]["commit"] is None
