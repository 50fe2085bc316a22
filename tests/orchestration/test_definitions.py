"""The shell: assets from the SQL, partitions, the schedule, the snapshot of the graph."""

from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest
from dagster._utils.schedules import schedule_execution_time_iterator

from pipeline.core.errors import GebruiksFout
from pipeline.core.periods import Periode
from pipeline.core.planning import Planning
from pipeline.core.sqlfiles import load_checks, load_models
from pipeline.definitions import build_defs
from pipeline.orchestration.partitions import HALFJAREN, partition_key, periode_of
from pipeline.orchestration.reminders import aangeleverd
from pipeline.orchestration.schedules import half_yearly

SNAPSHOT = Path(__file__).with_name("asset_graph.txt")


def _graph() -> str:
    graph = build_defs().resolve_asset_graph()
    lines = []
    for key in sorted(graph.get_all_asset_keys()):
        node = graph.get(key)
        parents = ", ".join(sorted(parent.to_user_string() for parent in node.parent_keys))
        lines.append(f"{key.to_user_string()} [{node.group_name}] <- {parents}")
    return "\n".join(lines) + "\n"


def test_asset_graph_is_as_reviewed() -> None:
    """Delete the file and run again to accept a change; the diff is the review."""
    graph = _graph()
    if not SNAPSHOT.exists():
        SNAPSHOT.write_text(graph, encoding="utf-8")
        pytest.fail(f"{SNAPSHOT.name} was missing and is written now: review it")
    assert graph == SNAPSHOT.read_text(encoding="utf-8")


def test_every_sql_file_is_an_asset_and_every_check_a_check() -> None:
    graph = build_defs().resolve_asset_graph()
    keys = {key.to_user_string() for key in graph.get_all_asset_keys()}
    assert {model.name.replace(".", "/") for model in load_models()} <= keys
    reminders = set(aangeleverd.check_keys)
    assert {check.name for check in load_checks()} == {key.name for key in graph.asset_check_keys - reminders}


@pytest.mark.parametrize("periode", [Periode(2016, 1), Periode(2016, 2), Periode(2024, 2)])
def test_partition_keys_map_to_half_years(periode: Periode) -> None:
    key = partition_key(periode)
    assert HALFJAREN.has_partition_key(key)
    assert periode_of(key) == periode


def test_the_running_half_year_exists_and_the_next_does_not() -> None:
    now = datetime(2024, 3, 5, 12, tzinfo=UTC)
    keys = HALFJAREN.get_partition_keys(current_time=now)
    assert keys[0] == "2016-01-01" and keys[-1] == "2024-01-01"


@pytest.mark.parametrize(
    ("moment", "key"),
    [("2016-07-15T06:00:00+02:00", "2016-01-01"), ("2017-01-15T06:00:00+01:00", "2016-07-01")],
)
def test_the_schedule_makes_the_half_year_that_has_closed(moment: str, key: str) -> None:
    context = dg.build_schedule_context(scheduled_execution_time=datetime.fromisoformat(moment))
    request = half_yearly(Planning())(context)
    assert isinstance(request, dg.RunRequest)
    assert request.partition_key == key
    assert request.run_key == str(periode_of(key))


def _ticks(schedule: dg.ScheduleDefinition) -> list[str]:
    start = datetime(2016, 1, 16, tzinfo=UTC).timestamp()
    assert isinstance(schedule.cron_schedule, str)
    ticks = schedule_execution_time_iterator(start, schedule.cron_schedule, schedule.execution_timezone, ascending=True)
    return [next(ticks).astimezone(UTC).isoformat() for _ in range(2)]


def test_the_schedule_ticks_at_six_in_amsterdam() -> None:
    assert _ticks(half_yearly(Planning())) == ["2016-07-15T04:00:00+00:00", "2017-01-15T05:00:00+00:00"]


def test_the_settings_say_when_and_whether_the_schedule_ticks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = tmp_path / "voortgang.toml"
    settings.write_text("[planning]\ncron = '30 7 20 1,7 *'\naan = true\n", encoding="utf-8")
    monkeypatch.setenv("VOORTGANG_CONFIG", str(settings))
    schedule = build_defs().resolve_schedule_def("halfjaarlijks")
    assert _ticks(schedule) == ["2016-01-20T06:30:00+00:00", "2016-07-20T05:30:00+00:00"]
    assert schedule.default_status == dg.DefaultScheduleStatus.RUNNING
    assert half_yearly(Planning()).default_status == dg.DefaultScheduleStatus.STOPPED


def test_a_cron_that_is_none_is_wrong_use() -> None:
    with pytest.raises(GebruiksFout, match="geen tijdstip"):
        half_yearly(Planning(cron="elke maandag"))
