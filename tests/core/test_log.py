"""The lines of the command line: for people, or one JSON object a line."""

import json
import logging
from collections.abc import Iterator

import pytest

from pipeline import log
from pipeline.cli import main


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    yield
    log.configure({})


def _fault(capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert main(["rapport", "2015-II", "--levering", "/bestaat/niet"]) == 3
    return capsys.readouterr().err.splitlines()


def test_people_get_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = _fault(capsys)
    assert line.startswith("voortgang: 2015-II kan nog niet of niet meer")


def test_a_collector_gets_one_object_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(log.VARIABLE, "json")
    lines = [json.loads(line) for line in _fault(capsys)]
    assert [(line["niveau"], line["bericht"][:7]) for line in lines] == [("fout", "2015-II")]
    assert set(lines[0]) == {"wanneer", "niveau", "bericht", "proces"} and lines[0]["wanneer"].endswith("+00:00")


def test_a_text_of_more_lines_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure({log.VARIABLE: "json"})
    logging.getLogger("pipeline.core.warehouse").warning("een\ntwee")
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["bericht"] == "een\ntwee" and json.loads(line)["niveau"] == "waarschuwing"
