"""What a half-year waits for, and until when."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.core.config import load_settings
from pipeline.core.intake.delivery import Delivery, open_delivery
from pipeline.core.periods import Periode
from pipeline.core.planning import Planning, awaited_extracts, missing_extracts


def _delivery(tmp_path: Path, *names: str) -> Delivery:
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    found = open_delivery(tmp_path)
    assert isinstance(found, Delivery)
    return found


OVERVIEW = "coa/overzicht_2016-07-01.csv"


@pytest.mark.parametrize(
    ("names", "planning", "missing"),
    [
        ([], Planning(), ["coa_overzicht"]),
        ([OVERVIEW], Planning(), []),
        ([OVERVIEW], Planning(verwacht=("ind_nareis",)), ["ind_nareis"]),
        # Persons, koppelingen and afmeldingen come together or not at all.
        ([OVERVIEW, "coa/personen.csv"], Planning(), ["coa_koppelingen", "coa_afmeldingen"]),
    ],
)
def test_what_is_missing(tmp_path: Path, names: list[str], planning: Planning, missing: list[str]) -> None:
    found = missing_extracts(_delivery(tmp_path, *names), planning)
    assert [one.extract for one in found] == missing
    assert all(one.leverancier and one.plaats for one in found)


def test_without_a_folder_everything_awaited_is_missing() -> None:
    planning = Planning(verwacht=("coa_personen",))
    assert awaited_extracts(planning) == ("coa_overzicht", "coa_personen")
    assert [one.extract for one in missing_extracts(None, planning)] == ["coa_overzicht", "coa_personen"]


def test_the_deadline_counts_from_the_end_of_the_half_year(tmp_path: Path) -> None:
    assert Planning().uiterlijk(Periode(2016, 1)) == date(2016, 7, 15)
    settings = tmp_path / "voortgang.toml"
    settings.write_text("[planning]\nuiterlijk_dagen = 3\nverwacht = ['coa_personen']\n", encoding="utf-8")
    planning = load_settings(environment={"VOORTGANG_CONFIG": str(settings)}).planning
    assert planning.uiterlijk(Periode(2016, 2)) == date(2017, 1, 4)
    assert planning.verwacht == ("coa_personen",)
