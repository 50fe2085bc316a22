"""The files of a server: units that systemd accepts, a container without rights; nothing is built or started here."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

UNITS = ("voortgang-web.service", "voortgang-daemon.service")


@pytest.fixture
def deploy(checkout: Path) -> Path:
    return checkout / "pipeline" / "deploy"


def _value(unit: str, key: str) -> str:
    (found,) = re.findall(rf"^{key}=(.*)$", unit, re.MULTILINE)
    return str(found)


@pytest.mark.parametrize("name", UNITS)
def test_systemd_accepts_the_unit(deploy: Path, tmp_path: Path, name: str) -> None:
    """With a program that is there: systemd looks for it."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is er niet (Debian: apt-get install systemd)")
    text = (deploy / name).read_text(encoding="utf-8")
    unit = tmp_path / name
    unit.write_text(text.replace("/opt/voortgang/.venv/bin/voortgang", shutil.which("true") or ""), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--recursive-errors=no", "--man=no", str(unit)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", UNITS)
def test_a_service_is_no_root_and_writes_in_one_folder(deploy: Path, name: str) -> None:
    unit = (deploy / name).read_text(encoding="utf-8")
    assert _value(unit, "User") == "voortgang" and _value(unit, "UMask") == "0077"
    assert _value(unit, "ProtectSystem") == "strict" and _value(unit, "ReadWritePaths") == "/srv/voortgang"
    assert _value(unit, "CapabilityBoundingSet") == "" and _value(unit, "NoNewPrivileges") == "yes"
    assert _value(unit, "ExecStart").split()[-2:] == ["dienst", name.split("-")[1].removesuffix(".service")]


def _instructions(text: str) -> list[tuple[str, str]]:
    """(instruction, arguments) of a container file, its continued lines joined, without comments."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [(line.split()[0], line.split(None, 1)[1]) for line in joined.splitlines() if line.strip()]


def test_the_container_is_no_root_and_writes_in_one_folder(deploy: Path) -> None:
    every = _instructions((deploy / "Containerfile").read_text(encoding="utf-8"))
    known = {"FROM", "RUN", "WORKDIR", "COPY", "ENV", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"}
    assert {name for name, _ in every} <= known
    start = max(place for place, (name, _) in enumerate(every) if name == "FROM")
    last = every[start:]
    (user,) = [value for name, value in last if name == "USER"]
    assert user.isdigit() and int(user) > 0
    after_user = [name for name, _ in last[[name for name, _ in last].index("USER") :]]
    assert "RUN" not in after_user and "COPY" not in after_user
    assert [value for name, value in last if name == "VOLUME"] == ["/srv/voortgang"]
    # No `--chown`: what is copied belongs to root, so the user can only read it.
    assert not [value for name, value in every if name in {"COPY", "ADD"} and "--chown" in value]
    assert all("@" in image or ":" in image for name, value in every if name == "FROM" for image in [value.split()[0]])


def test_the_container_holds_what_the_tests_ran_with(deploy: Path, checkout: Path) -> None:
    text = (deploy / "Containerfile").read_text(encoding="utf-8")
    needed = re.findall(r"=(lib\S+)", (checkout / "Makefile").read_text(encoding="utf-8"))
    assert needed and [name for name in needed if name not in text] == []
    copied = {word for name, value in _instructions(text) if name == "COPY" for word in value.split()[:-1]}
    with (checkout / "pyproject.toml").open("rb") as file:
        included = tomllib.load(file)["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert set(included) <= copied and "pipeline" in copied
    assert all((checkout / word).exists() for word in copied if not word.startswith(("-", "/")))
