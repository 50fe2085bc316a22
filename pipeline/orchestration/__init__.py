"""The thin Dagster shell: assets, checks, partitions, resources, jobs, schedule, sensors. No calculation lives here.

A run starts no other program. Dagster's copy of croniter would, as soon as it is loaded: it asks the machine by the
program `file` whether Python has 32 bits. Here, before Dagster is loaded, it is answered from the size of a pointer.
"""

import platform
import struct

_asked = platform.architecture
platform.architecture = lambda *_, **__: (f"{8 * struct.calcsize('P')}bit", "")
try:
    import dagster  # noqa: F401 - loaded here for what it asks while it is
finally:
    platform.architecture = _asked
