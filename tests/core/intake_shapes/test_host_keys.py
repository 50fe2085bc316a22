"""Over sftp: only the server whose key is in the settings. With a stand-in for paramiko, which is no dependency."""

import sys
from collections.abc import Mapping
from types import SimpleNamespace

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from pipeline.core.errors import GebruiksFout
from pipeline.core.intake.hostkeys import fingerprint_of, pinned
from pipeline.core.intake.sources import BronFout, open_source

KEY, OTHER = b"ssh-ed25519 een", b"ssh-ed25519 twee"
SHOWN = "sftp://voorbeeld.nl/levering"


class SSHException(Exception):
    """As paramiko has it: no OSError."""


@pytest.fixture
def paramiko(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        sys.modules, "paramiko", SimpleNamespace(MissingHostKeyPolicy=object, SSHException=SSHException)
    )


def met(options: Mapping[str, object], key: bytes) -> None:
    """A server that shows this key."""
    policy = pinned(options, SHOWN)["host_key_policy"]
    policy.missing_host_key(None, "voorbeeld.nl", SimpleNamespace(asbytes=lambda: key))  # type: ignore[attr-defined]


def test_the_fingerprint_is_that_of_openssh() -> None:
    """As ssh-keygen -lf shows: base64 of SHA-256 without padding; of the empty text it is well known."""
    assert fingerprint_of(b"") == "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"


@pytest.mark.usefixtures("paramiko")
def test_the_server_of_the_settings() -> None:
    options = {"username": "u", "host_key": fingerprint_of(KEY)}
    met(options, KEY)
    assert set(pinned(options, SHOWN)) == {"username", "host_key_policy"}


@pytest.mark.usefixtures("paramiko")
def test_another_server_is_refused() -> None:
    with pytest.raises(GebruiksFout, match="de server heeft een andere sleutel dan in de instellingen staat"):
        met({"host_key": fingerprint_of(KEY)}, OTHER)


@pytest.mark.usefixtures("paramiko")
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"host_key": ""},
        {"host_key": "SHA256:kort"},
        {"host_key": fingerprint_of(KEY) + "x"},
        {"host_key": fingerprint_of(KEY), "host_key_policy": "auto_add"},
    ],
)
def test_without_a_fingerprint_nothing_is_fetched(options: dict[str, str]) -> None:
    with (
        pytest.raises(GebruiksFout, match="zet de vingerafdruk") as caught,
        open_source(SHOWN, opties={"sftp": options}),
    ):
        pass
    assert str(caught.value).startswith(f"{SHOWN}: ")


class Refusing(MemoryFileSystem):
    protocol = "weigerend"

    def isfile(self, path: str) -> bool:
        raise SSHException(path)


@pytest.mark.usefixtures("paramiko")
def test_a_wrong_password_is_no_crash() -> None:
    fsspec.register_implementation("weigerend", Refusing, clobber=True)
    refused = pytest.raises(BronFout, match=r"is niet te lezen \(SSHException\); controleer het adres en uw toegang")
    with refused, open_source("weigerend://levering"):
        pass
