"""The program `voortgang` as a process: what Python need not do in one that ends when it is done."""

import gc
from collections.abc import Sequence

import pytest

from pipeline import cli


def test_old_objects_are_left_to_the_end_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    before, seen = gc.get_threshold(), []

    def ran(argv: Sequence[str] | None = None) -> int:
        seen.append(gc.get_threshold())
        return 7

    monkeypatch.setattr(cli, "main", ran)
    try:
        assert cli.command() == 7
        assert seen[0][0] > 1000 * before[0] and gc.get_freeze_count() > 0
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
