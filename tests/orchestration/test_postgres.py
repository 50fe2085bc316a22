"""Runs and events in a real PostgreSQL: what is kept there, and what happens when it goes away."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from pipeline.cli import main
from pipeline.core.errors import GebruiksFout
from pipeline.core.faults import machine_fault
from pipeline.core.reference import load_reference
from pipeline.definitions import build_defs
from pipeline.orchestration.assets.keys import EERDER, NORMEN, PARAMETERS, REFERENTIE
from pipeline.orchestration.health import health
from pipeline.orchestration.instance import POSTGRES_VARIABLE, open_instance, prepare_instance
from tests.core.servers import free_port

KEY = "2016-01-01"
LOADS = "pipeline.orchestration.assets.extracts.load_reference"


def _programs() -> Path | None:
    """Where the programs of the server are: on Debian not on the path."""
    found = [Path(one).parent for one in [shutil.which("initdb")] if one]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in found if (folder / "initdb").is_file() and (folder / "postgres").is_file()), None)


@dataclass
class Server:
    """A server of our own, on a free port; it refuses to work as root, so another user runs it there."""

    programs: Path
    folder: Path
    user: str | None
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def address(self) -> str:
        return f"postgresql+psycopg2://voortgang@127.0.0.1:{self.port}/postgres"

    def connect(self) -> Any:
        return psycopg2.connect(host="127.0.0.1", port=self.port, user="voortgang", dbname="postgres")

    def create(self) -> None:
        command: list[str | Path] = [
            self.programs / "initdb",
            "-D",
            self.folder / "data",
            "-A",
            "trust",
            "-U",
            "voortgang",
            "--no-sync",
        ]
        subprocess.run(command, check=True, capture_output=True, user=self.user, cwd=self.folder)

    def start(self) -> None:
        command: list[str | Path] = [
            self.programs / "postgres", "-D", self.folder / "data", "-k", self.folder, "-h", "127.0.0.1", "-F",
            "-p", str(self.port),
        ]  # fmt: skip
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, user=self.user, cwd=self.folder)
        give_up = time.monotonic() + 60
        while True:
            try:
                self.connect().close()
                return
            except psycopg2.OperationalError:
                assert time.monotonic() < give_up, (self.folder / "log").read_text(encoding="utf-8")
                time.sleep(0.1)

    def stop(self) -> None:
        """At once, as when the machine falls over; SIGKILL would leave its shared memory behind."""
        if self.process is not None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(timeout=60)
            self.process = None

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        connection = self.connect()
        try:
            with connection.cursor() as cursor:
                cursor.execute(query)
                return cursor.fetchall()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is niet geïnstalleerd (Debian: apt-get install postgresql)")
    with tempfile.TemporaryDirectory(prefix="voortgang-pg-") as name:
        folder = Path(name)
        user = "nobody" if os.getuid() == 0 else None
        if user:
            os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
        made = Server(programs, folder, user)
        made.create()
        made.start()
        yield made
        made.stop()


@pytest.fixture
def output(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(POSTGRES_VARIABLE, server.address)
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    # Dagster tries again for a quarter of a minute; the tries stay, the waiting goes.
    monkeypatch.setattr("dagster_postgres.utils.calculate_delay", lambda **_: 0.01)
    return tmp_path / "output"


def run(output: Path) -> bool:
    """The first step of the report: enough events, none of them slow."""
    job = build_defs().resolve_job_def("rapport")
    choices = {"resources": {"keuzes": {"config": {"levering": str(output), "output": str(output)}}}}
    with open_instance(output) as instance:
        return job.execute_in_process(
            partition_key=KEY,
            run_config=choices,
            instance=instance,
            asset_selection=[PARAMETERS, NORMEN, REFERENTIE, EERDER],
            tags={"voortgang/wie": "proef"},
        ).success


def test_runs_events_and_tags_stand_in_postgresql_and_nothing_in_files(output: Path, server: Server) -> None:
    assert run(output)
    assert ("SUCCESS", KEY) in server.ask("select status, partition from runs")
    assert server.ask("select count(*) > 5 from event_logs where asset_key is not null") == [(True,)]
    assert ("proef",) in server.ask("select value from run_tags where key = 'voortgang/wie'")
    assert list((output / ".dagster").rglob("*.db")) == []


def test_gone_before_a_run_it_ends_in_a_line_and_the_next_one_works(
    output: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.stop()
    try:
        assert main(["rapport", "2016-I", "--levering", str(output.parent), "--output", str(output)]) == 2
        last = capsys.readouterr().err.splitlines()[-1]
        assert "PostgreSQL) is niet te bereiken; laat de beheerder haar starten" in last
        (_, database) = health(output, daemon=False)
        assert "PostgreSQL" in database.klacht
    finally:
        server.start()
    assert run(output)
    assert [one.klacht for one in health(output, daemon=False)] == ["", ""]


def test_gone_in_the_middle_of_a_run_it_ends_in_a_line_and_the_next_one_works(
    output: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = load_reference

    def falls_over(con: Any) -> Any:
        server.stop()
        return real(con)

    monkeypatch.setattr(LOADS, falls_over)
    try:
        with pytest.raises(Exception) as raised:  # noqa: PT011 - whatever Dagster makes of it, the line is what counts
            run(output)
        said = machine_fault(raised.value)
        assert said is not None and "PostgreSQL" in said
    finally:
        server.start()
    monkeypatch.setattr(LOADS, real)
    assert run(output)


def test_settings_without_postgresql_are_not_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(POSTGRES_VARIABLE, raising=False)
    prepare_instance(tmp_path / "bestanden")
    monkeypatch.setenv(POSTGRES_VARIABLE, "postgresql+psycopg2://nergens")
    with pytest.raises(GebruiksFout, match="noemt geen PostgreSQL"):
        prepare_instance(tmp_path / "bestanden")
    prepare_instance(tmp_path / "server")
    monkeypatch.delenv(POSTGRES_VARIABLE)
    with pytest.raises(GebruiksFout, match="zet het adres"):
        prepare_instance(tmp_path / "server")
    monkeypatch.setenv(POSTGRES_VARIABLE, "postgresql://zonder-stuurprogramma")
    with pytest.raises(GebruiksFout, match="geen adres"):
        prepare_instance(tmp_path / "server")
