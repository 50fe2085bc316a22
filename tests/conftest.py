"""What holds for every test: how hypothesis searches. Fixtures of one room stand in that room's own conftest.

In CI the search is the same each time, so that a red run can be repeated; on a developer's machine each run looks
elsewhere.
"""

import os

from hypothesis import settings

settings.register_profile("ci", derandomize=True, database=None, deadline=None, print_blob=True)
settings.register_profile("lokaal", deadline=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "lokaal")
