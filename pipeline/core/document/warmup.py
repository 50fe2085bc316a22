"""Loading what typesets, while the tables are computed.

Belongs here: which libraries are slow to load, and loading them beside DuckDB, which works outside Python. Not here:
using them; whoever needs one imports it as always, and finds it there or waits for it.
"""

import importlib
import threading
from contextlib import suppress

from pipeline.core.alone import without_search
from pipeline.core.document.house_style import laad_matplotlib

_SLOW = ("weasyprint", "matplotlib.figure", "matplotlib.backends.backend_svg", "openpyxl", "docxtpl", "page")
_started = threading.Event()


def load_typesetting() -> threading.Thread | None:
    """Start loading, once per process; the thread, None when it was started before.

    What cannot be loaded is told by who needs it: here it passes in silence.
    """
    if _started.is_set():
        return None
    _started.set()
    thread = threading.Thread(target=_load, name="zetsel", daemon=True)
    thread.start()
    return thread


def _load() -> None:
    # First of all: with a configuration of its own, or it reads every font of the machine.
    with suppress(Exception):
        laad_matplotlib()
    for name in _SLOW:
        with suppress(Exception), without_search():
            importlib.import_module(name)
