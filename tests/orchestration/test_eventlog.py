"""The event log that keeps its files open: what it writes is Dagster's own, and it leaves no file open behind it."""

import multiprocessing
import sqlite3
from multiprocessing.synchronize import Barrier
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.event_log import SqliteEventLogStorage

from pipeline.orchestration.instance import open_instance
from pipeline.orchestration.instance.eventlog import OpenEventLog

_CHECKS = 12


@dg.asset(check_specs=[dg.AssetCheckSpec(f"check_{number}", asset="figure") for number in range(_CHECKS)])
def figure(context: dg.AssetExecutionContext):  # noqa: ANN201 - Dagster reads an annotation as outputs
    context.log.info("een regel")
    return dg.MaterializeResult(
        metadata={"rijen": 3},
        check_results=[dg.AssetCheckResult(check_name=f"check_{number}", passed=True) for number in range(_CHECKS)],
    )


def _open_files(folder: Path) -> list[str]:
    links = (str(handle.resolve()) for handle in Path("/proc/self/fd").iterdir())
    return sorted(link for link in links if link.startswith(f"{folder}/"))


def test_dagsters_own_storage_reads_the_same_events(tmp_path: Path) -> None:
    with open_instance(tmp_path) as instance:
        assert isinstance(instance.event_log_storage, OpenEventLog)
        done = dg.materialize([figure], instance=instance)
        written = [entry.to_json() for entry in instance.all_logs(done.run_id)]
    with dg.DagsterInstance.from_config(str(tmp_path / ".dagster")) as plain:
        assert isinstance(plain.event_log_storage, SqliteEventLogStorage)
        assert not isinstance(plain.event_log_storage, OpenEventLog)
        assert [entry.to_json() for entry in plain.all_logs(done.run_id)] == written
        latest = plain.get_latest_materialization_event(dg.AssetKey("figure"))
        assert latest is not None and latest.run_id == done.run_id
        record = plain.get_asset_records([dg.AssetKey("figure")])[0]
        assert record.asset_entry.last_run_id == done.run_id
        tags = plain.event_log_storage.get_event_tags_for_asset(dg.AssetKey("figure"))
        assert "dagster/data_version" in tags[0]
        keys = [dg.AssetCheckKey(dg.AssetKey("figure"), f"check_{number}") for number in range(_CHECKS)]
        found = plain.event_log_storage.get_latest_asset_check_execution_by_key(keys)
        assert {key for key, value in found.items() if value.status.value == "SUCCEEDED"} == set(keys)


def test_many_runs_keep_few_files_open_and_a_closed_instance_none(tmp_path: Path) -> None:
    with open_instance(tmp_path) as instance:
        done = [dg.materialize([figure], instance=instance) for _ in range(6)]
        for run in done:
            assert len(instance.all_logs(run.run_id)) > _CHECKS
        kept = [name for name in _open_files(tmp_path / ".dagster" / "history" / "runs") if name.endswith(".db")]
        assert 0 < len(set(kept)) <= 4
    assert _open_files(tmp_path) == []


def test_the_disk_is_waited_for_at_checkpoints_alone_and_the_log_goes_ahead(tmp_path: Path) -> None:
    with open_instance(tmp_path) as instance:
        done = dg.materialize([figure], instance=instance)
        log = instance.event_log_storage
        assert isinstance(log, OpenEventLog)
        with log.run_connection(done.run_id) as con:
            assert con.exec_driver_sql("pragma synchronous").scalar() == 1
            assert con.exec_driver_sql("pragma journal_mode").scalar() == "wal"
    file = tmp_path / ".dagster" / "history" / "runs" / f"{done.run_id}.db"
    with sqlite3.connect(file) as plain:
        assert plain.execute("pragma integrity_check").fetchall() == [("ok",)]


def test_another_reader_sees_an_event_at_once(tmp_path: Path) -> None:
    with open_instance(tmp_path) as instance, open_instance(tmp_path) as other:
        done = dg.materialize([figure], instance=instance)
        assert len(other.all_logs(done.run_id)) == len(instance.all_logs(done.run_id)) > _CHECKS


@pytest.mark.parametrize(
    "storage",
    [
        "storage:\n  sqlite:\n    base_dir: {place}\n",
        "event_log_storage:\n  module: dagster._core.storage.event_log\n"
        "  class: ConsolidatedSqliteEventLogStorage\n  config:\n    base_dir: {place}\n",
    ],
)
def test_settings_that_choose_a_storage_are_followed(tmp_path: Path, storage: str) -> None:
    home = tmp_path / ".dagster"
    home.mkdir()
    place = tmp_path / "elders"
    (home / "dagster.yaml").write_text(f"telemetry:\n  enabled: false\n{storage.format(place=place)}", "utf-8")
    with open_instance(tmp_path) as instance:
        assert not isinstance(instance.event_log_storage, OpenEventLog)
        assert dg.materialize([figure], instance=instance).success
    assert list(place.rglob("*.db"))


def _open_at_once(start: Barrier, output: Path) -> None:
    start.wait(60)
    with open_instance(output) as instance:
        assert instance.get_runs_count() == 0


def test_processes_that_open_a_new_instance_at_once_do_not_spoil_it(tmp_path: Path) -> None:
    """Unguarded, two processes each stamp the new files, which then can never be opened again."""
    many = 6
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.orchestration.test_eventlog"])
    for number in range(3):
        start, output = context.Barrier(many), tmp_path / str(number)
        processes = [context.Process(target=_open_at_once, args=(start, output)) for _ in range(many)]
        for process in processes:
            process.start()
        for process in processes:
            process.join(60)
        assert [process.exitcode for process in processes] == [0] * many
        _open_at_once(context.Barrier(1), output)
