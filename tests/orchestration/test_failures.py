"""A run that fails, from the job to the message in the mail box; and what becomes of it without a mail server."""

from pathlib import Path

import dagster as dg
import pytest

from pipeline.core.config import OUTPUT_VARIABLE
from pipeline.core.notify import Mail, Melding
from pipeline.core.planning import Planning
from pipeline.definitions import build_defs
from pipeline.orchestration.failures import failure_sensor, message, tell
from pipeline.orchestration.instance import open_instance
from pipeline.orchestration.tags import FROM_COMMAND_LINE, OCCASION_TAG
from tests.core.servers import free_port, mail_server, web_server

KEY = "2016-01-01"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A delivery whose overview is none, with a person in a file beside it."""
    folder = tmp_path / "data" / "leveringen" / "2016-I" / "coa"
    folder.mkdir(parents=True)
    (folder / "overzicht_2016-07-01.csv").write_text("naam;aantal\nJansen;V1234567890\n", encoding="utf-8")
    (tmp_path / "voortgang.toml").write_text("", encoding="utf-8")
    monkeypatch.setenv("VOORTGANG_CONFIG", str(tmp_path / "voortgang.toml"))
    monkeypatch.setenv(OUTPUT_VARIABLE, str(tmp_path / "output"))
    return tmp_path


def failed_run(instance: dg.DagsterInstance, tags: dict[str, str] | None = None) -> dg.ExecuteInProcessResult:
    job = build_defs().resolve_job_def("rapport")
    result = job.execute_in_process(instance=instance, partition_key=KEY, tags=tags, raise_on_error=False)
    assert not result.success
    return result


def mail_to(port: int) -> Melding:
    return Melding(mail=Mail("127.0.0.1", "voortgang@voorbeeld.nl", ("a@voorbeeld.nl",), port, starttls=False))


def test_a_failed_run_arrives_by_mail_and_webhook_without_persons(home: Path) -> None:
    with open_instance(home / "output") as instance, mail_server() as mail, web_server() as web:
        run = failed_run(instance).dagster_run
        both = Melding(mail=mail_to(mail.port).mail, webhook=web.address)
        assert tell(instance, run, None, both) == "gemeld per mail en webhook"
        (posted,) = web.found
        (mailed,) = mail.found
    assert posted["onderwerp"] == mailed["Subject"] == "Voortgang: rapport over 2016-I is mislukt"
    payload = mailed.get_payload(decode=True)
    assert isinstance(payload, bytes)
    text = payload.decode("utf-8")
    assert text.splitlines() == posted["tekst"].splitlines()
    assert "coa/overzicht_2016-07-01.csv: " in text and "(1 keer)" in text
    assert "voortgang controle 2016-I" in text and run.run_id in text
    assert "Jansen" not in text and "1234567890" not in text


@pytest.mark.parametrize("way", ["mail", "webhook"])
def test_without_a_server_the_outcome_stays_and_the_log_says_so(home: Path, way: str) -> None:
    port = free_port()
    melding = mail_to(port) if way == "mail" else Melding(webhook=f"http://127.0.0.1:{port}/sleutel")
    with open_instance(home / "output") as instance:
        run = failed_run(instance).dagster_run
        said = tell(instance, run, None, melding)
        assert said.startswith(f"de melding kwam niet aan: {way}") and "sleutel" not in said
        logged = [entry.dagster_event.message for entry in instance.all_logs(run.run_id) if entry.dagster_event]
        assert said in logged
        found = instance.get_run_by_id(run.run_id)
        assert found is not None and found.status == dg.DagsterRunStatus.FAILURE


def test_a_run_that_could_not_begin_is_told_too(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The warehouse of the half-year is no database: no step begins, so no step can say why."""
    place = home / "output" / "2016-I"
    place.mkdir(parents=True)
    (place / "warehouse.duckdb").write_text("dit is geen database" * 1000, encoding="utf-8")
    with open_instance(home / "output") as instance:
        run = failed_run(instance).dagster_run
        records = instance.get_records_for_run(run.run_id, of_type=dg.DagsterEventType.RUN_FAILURE).records
        event = records[0].event_log_entry.dagster_event
        assert event is not None
        text = message(instance, run, event.job_failure_data.error).tekst
    assert "warehouse.duckdb is beschadigd" in text and "verwijder dit bestand" in text


@pytest.mark.parametrize(("tags", "told"), [({}, True), ({OCCASION_TAG: FROM_COMMAND_LINE}, False)])
def test_the_sensor_tells_of_runs_that_nobody_watches(home: Path, tags: dict[str, str], told: bool) -> None:
    with open_instance(home / "output") as instance, web_server() as web:
        (home / "voortgang.toml").write_text(f"[melding]\nwebhook = '{web.address}'\n", encoding="utf-8")
        result = failed_run(instance, tags)
        context = dg.build_run_status_sensor_context(
            sensor_name="mislukt",
            dagster_instance=instance,
            dagster_run=result.dagster_run,
            dagster_event=result.get_run_failure_event(),
        ).for_run_failure()
        failure_sensor(Planning())(context)
        assert bool(web.found) is told
