"""Fixtures of the house tests: the checkout itself, the wheel made of it, and a hermetic place to try the set-up in.

Nothing here looks at figures or documents, and nothing here uses the network.
"""

from pathlib import Path

import pytest

from tests.house.machine import Machine
from tests.wheel import wheel_of


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The top folder of this checkout."""
    return Path(__file__).resolve().parents[2]


@pytest.fixture
def machine(tmp_path: Path, checkout: Path) -> Machine:
    """A machine that has a Python and nothing else, with an own copy of the Makefile and .ci; you are root on it."""
    return Machine.make(tmp_path, checkout)


@pytest.fixture(scope="module")
def wheel(environment: Path) -> Path:
    """The wheel of this checkout, built without network."""
    return wheel_of(environment)
