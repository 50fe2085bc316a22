"""`voortgang gezond`: each part that does not work is named with what to do, and ends in code 2."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from pipeline.cli import main
from pipeline.orchestration import health
from tests.core.servers import free_port


@contextmanager
def answering(body: bytes) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/server_info" else 404)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Silent."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def asked(capsys: pytest.CaptureFixture[str], output: Path, *options: str) -> tuple[int, dict[str, str]]:
    code = main(["gezond", "--output", str(output), "--json", *options])
    found: dict[str, str] = json.loads(capsys.readouterr().out)
    return code, found


def test_all_is_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with answering(b'{"dagster_version": "1.13.27"}') as port:
        code, found = asked(capsys, tmp_path, "--zonder-daemon", "--poort", str(port))
    assert (code, found) == (0, {"map": "", "database": "", "webinterface": ""})


def test_a_daemon_of_which_nothing_is_heard(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = asked(capsys, tmp_path)
    assert code == 2 and "SCHEDULER" in found["daemon"] and "start `voortgang dienst daemon`" in found["daemon"]


def test_a_port_with_nothing_or_something_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = asked(capsys, tmp_path, "--zonder-daemon", "--poort", str(free_port()))
    assert code == 2 and "start `voortgang dienst web`" in found["webinterface"]
    with answering(b'{"iets": "anders"}') as port:
        code, found = asked(capsys, tmp_path, "--zonder-daemon", "--poort", str(port))
    assert code == 2 and "iets anders" in found["webinterface"]


def test_a_folder_that_is_not_there_or_has_no_room(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, found = asked(capsys, tmp_path / "weg")
    assert code == 2 and "geen map" in found["map"] and "database" not in found
    stat = os.statvfs(tmp_path)
    monkeypatch.setattr(health, "ROOM", stat.f_frsize * stat.f_blocks + 1)
    code, found = asked(capsys, tmp_path, "--zonder-daemon")
    assert code == 2 and "maak ruimte" in found["map"]


def test_a_database_that_is_damaged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked(capsys, tmp_path, "--zonder-daemon")
    for path in (tmp_path / ".dagster").rglob("*.db"):
        path.write_bytes(b"geen database" * 1000)
    code, found = asked(capsys, tmp_path, "--zonder-daemon")
    assert code == 2 and found["database"]
