"""An edition of the real overview of 2016-I without persons and without documents, and what its sheets say."""

import json
from pathlib import Path

import pytest

from pipeline.core.house import package_path
from pipeline.core.sheets.figures import Bladbron, Gemeente, read_sheets
from tests.core.explain.conftest import PERIODE, edition_of


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return edition_of(package_path("sample", "leveringen", "2016-I"), tmp_path_factory.mktemp("bladen"))


@pytest.fixture(scope="session")
def source(output: Path) -> Bladbron:
    folder = output / str(PERIODE) / "edities" / "1"
    return read_sheets(folder, json.loads((folder / "manifest.json").read_text(encoding="utf-8")), PERIODE)


@pytest.fixture(scope="session")
def gemeente(source: Bladbron) -> dict[str, Gemeente]:
    """The municipalities by their name."""
    return {one.naam: one for one in source.gemeenten}
