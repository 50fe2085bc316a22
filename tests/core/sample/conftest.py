"""The deliveries that the tests of the sample read, each made once."""

from pathlib import Path

import pytest

from pipeline.core.periods import Periode
from pipeline.sample.generator import make_sample
from pipeline.sample.readme import SampleSummary
from tests.core.sample.delivery import Names

Made = tuple[Path, SampleSummary]
_DONE: dict[tuple[str, bool], Made] = {}


class Maker:
    """Makes a delivery the first time it is asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __call__(self, periode: str, *, variant: bool = False) -> Made:
        """The delivery of a half-year; `variant`: the second one, with other people waiting and a rising
        taakstelling.
        """
        key = (periode, variant)
        if key not in _DONE:
            folder = self.root / f"{periode}-{variant}"
            own = Periode.parse(periode)
            if variant:
                summary = make_sample(own, folder, opvang=14_450, overdue=7_150, vervolg=(24_000, 27_000))
            else:
                summary = make_sample(own, folder)
            _DONE[key] = (folder, summary)
        return _DONE[key]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    """A delivery per half-year, made on demand."""
    return Maker(tmp_path_factory.mktemp("voorbeeld"))


@pytest.fixture(scope="session")
def names() -> Names:
    """Names of municipalities to codes."""
    return Names()
