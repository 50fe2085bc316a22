"""Over sftp only the server that the settings name by its key is talked to.

Belongs here: comparing the key of a server with its fingerprint. Not here: other options (sourceoptions.py).

fsspec trusts any key that a server shows, so that another machine could pose as the deliverer's and ask for a password.
"""

import base64
import hashlib
import re
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from pipeline.core.errors import GebruiksFout

SSH = frozenset({"sftp", "ssh"})
_OPTION, _POLICY = "host_key", "host_key_policy"
_FINGERPRINT = re.compile("SHA256:[A-Za-z0-9+/]{43}")


def pinned(options: Mapping[str, object], shown: str) -> dict[str, object]:
    """The options of fsspec with the policy in place of `host_key`, the fingerprint as ssh-keygen -lf shows it.
    GebruiksFout without one, ImportError without paramiko. `shown`: the address in messages.
    """
    paramiko = import_module("paramiko")
    fingerprint = str(options.get(_OPTION, ""))
    if _FINGERPRINT.fullmatch(fingerprint) is None or _POLICY in options:
        raise GebruiksFout(
            f"{shown}: zet de vingerafdruk van de sleutel van deze server in de instellingen, als {_OPTION} = "
            "'SHA256:…' bij bron_opties; vraag haar aan de beheerder van de server (ssh-keygen -lf)"
        )
    rest = {name: value for name, value in options.items() if name != _OPTION}
    return {**rest, _POLICY: _policy(paramiko.MissingHostKeyPolicy, fingerprint, shown)}


def _policy(base: Any, fingerprint: str, shown: str) -> object:
    class Pinned(base):  # type: ignore[misc]
        """Refuses every other key."""

        def missing_host_key(self, _client: object, _hostname: str, key: Any) -> None:
            if fingerprint_of(key.asbytes()) != fingerprint:
                raise GebruiksFout(
                    f"{shown}: de server heeft een andere sleutel dan in de instellingen staat, dus er is niets "
                    "opgehaald; vraag de beheerder van de server of zijn sleutel is veranderd"
                )

    return Pinned()


def fingerprint_of(key: bytes) -> str:
    """The fingerprint of a public key, as OpenSSH shows it."""
    return f"SHA256:{base64.b64encode(hashlib.sha256(key).digest()).decode().rstrip('=')}"


def source_errors() -> tuple[type[Exception], ...]:
    """What can go wrong with a source. What does so in paramiko itself, such as a wrong password, is no OSError."""
    paramiko = sys.modules.get("paramiko")
    return (OSError, ValueError, TypeError, EOFError, *(() if paramiko is None else (paramiko.SSHException,)))
