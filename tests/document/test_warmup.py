"""Loading the typesetting libraries beside the tables: once, all of them, and never a failure of its own."""

import subprocess
import sys

import pytest

_LOADED = """
import sys
from pipeline.core.document import warmup
before = [name for name in warmup._SLOW if name in sys.modules]
thread = warmup.load_typesetting()
assert warmup.load_typesetting() is None
thread.join()
print(before, [name for name in warmup._SLOW if name not in sys.modules])
"""
_FAILS = """
import sys
from pipeline.core.document import warmup
sys.modules["weasyprint"] = None
thread = warmup.load_typesetting()
thread.join()
import matplotlib
try:
    import weasyprint
except ImportError:
    print("told by who needs it")
"""


@pytest.mark.parametrize(("program", "said"), [(_LOADED, "[] []"), (_FAILS, "told by who needs it")])
def test_everything_is_loaded_once_and_a_failure_is_left_to_who_needs_it(program: str, said: str) -> None:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == (said, "")
