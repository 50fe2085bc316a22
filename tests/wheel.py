"""The wheel of this checkout in an environment of its own, and the demonstration as it makes it, alone on the machine.

Belongs here: making them, once for all workers (runs.py). Not here: what must hold of them (house/test_wheel.py,
orchestration/test_persons.py).
"""

import hashlib
import json
import os
import stat
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.core.intake.pseudonyms import KEY_VARIABLE
from pipeline.core.notify import ADDRESS_VARIABLE, PASSWORD_VARIABLE
from pipeline.core.signing import PASSPHRASE_VARIABLE

CHECKOUT = Path(__file__).resolve().parents[1]
ALONE = CHECKOUT / "tests" / "orchestration" / "alone.py"
SECRETS = {
    KEY_VARIABLE: hashlib.sha256(b"een sleutel van de proef").hexdigest(),
    PASSPHRASE_VARIABLE: "wachtwoord-van-de-handtekening",
    PASSWORD_VARIABLE: "wachtwoord-van-de-mail",
    ADDRESS_VARIABLE: "https://voorbeeld.invalid/geheim-adres",
}
"""What the environment of a run may hold."""


@dataclass(frozen=True)
class Alone:
    """A run in an interpreter of its own: what it printed, what it tried that it may not, and what it left where, with
    the mode of each.
    """

    place: Path
    said: str
    told: dict[str, Any]
    modes: dict[str, int]

    def files(self) -> list[Path]:
        """All that it left but the delivery that it generated, which is the one place of V-numbers."""
        return [path for path in self.place.rglob("*") if path.is_file() and ".voorbeeld" not in path.parts]


def make_installed(place: Path) -> None:
    """The wheel, built without network, and an environment with it; its dependencies are those of this environment."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)],
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
    )
    environment = place / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    options = ["--disable-pip-version-check", "-qq", "--python", str(python_of(place))]
    options += ["install", "--no-deps", "--no-index", "--no-compile"]
    subprocess.run([sys.executable, "-m", "pip", *options, str(wheel_of(place))], check=True)
    (site_packages,) = environment.glob("lib/python*/site-packages")
    # A .pth inside the borrowed folder (the editable checkout) is not read, so `pipeline` can only be the wheel's.
    (site_packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")


def wheel_of(place: Path) -> Path:
    """The wheel in that folder."""
    (built,) = place.glob("*.whl")
    return built


def python_of(place: Path) -> Path:
    """The interpreter in that folder."""
    return place / "venv" / "bin" / "python"


def make_alone(python: Path, folder: Path) -> None:
    """The demonstration as `make report` makes it, by the installed wheel and outside the checkout, with a home and a
    temporary folder of its own and the widest umask; no socket and no other program is allowed.
    """
    place, record = folder / "plaats", folder / "verslag.json"
    for name in (".", "thuis", "tijdelijk"):
        (place / name).mkdir(mode=0o700)
    environment = {"HOME": str(place / "thuis"), "TMPDIR": str(place / "tijdelijk"), "LC_ALL": "C.UTF-8"}
    arguments = [str(record), "rapport", "2016-I", "--versie", "openbaar", "--output", str(place / "output")]
    done = subprocess.run(
        [str(python), "-I", str(ALONE), *arguments],
        cwd=place / "thuis",
        env={"PATH": os.environ["PATH"], **environment, **SECRETS},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    modes = {str(path.relative_to(place)): stat.S_IMODE(path.lstat().st_mode) for path in place.rglob("*")}
    (folder / "gezegd.json").write_text(json.dumps({"said": said, "modes": modes}), encoding="utf-8")


def alone_in(folder: Path) -> Alone:
    """What `make_alone` left in that folder."""
    kept = json.loads((folder / "gezegd.json").read_text(encoding="utf-8"))
    told = json.loads((folder / "verslag.json").read_text(encoding="utf-8"))
    return Alone(folder / "plaats", kept["said"], told, kept["modes"])
