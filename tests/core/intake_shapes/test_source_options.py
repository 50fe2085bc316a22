"""Options of remote sources: from the settings, secrets from the environment alone, never shown."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from pipeline.core.config import Instellingen, load_settings
from pipeline.core.errors import GebruiksFout
from pipeline.core.intake.sourceoptions import Geheim, options_for
from pipeline.core.intake.sources import open_source

TOML = """
[bron_opties.proef]
username = "coa"
port = 2222
look_for_keys = false
key_filename = "/etc/voortgang/id"
password = { omgeving = "PROEF_WACHTWOORD" }
client_kwargs = { region = "nl", session_token = { omgeving = "PROEF_TOKEN" } }
"""
SECRET = "zeer-geheim"


class Proef(MemoryFileSystem):
    """Memory that keeps what it was opened with."""

    protocol = "proef"
    opened: list[dict[str, Any]] = []  # noqa: RUF012

    def __init__(self, **options: Any) -> None:
        super().__init__()
        self.opened.append(options)

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(super()._strip_protocol(path.replace("proef://", "memory://")))


@pytest.fixture
def proef() -> Iterator[list[dict[str, Any]]]:
    fsspec.register_implementation("proef", Proef, clobber=True)
    Proef.clear_instance_cache()
    Proef.opened.clear()
    MemoryFileSystem.store.clear()
    yield Proef.opened
    MemoryFileSystem.store.clear()


def settings(tmp_path: Path, text: str) -> Instellingen:
    path = tmp_path / "voortgang.toml"
    path.write_text(text, encoding="utf-8")
    return load_settings(environment={"VOORTGANG_CONFIG": str(path)})


def test_options_reach_the_source(proef: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = settings(tmp_path, TOML).bron_opties
    monkeypatch.setenv("PROEF_WACHTWOORD", SECRET)
    monkeypatch.setenv("PROEF_TOKEN", SECRET + "2")
    MemoryFileSystem().pipe("/levering/coa/a.csv", b"x")
    with open_source("proef://levering", opties=options) as source:
        assert (source.map / "coa" / "a.csv").read_bytes() == b"x"
    assert proef[-1] == {
        "username": "coa",
        "port": 2222,
        "look_for_keys": False,
        "key_filename": "/etc/voortgang/id",
        "password": SECRET,
        "client_kwargs": {"region": "nl", "session_token": SECRET + "2"},
    }


def test_another_kind_of_address_gets_none(tmp_path: Path) -> None:
    assert options_for(settings(tmp_path, TOML).bron_opties, "memory", {}) == {}


def test_settings_hold_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROEF_WACHTWOORD", SECRET)
    found = settings(tmp_path, TOML)
    assert found.bron_opties["proef"]["password"] == Geheim("PROEF_WACHTWOORD")
    assert SECRET not in repr(found)


def test_a_variable_that_is_not_set(proef: list[dict[str, Any]], tmp_path: Path) -> None:
    options = settings(tmp_path, TOML).bron_opties
    expected = (
        "bron_opties.proef.password: de omgevingsvariabele PROEF_WACHTWOORD is leeg of bestaat niet; zet haar voordat "
        "u de levering ophaalt"
    )
    with pytest.raises(GebruiksFout) as caught, open_source("proef://levering", opties=options):
        pass
    assert str(caught.value) == expected
    assert proef == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("bron_opties = 3", "verkeerde soort"),
        ("[bron_opties]\nsftp = 3", r"bron_opties\.sftp is geen tabel"),
        ("[bron_opties]\nsftp = { omgeving = 'A' }", r"bron_opties\.sftp is geen tabel"),
        ("[bron_opties.sftp]\npassword = { omgeving = '' }", "noem de omgevingsvariabele"),
        ("[bron_opties.sftp]\nusername = [1]", r"bron_opties\.sftp\.username heeft een waarde van de verkeerde soort"),
        *(
            (f"[bron_opties.s3]\n{name} = {value}", "is een geheim en hoort niet in dit bestand")
            for name, value in (
                ("secret", "'zeer-geheim'"),
                ("key", "'zeer-geheim'"),
                ("Password", "'zeer-geheim'"),
                ("passphrase", "'zeer-geheim'"),
                ("password", "12345678"),
                ("sas_token", "'zeer-geheim'"),
                ("connection_string", "'zeer-geheim'"),
                ("client_kwargs", "{ aws_secret_access_key = 'zeer-geheim' }"),
                ("token", "{ a = 'zeer-geheim', omgeving = 'X' }"),
            )
        ),
    ],
)
def test_a_wrong_table_is_refused_and_no_value_repeated(tmp_path: Path, text: str, part: str) -> None:
    with pytest.raises(GebruiksFout, match=part) as caught:
        settings(tmp_path, text)
    assert SECRET not in str(caught.value)
    assert "12345678" not in str(caught.value)
