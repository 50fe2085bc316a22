"""What `make bench` found is written down: the ratios are those of the seconds, and a picture whatever ran before."""

import json
from pathlib import Path

import pytest

from tests.bench.results import Uitslag, write

FOUND = Uitslag("run", "sample", "ours", "theirs", 6.0, 4.0, 1.4, 0.5, None, 3, 1.6)


def test_table_numbers_and_picture_of_what_was_found(tmp_path: Path) -> None:
    write([FOUND], {"rapport": "printed"}, tmp_path)
    assert "| 6.00 | 4.00 | 1.50 | 1.40 | 0.50 | 1.60 | 3 |" in (tmp_path / "uitslag.md").read_text(encoding="utf-8")
    (told,) = json.loads((tmp_path / "uitslag.json").read_text(encoding="utf-8"))["uitslagen"]
    assert told["verhouding"] == pytest.approx(1.5)
    assert (tmp_path / "uitslag.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "rapport.md").read_text(encoding="utf-8") == "printed"
