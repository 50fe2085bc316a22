"""Progress: every step is told in order, drawn on a terminal only, and changes nothing."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from pipeline.cli_editions import watched
from pipeline.core.control import control_delivery
from pipeline.core.periods import Periode
from pipeline.core.progress import INLEZEN, STIL, TABELLEN, Melder
from pipeline.core.sqlfiles import load_models
from pipeline.terminal import progress_bars
from tests.core.intake.deliveries import delivery, lay


class Noted(Melder):
    def __init__(self) -> None:
        self.steps: list[tuple[str, int, int, str]] = []

    def stap(self, fase: str, nummer: int, totaal: int, wat: str) -> None:
        self.steps.append((fase, nummer, totaal, wat))


def test_every_delivered_extract_and_every_table_is_told_in_order(tmp_path: Path) -> None:
    noted = Noted()
    folder = lay(tmp_path, {name: lines for name, lines in delivery(3).items() if name.startswith("coa/")})
    told = control_delivery(Periode(2016, 1), str(folder), output=tmp_path / "uit", melder=noted)
    extracts = [(number, total) for phase, number, total, _ in noted.steps if phase == INLEZEN]
    assert extracts == [(1, 4), (2, 4), (3, 4), (4, 4)]
    models = [model.name for model in load_models()]
    assert [step for step in noted.steps if step[0] == TABELLEN] == [
        (TABELLEN, number, len(models), name) for number, name in enumerate(models, start=1)
    ]
    assert [step[0] for step in noted.steps] == [INLEZEN] * 4 + [TABELLEN] * len(models)
    assert control_delivery(Periode(2016, 1), str(folder), output=tmp_path / "uit").as_dict() == told.as_dict()


def test_bars_are_drawn_on_a_terminal() -> None:
    text = io.StringIO()
    with progress_bars(Console(file=text, force_terminal=True, width=100), "Rapportage") as melder:
        melder.stap(INLEZEN, 1, 2, "Personen")
        melder.stap(INLEZEN, 2, 2, "Afmeldingen")
        melder.stap(TABELLEN, 1, 40, "staging.gemeenten")
    drawn = text.getvalue()
    assert "Rapportage" in drawn and "2/2" in drawn and "0/40" in drawn and "staging.gemeenten" in drawn


def test_quiet_when_not_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with watched("Rapportage") as melder:
        melder.stap(INLEZEN, 1, 2, "Personen")
    assert melder is STIL
    assert capsys.readouterr() == ("", "")
