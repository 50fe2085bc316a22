"""What the command line tells beside its outcome: lines for people, or one JSON object a line for a log collector.

Belongs here: the form of a line. `VOORTGANG_LOG=json` chooses the second; Dagster's own programs have `--log-format
json` for theirs. What a line says is decided where it is said.
"""

import json
import logging
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TextIO

VARIABLE = "VOORTGANG_LOG"
_LEVELS = {logging.INFO: "info", logging.WARNING: "waarschuwing", logging.ERROR: "fout", logging.CRITICAL: "fout"}
_LOGGER = logging.getLogger("pipeline")


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return f"voortgang: {record.getMessage()}"


class _Json(logging.Formatter):
    """`wanneer` (UTC, ISO 8601), `niveau` (info, waarschuwing, fout), `bericht`, `proces`."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "wanneer": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "niveau": _LEVELS.get(record.levelno, record.levelname.lower()),
            "bericht": record.getMessage(),
            "proces": record.process,
        }
        return json.dumps(line, ensure_ascii=False)


class _ToStderr(logging.StreamHandler[TextIO]):
    """Whatever standard error is by the time of the line: a progress bar puts itself in between."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)


def configure(environment: Mapping[str, str] = os.environ) -> None:
    """Lines of our own modules go to standard error in the chosen form; once per process is enough."""
    handler = _ToStderr()
    handler.setFormatter(_Json() if environment.get(VARIABLE) == "json" else _Text())
    _LOGGER.handlers = [handler]
    _LOGGER.setLevel(logging.INFO)
    _LOGGER.propagate = False


def fault(text: str) -> None:
    """The line with which a command ends that did not succeed."""
    _LOGGER.error(text)
