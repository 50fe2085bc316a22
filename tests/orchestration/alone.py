"""`voortgang` in an interpreter of its own that may open no socket and start no program; what it tried all the same.

Belongs here: forbidding and writing down. Not here: what must follow from it (test_persons.py). Run as
`python tests/orchestration/alone.py RECORD ARGUMENT...`, by an interpreter that finds a `pipeline`; RECORD becomes a
JSON file.
"""

import json
import os
import resource
import socket
import stat
import sys
from pathlib import Path

FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.system",
    "pty.spawn",
)
# Asks the kernel what this machine is called, and opens nothing.
_HARMLESS = frozenset({"socket.gethostname"})


def main(record: str, *arguments: str) -> int:
    """The exit code of the program; the widest mask, so that what is private is so by its own doing."""
    tried: list[str] = []

    def watch(event: str, values: tuple[object, ...]) -> None:
        if event.startswith(FORBIDDEN) and event not in _HARMLESS and not _is_loop(event, values):
            tried.append(f"{event} {values!r:.200}")
            raise PermissionError(f"{event} is not allowed here")

    sys.addaudithook(watch)
    os.umask(0)
    import pipeline
    from pipeline.cli import main as voortgang

    code = voortgang(arguments)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    open_sockets = [path.name for path in Path("/proc/self/fd").iterdir() if _is_socket(path.name)]
    told = {
        "pipeline": pipeline.__file__,
        "tried": tried,
        "children": children.ru_maxrss,
        "sockets": open_sockets,
        "umask": os.umask(0o077),
    }
    Path(record).write_text(json.dumps(told), encoding="utf-8")
    return code


def _is_loop(event: str, values: tuple[object, ...]) -> bool:
    """Whether this is half of the pair by which an event loop of asyncio, of which Dagster makes one per run, wakes
    itself: without a name or an address, and only within the process. What would give one a name stays forbidden.
    """
    return event == "socket.__new__" and values[1] == socket.AF_UNIX


def _is_socket(handle: str) -> bool:
    try:
        return stat.S_ISSOCK(os.fstat(int(handle)).st_mode)
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
