"""Where a delivery comes from: a folder stays where it is, everything else comes to a private folder and goes again."""

import http.server
import io
import stat
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import fsspec
import pytest

from pipeline.core.intake.archives import STANDAARD
from pipeline.core.intake.findings import LeveringGeweigerd
from pipeline.core.intake.sources import BronFout, open_source, shown_address


def zipped(*members: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as container:
        for name, content in members:
            container.writestr(name, content)
    return target.getvalue()


PACKED = zipped(("coa/personen.csv", b"a;b\r\n"), ("gemeenten/GM0106.csv", b"c\n"))


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


EXPECTED = {"coa/personen.csv": b"a;b\r\n", "gemeenten/GM0106.csv": b"c\n"}


@pytest.fixture
def memory() -> Iterator[Any]:
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield system
    system.store.clear()


class Handler(http.server.BaseHTTPRequestHandler):
    answers: dict[str, tuple[int, dict[str, str], bytes]] = {}  # noqa: RUF012

    def do_GET(self) -> None:
        code, headers, body = self.answers.get(self.path, (404, {}, b""))
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, daemon=True)
        thread.start()
        base = f"http://127.0.0.1:{httpd.server_address[1]}"
        Handler.answers = {
            "/levering.zip": (200, {"Content-Length": str(len(PACKED))}, PACKED),
            "/half.zip": (200, {"Content-Length": str(len(PACKED) + 10)}, PACKED),
            "/geheim.zip?sleutel=abc": (403, {}, b""),
            "/pagina.zip": (200, {}, b"<html>Niet gevonden</html>"),
            "/door.zip": (302, {"Location": f"{base}/levering.zip"}, b""),
            "/weg.zip": (302, {"Location": "http://example.org/levering.zip"}, b""),
            "/bestand.zip": (302, {"Location": "file:///etc/passwd"}, b""),
        }
        yield base
        httpd.shutdown()
        thread.join()


def failure(address: str, **options: Any) -> str:
    with pytest.raises(BronFout) as caught, open_source(address, **options):
        pass
    return str(caught.value)


def test_a_folder_is_used_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "coa").mkdir()
    with open_source(str(tmp_path)) as source:
        assert (source.map, source.tijdelijk) == (tmp_path, False)
    assert (tmp_path / "coa").is_dir()


def test_a_folder_as_an_address(tmp_path: Path) -> None:
    place = tmp_path / "een map"
    place.mkdir()
    with open_source(f"file://{tmp_path}/een%20map") as source:
        assert source.map == place


def test_a_folder_that_is_not_there_is_for_the_delivery_to_say(tmp_path: Path) -> None:
    with open_source(str(tmp_path / "niet")) as source:
        assert (source.map, source.tijdelijk) == (tmp_path / "niet", False)


def test_a_zip_is_unpacked_in_private_and_gone_afterwards(tmp_path: Path) -> None:
    packed = tmp_path / "Levering 2016-I.ZIP"
    packed.write_bytes(PACKED)
    work = tmp_path / "werk"
    work.mkdir()
    with open_source(str(packed), werkmap=work) as source:
        assert content(source.map) == EXPECTED
        assert source.tijdelijk
        assert {stat.S_IMODE(place.stat().st_mode) for place in (source.map, source.map.parent)} == {0o700}
    assert list(work.iterdir()) == []
    assert packed.read_bytes() == PACKED


def test_nothing_stays_behind_after_a_crash(tmp_path: Path) -> None:
    packed = tmp_path / "a.zip"
    packed.write_bytes(PACKED)
    work = tmp_path / "werk"
    work.mkdir()
    with pytest.raises(ZeroDivisionError), open_source(str(packed), werkmap=work):
        1 / 0  # noqa: B018
    assert list(work.iterdir()) == []


def test_an_unsafe_zip_is_refused_and_nothing_stays_behind(tmp_path: Path) -> None:
    packed = tmp_path / "a.zip"
    packed.write_bytes(zipped(("../x.csv", b"x")))
    work = tmp_path / "werk"
    work.mkdir()
    refused = pytest.raises(LeveringGeweigerd, match=r"De zip a\.zip is geweigerd: 1 fout")
    with refused, open_source(str(packed), werkmap=work):
        pass
    assert list(work.iterdir()) == []
    assert not (tmp_path / "x.csv").exists()


def test_a_work_folder_that_is_not_there(tmp_path: Path) -> None:
    packed = tmp_path / "a.zip"
    packed.write_bytes(PACKED)
    message = failure(str(packed), werkmap=tmp_path / "niet")
    assert message.startswith(f"er kan geen tijdelijke map worden gemaakt in {tmp_path / 'niet'}")


def test_a_remote_folder(memory: Any) -> None:
    for name, data in EXPECTED.items():
        memory.pipe(f"/levering/{name}", data)
    memory.pipe("/elders/x.csv", b"x")
    with open_source("memory://levering") as source:
        assert content(source.map) == EXPECTED
        assert source.adres == "memory://levering"


def test_a_remote_zip(memory: Any) -> None:
    memory.pipe("/levering.zip", PACKED)
    with open_source("memory://levering.zip") as source:
        assert content(source.map) == EXPECTED


def test_a_remote_folder_that_is_not_there(memory: Any) -> None:
    assert failure("memory://niets") == "memory://niets bestaat niet; controleer het adres"


def test_a_remote_folder_with_too_much(memory: Any) -> None:
    for number in range(3):
        memory.pipe(f"/levering/{number}.csv", b"x" * 100)
    assert "telt 3 bestanden" in failure("memory://levering", grenzen=replace(STANDAARD, leden=2))
    assert "is te groot" in failure("memory://levering", grenzen=replace(STANDAARD, totaal=250))


@pytest.mark.parametrize("name", ["/levering/../../x.csv", "/elders/x.csv", "/leveringen/x.csv"])
def test_a_listing_that_points_outside(name: str, memory: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    memory.pipe("/levering/a.csv", b"x")
    monkeypatch.setattr(type(memory), "find", lambda self, root, **_: [name])
    message = failure("memory://levering", werkmap=tmp_path)
    assert message == ("memory://levering noemt een bestand buiten de map van de levering; dat wordt niet opgehaald")
    assert list(tmp_path.iterdir()) == []


def test_a_zip_over_http_from_this_machine(server: str) -> None:
    for path in ("levering.zip", "door.zip"):
        with open_source(f"{server}/{path}") as source:
            assert content(source.map) == EXPECTED


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("niets.zip", "geeft fout 404; controleer het adres en of u er toegang toe hebt"),
        ("geheim.zip?sleutel=abc", "geeft fout 403; controleer het adres en of u er toegang toe hebt"),
        ("half.zip", "is niet geheel binnengekomen; probeer het opnieuw"),
        ("weg.zip", "verwijst door naar een onbeveiligd adres; dat wordt niet gevolgd"),
        ("bestand.zip", "geeft fout 302; controleer het adres en of u er toegang toe hebt"),
    ],
)
def test_http_that_fails(path: str, message: str, server: str) -> None:
    assert failure(f"{server}/{path}") == f"{server}/{path.split('?')[0]} {message}"


def test_a_web_page_for_a_zip(server: str) -> None:
    with pytest.raises(LeveringGeweigerd, match="dit is geen heel zip-bestand"), open_source(f"{server}/pagina.zip"):
        pass


def test_http_with_a_limit(server: str) -> None:
    assert "is groter dan 10 bytes" in failure(f"{server}/levering.zip", grenzen=replace(STANDAARD, totaal=10))


def test_nobody_listens() -> None:
    assert failure("http://127.0.0.1:9/levering.zip").startswith(
        "http://127.0.0.1:9/levering.zip is niet te bereiken ("
    )


@pytest.mark.parametrize("address", ["http://example.org/levering.zip", "ftp://u:w8woord@example.org/levering"])
def test_open_lines_are_refused(address: str) -> None:
    message = failure(address)
    assert "reizen persoonsgegevens onbeveiligd; gebruik een adres met https of sftp" in message
    assert "w8woord" not in message


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("sftp://u:w8woord@host/levering", "voor een adres met sftp:// is paramiko nodig"),
        ("s3://emmer/levering", "voor een adres met s3:// is s3fs nodig"),
        ("wat://levering", "wat://levering is geen adres dat te openen is"),
        ("simplecache::memory://levering", "een samengesteld adres (met ::) kan niet"),
    ],
)
def test_addresses_that_cannot_be_opened(address: str, message: str) -> None:
    found = failure(address)
    assert message in found
    assert "w8woord" not in found


def test_what_is_shown_of_an_address() -> None:
    assert shown_address("sftp://u:geheim@host:22/map?sleutel=x#y") == "sftp://host:22/map"
