"""The deliveries that the tests of the sample read, each made once for all workers."""

import pickle
from pathlib import Path

import pytest

from pipeline.core.periods import Periode
from pipeline.sample.generator import make_sample
from pipeline.sample.readme import SampleSummary
from tests.core.sample.delivery import Names
from tests.runs import made_once

Made = tuple[Path, SampleSummary]


class Maker:
    """Makes a delivery the first time it is asked for."""

    def __init__(self, factory: pytest.TempPathFactory) -> None:
        self._factory = factory
        self._done: dict[tuple[str, bool], Made] = {}

    def __call__(self, periode: str, *, variant: bool = False) -> Made:
        """The delivery of a half-year; `variant`: the second one, with other people waiting and a rising
        taakstelling.
        """
        key = (periode, variant)
        if key not in self._done:
            place = made_once(self._factory, f"voorbeeld-{periode}-{variant}", lambda place: _make(place, *key))
            self._done[key] = (place / "levering", pickle.loads((place / "verslag").read_bytes()))
        return self._done[key]


def _make(place: Path, periode: str, variant: bool) -> None:
    own, folder = Periode.parse(periode), place / "levering"
    if variant:
        summary = make_sample(own, folder, opvang=14_450, overdue=7_150, vervolg=(24_000, 27_000))
    else:
        summary = make_sample(own, folder)
    (place / "verslag").write_bytes(pickle.dumps(summary))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    """A delivery per half-year, made on demand."""
    return Maker(tmp_path_factory)


@pytest.fixture(scope="session")
def names() -> Names:
    """Names of municipalities to codes."""
    return Names()
