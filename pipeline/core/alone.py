"""A run starts no other program: what a library asks of one while it is loaded goes without.

Belongs here: that, for libraries of the core. Not here: Dagster (orchestration/__init__.py).
"""

import ctypes.util
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_SLOT = threading.RLock()


@contextmanager
def without_search() -> Iterator[None]:
    """Within, a system library is found by the name by which the system itself loads it, and no other.

    cffi looks for any other name with `ldconfig`, `gcc` and `ld`; WeasyPrint tries the names of all systems in turn,
    and that of Linux is among them.
    """
    with _SLOT:
        search = ctypes.util.find_library
        ctypes.util.find_library = _nowhere
        try:
            yield
        finally:
            ctypes.util.find_library = search


def _nowhere(name: str) -> str | None:
    del name
    return None
