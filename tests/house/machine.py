"""A pretended machine for the set-up scripts: an own PATH, with stand-ins for Python, apt-get and id that keep a log.

Only what would change this machine or use the network is pretended (venv, pip, apt-get, who you are); every test that
the script makes of a Python or a library runs on the real interpreter. No test stands here.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_TOOLS = (
    "sh",
    "bash",
    "cat",
    "chmod",
    "cmp",
    "cp",
    "dirname",
    "find",
    "flock",
    "make",
    "mkdir",
    "mktemp",
    "mv",
    "rm",
    "sed",
    "tail",
)

# Logs each venv and pip call; anything else goes to the interpreter that runs the tests.
_PYTHON = """#!/bin/sh
case "$*" in
    "-m venv "*)
        echo "venv" >>"$LOG"
        for folder; do :; done
        rm -rf "$folder"; mkdir -p "$folder/bin"; cp "$0" "$folder/bin/python" ;;
    "-m pip "*) echo "$*" >>"$LOG"; exit "${PIP_EXIT:-0}" ;;
    "-c import ensurepip, venv") exit "${VENV_EXIT:-0}" ;;
    *) exec "$REAL_PYTHON" "$@" ;;
esac
"""

# "Installs" the commands that the test says the packages bring.
_APT_GET = """#!/bin/sh
echo "apt-get $*" >>"$LOG"
case "$*" in *install*) for name in $APT_BRINGS; do echo >"$BIN/$name"; chmod +x "$BIN/$name"; done ;; esac
exit "${APT_EXIT:-0}"
"""


@dataclass(frozen=True)
class Outcome:
    """How a command ended: exit code and what it printed."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Machine:
    """`home` is the checkout on the pretended machine, `bin` its PATH, `log` what was called."""

    home: Path
    bin: Path
    log: Path

    @classmethod
    def make(cls, folder: Path, checkout: Path) -> "Machine":
        """Lay out the machine in `folder`, with the scripts of `checkout`."""
        machine = cls(folder / "huis met spatie", folder / "bin", folder / "log")
        machine.bin.mkdir()
        machine.home.mkdir()
        machine.log.touch()
        for tool in _TOOLS:
            found = shutil.which(tool)
            if found:
                (machine.bin / tool).symlink_to(found)
        machine.command("python3.12", _PYTHON)
        machine.command("apt-get", _APT_GET)
        machine.be("0")
        shutil.copytree(checkout / ".ci", machine.home / ".ci")
        shutil.copy(checkout / "Makefile", machine.home)
        for name in ("pyproject.toml", "requirements.lock", "requirements-dev.lock"):
            machine.write(name, f"{name}: eerste versie\n")
        return machine

    def command(self, name: str, text: str) -> None:
        """Put a command on the PATH of this machine."""
        path = self.bin / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)

    def be(self, user_id: str) -> None:
        """Become the user with this number ("0" is root)."""
        self.command("id", f"#!/bin/sh\necho {user_id}\n")

    def write(self, name: str, text: str) -> None:
        """Write a file of the checkout."""
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run(self, *command: str, **variables: str) -> Outcome:
        """Run a command in the checkout, with nothing of the real environment but the interpreter."""
        return self.run_in(self.home, *command, **variables)

    def run_in(self, folder: Path, *command: str, **variables: str) -> Outcome:
        """The same, in another folder."""
        environment = {
            "PATH": str(self.bin),
            "HOME": str(self.home),
            "TMPDIR": str(self.bin.parent),
            "BIN": str(self.bin),
            "LOG": str(self.log),
            "REAL_PYTHON": sys.executable,
        } | variables
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
        return Outcome(done.returncode, done.stdout, done.stderr)

    def set_up(self, what: str, **variables: str) -> Outcome:
        """Run `.ci/setup report` or `.ci/setup test`."""
        return self.run("sh", ".ci/setup", what, **variables)

    def called(self) -> list[str]:
        """What was called since the last time this was asked."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        os.truncate(self.log, 0)
        return lines

    def stamps(self) -> set[str]:
        """The lock files that count as installed."""
        return {path.name.removesuffix(".stamp") for path in (self.home / ".venv").glob("*.stamp")}
