"""Seeing a delivery arrive: by its bytes, once nothing moves any more."""

import os
from pathlib import Path

import pytest

from pipeline.core.arrivals import (
    RUSTIG,
    Waarneming,
    at_rest,
    content_hash,
    delivered_half_years,
    from_cursor,
    observe,
    to_cursor,
)
from pipeline.core.periods import Periode


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "2016-I"
    (place / "coa").mkdir(parents=True)
    (place / "coa" / "overzicht.csv").write_text("een", encoding="utf-8")
    return place


def _looks(folder: Path, *seconds: int, start: Waarneming | None = None) -> Waarneming:
    found = start
    for second in seconds:
        found = observe(folder, found, second)
    assert found is not None
    return found


def test_a_delivery_arrives_after_a_minute_of_rest(folder: Path) -> None:
    assert _looks(folder, 0, 30, RUSTIG - 1).inhoud == ""
    arrived = _looks(folder, 0, 30, RUSTIG)
    assert arrived.rustig and arrived.inhoud == content_hash(folder)


def test_a_clock_that_jumps_makes_it_wait_a_minute_at_most(folder: Path) -> None:
    day = 86_400
    assert _looks(folder, day, 0, RUSTIG).rustig
    arrived = _looks(folder, day, day + RUSTIG)
    assert _looks(folder, 0, 10 * day, start=arrived) == arrived


def test_what_is_still_being_written_has_not_arrived(folder: Path) -> None:
    seen = _looks(folder, 0, 30)
    (folder / "coa" / "overzicht.csv").write_text("een en meer", encoding="utf-8")
    assert not _looks(folder, 60, 119, start=seen).rustig
    assert _looks(folder, 60, 120, start=seen).rustig


def test_other_bytes_are_another_delivery_whatever_their_times_say(folder: Path) -> None:
    """A copy that keeps size and time of its source: only the bytes differ."""
    file = folder / "coa" / "overzicht.csv"
    arrived = _looks(folder, 0, 60)
    times = file.stat()
    file.write_text("zes", encoding="utf-8")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    changed = _looks(folder, 90, 150, start=arrived)
    assert changed.rustig and changed.inhoud != arrived.inhoud


def test_new_times_and_other_places_are_no_other_delivery(folder: Path, tmp_path: Path) -> None:
    arrived = _looks(folder, 0, 60)
    os.utime(folder / "coa" / "overzicht.csv", (1, 1))
    assert _looks(folder, 90, 150, start=arrived).inhoud == arrived.inhoud
    moved = folder.rename(tmp_path / "elders")
    assert content_hash(moved) == arrived.inhoud


@pytest.mark.parametrize("edit", ["naam", "erbij", "weg"])
def test_names_belong_to_the_content(folder: Path, edit: str) -> None:
    before = content_hash(folder)
    file = folder / "coa" / "overzicht.csv"
    (folder / "b.csv").write_text("b", encoding="utf-8")
    with_b = content_hash(folder)
    assert with_b != before
    if edit == "naam":
        file.rename(folder / "coa" / "anders.csv")
        assert content_hash(folder) not in (before, with_b)
    elif edit == "weg":
        (folder / "b.csv").unlink()
        assert content_hash(folder) == before


def test_a_delivery_that_changes_while_it_is_read_has_not_arrived(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(place: Path) -> str | None:
        found = content_hash(place)
        (place / "coa" / "personen.csv").write_text("nieuw", encoding="utf-8")
        return found

    seen = _looks(folder, 0)
    monkeypatch.setattr("pipeline.core.arrivals.content_hash", meanwhile)
    disturbed = _looks(folder, 60, start=seen)
    assert not disturbed.rustig and disturbed.inhoud == "" and disturbed.sinds == 60


def test_no_files_is_no_delivery(tmp_path: Path) -> None:
    (tmp_path / "leeg" / "coa").mkdir(parents=True)
    assert observe(tmp_path / "geen", None, 0) is None
    assert observe(tmp_path / "leeg" / "coa", None, 0) is None
    assert at_rest(tmp_path / "geen", 0) is None


def test_only_folders_named_after_a_half_year(tmp_path: Path) -> None:
    for name in ("2016-II", "2016-I", "2016-1", "2016H1", "oud", "2016-I (kopie)"):
        (tmp_path / name).mkdir()
    (tmp_path / "2017-I").write_text("een bestand", encoding="utf-8")
    assert [str(periode) for periode, _ in delivered_half_years(tmp_path)] == ["2016-I", "2016-II"]
    assert list(delivered_half_years(tmp_path / "geen")) == []


def test_the_cursor_is_small_and_reads_back(folder: Path) -> None:
    one = at_rest(folder, 1_468_555_200)
    assert one is not None
    seen = {Periode(jaar, half): one for jaar in range(2016, 2026) for half in (1, 2)}
    cursor = to_cursor(seen, "2016-I: coa")
    assert from_cursor(cursor) == (seen, "2016-I: coa")
    assert len(cursor) < 20 * 75


@pytest.mark.parametrize("cursor", [None, "", "[]", "{}", '{"gezien":{"x":[]},"herinnerd":""}', "geen json"])
def test_a_cursor_that_is_none(cursor: str | None) -> None:
    assert from_cursor(cursor) is None
