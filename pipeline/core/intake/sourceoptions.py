"""What a remote source needs beside its address: a host, a user, an endpoint, a key.

Belongs here: `[bron_opties.<soort>]` of the settings, checked, and turned into options of fsspec. Not here: opening an
address (sources.py).

A secret never stands in the settings: `{ omgeving = "NAAM" }` names the environment variable that holds it, and it is
looked up only when the address is opened, so that no settings that are shown or stored can hold it.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.core.errors import GebruiksFout

_SECRETS = ("pass", "secret", "token", "key", "sas", "credential", "connection_string")
# Not secret, though their names look like it: where a key stands, and which one is used.
_PLAIN = frozenset({"key_filename", "host_key", "key_type", "sse_kms_key_id"})
_REFERENCE = "omgeving"


@dataclass(frozen=True)
class Geheim:
    """A value that stands in the environment variable `omgeving`."""

    omgeving: str


Waarde = str | int | float | bool | Geheim | Mapping[str, "Waarde"]
BronOpties = Mapping[str, Mapping[str, Waarde]]
"""Per kind of address (sftp, s3) the options."""


def options_of_settings(value: object, where: str) -> BronOpties:
    """The table `bron_opties` of the settings file `where`; GebruiksFout for what is none, and for a written secret."""
    if not isinstance(value, dict):
        raise GebruiksFout(f"{where}: bron_opties is geen tabel; schrijf [bron_opties.sftp]")
    options: dict[str, Mapping[str, Waarde]] = {}
    for kind, table in value.items():
        if not isinstance(table, dict) or _REFERENCE in table:
            raise GebruiksFout(f"{where}: bron_opties.{kind} is geen tabel; schrijf [bron_opties.{kind}]")
        options[kind] = {name: _value(item, f"{where}: bron_opties.{kind}.{name}") for name, item in table.items()}
    return options


def _value(item: object, where: str) -> Waarde:
    if isinstance(item, dict) and set(item) == {_REFERENCE}:
        name = item[_REFERENCE]
        if not isinstance(name, str) or not name.strip():
            raise GebruiksFout(f"{where}: noem de omgevingsvariabele, zoals {{ {_REFERENCE} = 'VOORTGANG_SLEUTEL' }}")
        return Geheim(name)
    last = where.rpartition(".")[2].casefold()
    if not isinstance(item, bool) and last not in _PLAIN and any(part in last for part in _SECRETS):
        # The value itself is not repeated: messages end up in logs.
        raise GebruiksFout(
            f"{where} is een geheim en hoort niet in dit bestand; zet het in een omgevingsvariabele en schrijf hier "
            f"{{ {_REFERENCE} = 'NAAM' }}"
        )
    if isinstance(item, dict):
        return {name: _value(inner, f"{where}.{name}") for name, inner in item.items()}
    if isinstance(item, str | int | float):
        return item
    raise GebruiksFout(
        f"{where} heeft een waarde van de verkeerde soort; verwacht een tekst, een getal, of true of false"
    )


def options_for(options: BronOpties, kind: str, environment: Mapping[str, str] | None = None) -> dict[str, object]:
    """The options of fsspec for addresses of this kind, with their secrets. GebruiksFout when a variable is not set."""
    return _filled(options.get(kind, {}), kind, os.environ if environment is None else environment)


def _filled(table: Mapping[str, Waarde], where: str, environment: Mapping[str, str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, item in table.items():
        if isinstance(item, Geheim):
            if not environment.get(item.omgeving):
                raise GebruiksFout(
                    f"bron_opties.{where}.{name}: de omgevingsvariabele {item.omgeving} is leeg of bestaat niet; zet "
                    "haar voordat u de levering ophaalt"
                )
            found[name] = environment[item.omgeving]
        else:
            found[name] = _filled(item, f"{where}.{name}", environment) if isinstance(item, Mapping) else item
    return found
