"""The storage key: with it the person-level files of an installation are encrypted at rest.

Belongs here: where the key is given, and what of it goes into a database or a file. Not here: encrypting (vault.py),
replacing the key (rotation.py). It is another key than that for pseudonyms: this one may be renewed, that one stays, or
persons lose their link over editions.

The key itself never leaves this module: DuckDB gets a key derived from it (HMAC-SHA-256), one for databases and one for
Parquet, as a parameter.
"""

import base64
import hashlib
import hmac
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.core.config import CONFIG_VARIABLE, settings_file
from pipeline.core.errors import VoortgangFout
from pipeline.core.intake import pseudonyms

KEY_VARIABLE = "VOORTGANG_OPSLAG_SLEUTEL"
NEW_KEY_VARIABLE = "VOORTGANG_OPSLAG_SLEUTEL_NIEUW"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class OpslagFout(VoortgangFout):
    """Something is encrypted and cannot be read, or should be and cannot (exit code 2)."""


@dataclass(frozen=True)
class Opslagsleutel:
    """A key of at least 32 bytes. Shown it says nothing."""

    key: bytes

    def __repr__(self) -> str:
        return "Opslagsleutel()"

    @property
    def parquet(self) -> str:
        """The 256-bit key of files, as DuckDB reads it (base64)."""
        return self._derived(b"parquet")

    @property
    def database(self) -> str:
        """The 256-bit key of databases, as DuckDB reads it (base64)."""
        return self._derived(b"database")

    def _derived(self, purpose: bytes) -> str:
        return base64.b64encode(hmac.new(self.key, b"voortgang opslag " + purpose, hashlib.sha256).digest()).decode()


def storage_key(environment: Mapping[str, str] | None = None) -> Opslagsleutel | None:
    """The key of this installation: of the environment, else of the file that the configuration names; None without.

    SleutelFout when what is given is no key, its file is missing or open to others, or it is also the key for
    pseudonyms.
    """
    environment = os.environ if environment is None else environment
    text = environment.get(KEY_VARIABLE, "").strip()
    if text:
        return read_key(text, KEY_VARIABLE, environment)
    file = settings_file(environment.get(CONFIG_VARIABLE)).opslag.sleutel
    return None if file is None else key_of_file(file, environment)


def new_key(file: Path | None, environment: Mapping[str, str] | None = None) -> Opslagsleutel:
    """The key that is to come: of `file`, else of the environment; SleutelFout without one."""
    environment = os.environ if environment is None else environment
    if file is not None:
        return key_of_file(file, environment)
    text = environment.get(NEW_KEY_VARIABLE, "").strip()
    if not text:
        raise pseudonyms.SleutelFout(
            f"er is geen nieuwe sleutel; zet {NEW_KEY_VARIABLE} of geef --nieuw BESTAND (maak er een met: "
            "openssl rand -hex 32)"
        )
    return read_key(text, NEW_KEY_VARIABLE, environment)


def key_of_file(file: Path, environment: Mapping[str, str]) -> Opslagsleutel:
    """The key in a file that only its owner may read; SleutelFout otherwise."""
    try:
        mode, text = file.stat().st_mode, file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise pseudonyms.SleutelFout(
            f"het sleutelbestand {file} is niet te lezen; zet het terug of pas het pad aan"
        ) from error
    if mode & _OTHERS:
        raise pseudonyms.SleutelFout(
            f"anderen mogen bij het sleutelbestand {file}; geef het de rechten 600 (chmod 600)"
        )
    return read_key(text, f"het sleutelbestand {file}", environment)


def read_key(text: str, where: str, environment: Mapping[str, str]) -> Opslagsleutel:
    """The key that is written as `text`; SleutelFout names `where`, never the text."""
    key = pseudonyms.read_key(text, where)
    other = environment.get(pseudonyms.KEY_VARIABLE, "").strip()
    if hmac.compare_digest(key.hex(), other.lower()):
        raise pseudonyms.SleutelFout(
            f"{where} is dezelfde sleutel als {pseudonyms.KEY_VARIABLE}; kies voor de opslag een andere, want die "
            "wordt vernieuwd en die voor pseudoniemen blijft"
        )
    return Opslagsleutel(key)
