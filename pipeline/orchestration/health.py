"""Whether an installation works: its folder, the database with the runs, the daemon, the web interface.

Belongs here: asking each of them, and one Dutch line about what is wrong. For a monitor or the health check of a
container: `voortgang gezond`. Nothing here starts or mends anything.
"""

import http.client
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
from dagster._daemon.controller import get_daemon_statuses

from pipeline.core.config import load_settings
from pipeline.core.faults import machine_fault
from pipeline.orchestration.instance import open_instance

ROOM = 1_000_000_000
"""Bytes that must be free in the output folder: some runs take a quarter of it."""
_SECONDS = 5


@dataclass(frozen=True)
class Onderdeel:
    """A part of the installation; `klacht`: what is wrong and what to do, empty when nothing is."""

    wat: str
    klacht: str = ""


def health(output: Path | None = None, *, port: int | None = None, daemon: bool = True) -> tuple[Onderdeel, ...]:
    """Every part that was asked for, in a fixed order. GebruiksFout when the settings themselves cannot be read."""
    folder = load_settings(output=output).output
    found = [Onderdeel("map", _folder(folder))]
    if not found[0].klacht:
        found += _instance(folder, daemon=daemon)
    if port is not None:
        found.append(Onderdeel("webinterface", _web(port)))
    return tuple(found)


def _folder(folder: Path) -> str:
    if not folder.is_dir() or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return f"{folder} is geen map waarin hier kan worden geschreven; maak haar of geef toegang"
    free = shutil.disk_usage(folder).free
    if free < ROOM:
        return f"in {folder} is nog {free // 1_000_000} MB vrij, en dat hoort {ROOM // 1_000_000} te zijn; maak ruimte"
    return ""


def _instance(folder: Path, *, daemon: bool) -> list[Onderdeel]:
    try:
        with open_instance(folder) as instance:
            instance.get_runs_count()
            parts = [Onderdeel("database")]
            if daemon:
                parts.append(Onderdeel("daemon", _daemon(instance)))
            return parts
    except Exception as error:  # noqa: BLE001 - whatever keeps it from answering is the answer
        said = machine_fault(error) or f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
        return [Onderdeel("database", said)]


def _daemon(instance: dg.DagsterInstance) -> str:
    statuses = get_daemon_statuses(instance, instance.get_required_daemon_types())
    silent = sorted(kind for kind, status in statuses.items() if status.required and not status.healthy)
    return f"niets gehoord van {', '.join(silent)}; start `voortgang dienst daemon`" if silent else ""


def _web(port: int) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_SECONDS)
    try:
        connection.request("GET", "/server_info")
        answer = connection.getresponse()
        body = answer.read()
        if answer.status == http.HTTPStatus.OK and "dagster_version" in json.loads(body):
            return ""
        return f"op poort {port} antwoordt iets anders (status {answer.status}); kijk welke dienst daar draait"
    except (OSError, http.client.HTTPException, ValueError) as error:
        return f"op poort {port} antwoordt niets bruikbaars ({type(error).__name__}); start `voortgang dienst web`"
    finally:
        connection.close()
