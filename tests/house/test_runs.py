"""What all workers of a session share is made by one of them, and a making that failed is told to the others."""

import threading
import time
from pathlib import Path

import pytest

from tests.runs import made_once


def test_one_makes_it_and_the_others_wait(tmp_path_factory: pytest.TempPathFactory) -> None:
    makers: list[str] = []
    seen: list[list[str]] = []

    def make(place: Path) -> None:
        makers.append(threading.current_thread().name)
        time.sleep(0.2)
        (place / "af.txt").touch()

    def ask() -> None:
        seen.append([path.name for path in made_once(tmp_path_factory, "gedeeld", make).iterdir()])

    tmp_path_factory.getbasetemp()
    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(makers) == 1 and seen == 4 * [["af.txt"]]


def test_what_failed_is_told_and_not_tried_again(tmp_path_factory: pytest.TempPathFactory) -> None:
    tried: list[Path] = []

    def make(place: Path) -> None:
        tried.append(place)
        raise ValueError("kapot")

    with pytest.raises(ValueError, match="kapot"):
        made_once(tmp_path_factory, "mislukking", make)
    with pytest.raises(pytest.fail.Exception, match="ValueError: kapot"):
        made_once(tmp_path_factory, "mislukking", make)
    assert len(tried) == 1
