"""The Dagster instance: its settings file, and opening it in a folder of the output."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
import yaml
from dagster._core.instance.ref import InstanceRef

from pipeline.core.errors import GebruiksFout
from pipeline.orchestration.instance.eventlog import OpenEventLog

# The settings by which an instance chooses where runs and events go.
_STORAGES = {"storage", "run_storage", "event_log_storage", "schedule_storage", "instance_class"}
_SETTINGS = Path(__file__).with_name("dagster.yaml")
_POSTGRES = Path(__file__).with_name("postgres.yaml")
POSTGRES_VARIABLE = "VOORTGANG_POSTGRES"
"""Address of a PostgreSQL database, with the driver in it; without one there are SQLite files."""
_LOCK = ".openen"
"""Held while an instance is opened, in its folder; the kernel frees that of a killed process."""
_SCHEME = "postgresql+psycopg2://"


def instance_folder(output: Path) -> Path:
    """Where runs and events are kept: `DAGSTER_HOME` when set, else `.dagster` in the output folder."""
    named = os.environ.get("DAGSTER_HOME")
    return Path(named) if named else (output / ".dagster").resolve()


def prepare_instance(folder: Path) -> None:
    """Make the folder and put the settings in it, unless its owner has settings there already.

    GebruiksFout when the environment names PostgreSQL and those settings do not: the runs would go elsewhere unseen.
    """
    folder.mkdir(parents=True, exist_ok=True)
    settings = folder / "dagster.yaml"
    address = os.environ.get(POSTGRES_VARIABLE, "")
    if address and not address.startswith(_SCHEME):
        raise GebruiksFout(f"{POSTGRES_VARIABLE} is geen adres; schrijf {_SCHEME}GEBRUIKER:WACHTWOORD@SERVER/NAAM")
    named = bool(address)
    if not settings.exists():
        parts = (_SETTINGS, _POSTGRES) if named else (_SETTINGS,)
        # In one step: another process that starts now reads all of it or nothing.
        work = settings.with_name(f".bezig-{os.getpid()}.yaml")
        work.write_text("".join(part.read_text(encoding="utf-8") for part in parts), encoding="utf-8")
        work.replace(settings)
    elif named and "postgres" not in settings.read_text(encoding="utf-8"):
        raise GebruiksFout(
            f"{POSTGRES_VARIABLE} is gezet, maar {settings} noemt geen PostgreSQL; verwijder dat bestand (het wordt "
            f"opnieuw gemaakt), of zet er storage in zoals in {_POSTGRES}"
        )
    elif not named and POSTGRES_VARIABLE in settings.read_text(encoding="utf-8"):
        raise GebruiksFout(
            f"volgens {settings} staan de runs in PostgreSQL; zet het adres in de omgevingsvariabele "
            f"{POSTGRES_VARIABLE}"
        )


@contextmanager
def open_instance(output: Path) -> Iterator[dg.DagsterInstance]:
    """The instance that the UI shows as well."""
    folder = instance_folder(output)
    prepare_instance(folder)
    # Dagster makes its files in steps that two processes can mix, and what comes of that no later run can open.
    with (folder / _LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        opened = dg.DagsterInstance.from_ref(InstanceRef.from_dir(str(folder), overrides=_event_log(folder)))
    with opened as instance:
        yield instance


def _event_log(folder: Path) -> dict[str, Any]:
    """Our way to the files of Dagster's default event log, unless the settings choose a storage of their own."""
    settings = yaml.safe_load((folder / "dagster.yaml").read_text(encoding="utf-8")) or {}
    if _STORAGES & settings.keys():
        return {}
    kept = {"module": OpenEventLog.__module__, "class": OpenEventLog.__name__}
    return {"event_log_storage": {**kept, "config": {"base_dir": str(folder / "history" / "runs")}}}
