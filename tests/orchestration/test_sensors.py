"""The watcher of deliveries: what it starts, how often, and what it says is missing."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import dagster as dg
import pytest

from pipeline.core.arrivals import content_hash
from pipeline.core.planning import Planning
from pipeline.definitions import build_defs
from pipeline.orchestration.assets.keys import EDITIE, asset_key
from pipeline.orchestration.instance import open_instance
from pipeline.orchestration.schedules import half_yearly
from pipeline.orchestration.sensors import delivery_sensor
from pipeline.orchestration.tags import CONTENT_TAG, PARTITION_TAG

FILES = ("coa/overzicht_2016-07-01.csv", "rijk/taakstelling.csv")
KEY = "2016-01-01"


def deliver(folder: Path, *names: str) -> None:
    """The watcher looks at names and bytes alone."""
    for name in names or FILES:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")


@dataclass
class Watcher:
    """The sensor with its cursor, and a clock that the test moves."""

    home: Path
    instance: dg.DagsterInstance
    now: int = 1_468_555_200
    cursor: str | None = None

    @property
    def folder(self) -> Path:
        return self.home / "data" / "leveringen" / "2016-I"

    def look(self, after: int) -> dg.SensorResult:
        self.now += after
        context = dg.build_sensor_context(instance=self.instance, cursor=self.cursor)
        found = delivery_sensor(Planning())(context)
        assert isinstance(found, dg.SensorResult)
        self.cursor = found.cursor
        return found

    def requests(self, after: int = 60) -> list[dg.RunRequest]:
        return list(self.look(after).run_requests or [])


@pytest.fixture
def watcher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watcher]:
    (tmp_path / "voortgang.toml").write_text('[planning]\nverwacht = ["rijk_taakstelling"]\n', encoding="utf-8")
    monkeypatch.setenv("VOORTGANG_CONFIG", str(tmp_path / "voortgang.toml"))
    monkeypatch.setattr("pipeline.orchestration.sensors.today", lambda: date(2016, 7, 10))
    with dg.DagsterInstance.ephemeral() as instance:
        watcher = Watcher(tmp_path, instance)

        class Clock(datetime):
            @classmethod
            def now(cls, tz: object = None) -> "Clock":
                return cls.fromtimestamp(watcher.now, tz)  # type: ignore[arg-type]

        monkeypatch.setattr("pipeline.orchestration.sensors.datetime", Clock)
        yield watcher


def test_an_incomplete_delivery_is_checked_and_a_complete_one_reported(watcher: Watcher) -> None:
    assert watcher.requests() == []
    deliver(watcher.folder, FILES[0])
    assert watcher.requests() == [] and watcher.requests(30) == []
    (checked,) = watcher.requests(30)
    assert (checked.job_name, checked.partition_key) == ("controle", KEY)
    assert watcher.requests() == []
    deliver(watcher.folder, FILES[1])
    assert watcher.requests() == []
    (reported,) = watcher.requests()
    assert (reported.job_name, reported.partition_key) == ("rapport", KEY)
    assert reported.tags[CONTENT_TAG] == content_hash(watcher.folder)
    assert watcher.requests() == []


def test_the_same_content_has_the_same_run_key_even_when_the_cursor_was_lost(watcher: Watcher) -> None:
    """Dagster starts no second run with a run_key that it has."""
    deliver(watcher.folder)
    watcher.requests()
    (first,) = watcher.requests()
    watcher.cursor = None
    watcher.requests()
    (second,) = watcher.requests()
    assert first.run_key == second.run_key


def test_copied_again_it_starts_nothing_and_with_other_bytes_it_does(watcher: Watcher) -> None:
    deliver(watcher.folder)
    watcher.requests()
    (first,) = watcher.requests()
    shutil.rmtree(watcher.folder)
    deliver(watcher.folder)
    assert watcher.requests() == [] and watcher.requests() == []
    file = next(watcher.folder.glob("rijk/*.csv"))
    file.write_bytes(file.read_bytes() + b"\n")
    watcher.requests()
    (second,) = watcher.requests()
    assert first.run_key != second.run_key


def test_what_was_reported_before_there_was_a_watcher_is_no_arrival(watcher: Watcher) -> None:
    deliver(watcher.folder)
    edition = watcher.home / "output" / "2016-I" / "edities" / "1"
    edition.mkdir(parents=True)
    (edition / "manifest.json").write_text("{}", encoding="utf-8")
    assert watcher.requests() == [] and watcher.requests() == [] and watcher.requests() == []
    file = next(watcher.folder.glob("rijk/*.csv"))
    file.write_bytes(file.read_bytes() + b"\n")
    watcher.requests()
    assert len(watcher.requests()) == 1


def test_what_the_schedule_is_making_is_not_made_again(watcher: Watcher) -> None:
    deliver(watcher.folder)
    watcher.requests()
    job = build_defs().resolve_job_def("rapport")
    tags = {CONTENT_TAG: content_hash(watcher.folder) or "", PARTITION_TAG: KEY}
    watcher.instance.create_run_for_job(job, tags=tags, status=dg.DagsterRunStatus.STARTED)
    assert watcher.requests() == []


def test_half_years_that_have_not_begun_or_are_too_old_are_passed_over(watcher: Watcher) -> None:
    for name in ("2015-II", "2199-I"):
        deliver(watcher.folder.with_name(name))
    assert watcher.requests() == [] and watcher.requests() == []


def _outcomes(found: dg.SensorResult) -> dict[str, dg.AssetCheckEvaluation]:
    return {
        event.asset_key.path[-1]: event for event in found.asset_events if isinstance(event, dg.AssetCheckEvaluation)
    }


def test_reminders_are_told_once_and_become_errors_after_the_deadline(
    watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = _outcomes(watcher.look(0))
    assert {name for name, one in told.items() if not one.passed} == {"coa_overzicht", "rijk_taakstelling"}
    assert told["coa_overzicht"].severity == dg.AssetCheckSeverity.WARN
    assert "uiterlijk 15 juli 2016" in (told["coa_overzicht"].description or "")
    assert _outcomes(watcher.look(30)) == {}
    deliver(watcher.folder, FILES[1])
    told = _outcomes(watcher.look(30))
    assert {name for name, one in told.items() if not one.passed} == {"coa_overzicht"}
    for day, severity in [(date(2016, 7, 15), None), (date(2016, 7, 16), dg.AssetCheckSeverity.ERROR)]:
        monkeypatch.setattr("pipeline.orchestration.sensors.today", lambda day=day: day)
        told = _outcomes(watcher.look(30))
        assert [one.severity for one in told.values() if not one.passed] == ([severity] if severity else [])
    assert "had uiterlijk 15 juli 2016" in (told["coa_overzicht"].description or "")


def test_the_reminders_can_be_asked_for_and_belong_to_no_report(watcher: Watcher) -> None:
    defs = build_defs()
    found = defs.resolve_asset_graph()
    reminded = {key.asset_key for key in found.asset_check_keys if key.name == "aangeleverd"}
    assert asset_key("levering.coa_overzicht") in reminded
    nodes = {name: set(defs.resolve_job_def(name).graph.node_dict) for name in ("rapport", "controle")}
    assert nodes["rapport"] - nodes["controle"] == {"editie"}
    assert "aangeleverd" not in nodes["rapport"]


@pytest.mark.parametrize(
    ("status", "started"),
    [(dg.DagsterRunStatus.SUCCESS, False), (dg.DagsterRunStatus.STARTED, False), (dg.DagsterRunStatus.FAILURE, True)],
)
def test_the_schedule_makes_no_second_report_of_the_same_delivery(
    watcher: Watcher, status: dg.DagsterRunStatus, started: bool
) -> None:
    deliver(watcher.folder)
    content = content_hash(watcher.folder)
    assert content is not None
    job = build_defs().resolve_job_def("rapport")
    moment = datetime.fromisoformat("2016-07-15T06:00:00+02:00")
    with open_instance(watcher.home / "output") as instance:
        run = instance.create_run_for_job(job, tags={CONTENT_TAG: content, PARTITION_TAG: KEY}, status=status)
        context = dg.build_schedule_context(instance=instance, scheduled_execution_time=moment)
        found = half_yearly(Planning())(context)
    if started:
        assert isinstance(found, dg.RunRequest) and found.tags[CONTENT_TAG] == content
    else:
        assert isinstance(found, dg.SkipReason) and run.run_id in (found.skip_message or "")


def test_extracts_and_edition_are_overdue_after_the_deadline(watcher: Watcher) -> None:
    graph = build_defs().resolve_asset_graph()
    policies = {key: graph.get(key).freshness_policy for key in graph.get_all_asset_keys()}
    told = {key.to_user_string() for key, policy in policies.items() if policy is not None}
    assert {"editie", "levering/coa_overzicht", "levering/coa_personen"} <= told
    assert "report/cijfers" not in told
    policy = policies[EDITIE]
    assert isinstance(policy, dg._core.definitions.freshness.CronFreshnessPolicy)
    assert (policy.deadline_cron, policy.timezone) == ("0 0 16 1,7 *", "Europe/Amsterdam")
