"""What holds for every test: how hypothesis searches, and which tests go first.

Fixtures of one room stand in that room's own conftest.

In CI the search is the same each time, so that a red run can be repeated; on a developer's machine each run looks
elsewhere.
"""

import os

import pytest
from hypothesis import settings

settings.register_profile("ci", derandomize=True, database=None, deadline=None, print_blob=True)
settings.register_profile("lokaal", deadline=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "lokaal")

# Whole runs take longest. They go first, so that no worker is busy with one when the others have nothing left.
_FIRST = ("orchestration", "editions", "recompute", "house", "document")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the order within a file; xdist hands the files out in this order (--no-loadscope-reorder)."""

    def rank(item: pytest.Item) -> int:
        rooms = item.path.relative_to(item.config.rootpath).parts
        return _FIRST.index(rooms[1]) if rooms[1] in _FIRST else len(_FIRST)

    items.sort(key=rank)
