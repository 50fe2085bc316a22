"""A run that failed tells whoever is not watching: which check, which file, what to do.

Belongs here: a hook that writes in the run's own log what may be told, and the sensor that sends it. What may be told:
core/failures.py; the sending: core/notify.py. Whatever goes wrong here, the outcome of the run stays as it is.
"""

import dagster as dg
from dagster._core.events import EngineEventData
from dagster_shared.error import SerializableErrorInfo

from pipeline.core.config import load_settings
from pipeline.core.failures import TOLD_BY_NAME, safe, told
from pipeline.core.notify import Bericht, MeldFout, Melding, send
from pipeline.core.planning import Planning
from pipeline.orchestration.partitions import periode_of
from pipeline.orchestration.tags import FROM_COMMAND_LINE, OCCASION_TAG, PARTITION_TAG

_MARK = "Te melden: "


@dg.failure_hook(name="te_melden")
def te_melden(context: dg.HookContext) -> None:
    """Write in the log what may be told of the step that failed; only here the error itself is at hand."""
    if context.op_exception is not None:
        for line in told(context.op_exception):
            context.log.error(f"{_MARK}{line}")


def failure_sensor(planning: Planning) -> dg.SensorDefinition:
    """The sender, for every run that failed but those of the command line: there somebody is watching."""

    @dg.run_failure_sensor(
        name="mislukt",
        minimum_interval_seconds=30,
        default_status=dg.DefaultSensorStatus.RUNNING if planning.aan else dg.DefaultSensorStatus.STOPPED,
        description="Meldt een mislukte run per mail of webhook: welke controle, welk bestand, wat te doen.",
    )
    def mislukt(context: dg.RunFailureSensorContext) -> dg.SkipReason | None:
        run = context.dagster_run
        if run.tags.get(OCCASION_TAG) == FROM_COMMAND_LINE:
            return dg.SkipReason(f"run {run.run_id} is van de opdrachtregel")
        error = context.failure_event.job_failure_data.error
        said = tell(context.instance, run, error, load_settings().melding)
        context.log.info(said)
        return dg.SkipReason(said)

    return mislukt


def tell(
    instance: dg.DagsterInstance, run: dg.DagsterRun, error: SerializableErrorInfo | None, melding: Melding
) -> str:
    """Send what may be told of `run`, and write in its log how that went; the same sentence comes back."""
    try:
        ways = send(message(instance, run, error), melding)
    except MeldFout as failure:
        fault = SerializableErrorInfo(str(failure), [], type(failure).__name__)
        instance.report_engine_event(str(failure), run, EngineEventData(error=fault))
        return str(failure)
    said = f"gemeld per {' en '.join(ways)}" if ways else "nergens gemeld: de instellingen noemen geen mail of webhook"
    instance.report_engine_event(said, run)
    return said


def message(instance: dg.DagsterInstance, run: dg.DagsterRun, error: SerializableErrorInfo | None) -> Bericht:
    """What is sent of `run`. `error`: of a run in which no step could begin."""
    key = run.tags.get(PARTITION_TAG)
    half = str(periode_of(key)) if key else "onbekend halfjaar"
    lines = _told_in_log(instance, run) or _could_not_begin(error)
    text = [
        f"De run '{run.job_name}' over {half} is mislukt. Eerdere edities zijn niet veranderd.",
        "",
        *(f"- {line}" for line in lines),
        "",
        f"Regels en waarden staan niet in dit bericht: voortgang controle {half} toont ze, en de webinterface bij run "
        f"{run.run_id}. Is het hersteld in de levering, dan begint een nieuwe run vanzelf.",
    ]
    return Bericht(f"Voortgang: {run.job_name} over {half} is mislukt", "\n".join(text))


def _told_in_log(instance: dg.DagsterInstance, run: dg.DagsterRun) -> tuple[str, ...]:
    messages = (entry.user_message for entry in instance.all_logs(run.run_id))
    return tuple(dict.fromkeys(text.removeprefix(_MARK) for text in messages if text.startswith(_MARK)))


def _could_not_begin(error: SerializableErrorInfo | None) -> tuple[str, ...]:
    """The text of the cause that is ours and holds nothing delivered, else the kind of error alone."""
    if error is None:
        return ("de run is afgebroken zonder dat een stap dat kon zeggen (gestopt, of de machine viel uit).",)
    while _kind(error) not in TOLD_BY_NAME and error.cause is not None:
        error = error.cause
    if _kind(error) in TOLD_BY_NAME:
        return (safe(error.message.partition(": ")[2]),)
    return (f"onverwachte fout ({_kind(error)}); meld dit bij de beheerder.",)


def _kind(error: SerializableErrorInfo) -> str:
    return (error.cls_name or "onbekend").rpartition(".")[2]
