"""What holds for every test: how hypothesis searches, which tests go first, and the whole runs that files share.

Fixtures of one room stand in that room's own conftest.

In CI the search is the same each time, so that a red run can be repeated; on a developer's machine each run looks
elsewhere.
"""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.runs import Published, made_once, make_overview, make_published, published_in
from tests.wheel import Alone, alone_in, make_alone, make_installed, python_of

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


@pytest.fixture(scope="session")
def overview(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder with edition 1 of the shipped delivery, of all workers: read it, or take a copy (`own_copy`)."""
    return made_once(tmp_path_factory, "overzicht", make_overview)


@pytest.fixture(scope="session")
def published(overview: Path, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Edition 2 published from that one and signed, of all workers as well."""
    return published_in(made_once(tmp_path_factory, "gepubliceerd", lambda place: make_published(overview, place)))


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel of this checkout and an environment that has it, of all workers."""
    return made_once(tmp_path_factory, "omgeving", make_installed)


@pytest.fixture(scope="session")
def alone(environment: Path, tmp_path_factory: pytest.TempPathFactory) -> Alone:
    """The demonstration with its openbaar edition, made by that wheel, of all workers."""
    return alone_in(made_once(tmp_path_factory, "personen", lambda place: make_alone(python_of(environment), place)))
