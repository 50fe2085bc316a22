"""The logbook of a half-year: what a power cut leaves of it."""

from pathlib import Path

from pipeline.core.edition_store import note, noted_manifests
from pipeline.core.periods import Periode

PERIODE = Periode(2016, 1)


def test_a_line_is_never_glued_to_what_stands_there(tmp_path: Path) -> None:
    path = tmp_path / str(PERIODE) / "logboek.jsonl"
    path.parent.mkdir()
    note(tmp_path, PERIODE, {"editie": 1, "manifest_sha256": "a"})
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
    note(tmp_path, PERIODE, {"editie": 1, "manifest_sha256": "b"})
    assert noted_manifests(tmp_path, PERIODE, 1) == ("a", "b")


def test_blank_lines_say_nothing(tmp_path: Path) -> None:
    path = tmp_path / str(PERIODE) / "logboek.jsonl"
    path.parent.mkdir()
    note(tmp_path, PERIODE, {"editie": 1, "manifest_sha256": "a"})
    path.write_text(path.read_text(encoding="utf-8") + "\n \n", encoding="utf-8")
    assert noted_manifests(tmp_path, PERIODE, 1) == ("a",)
