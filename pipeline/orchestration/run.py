"""Running the job from the command line, in process and on the same instance as the UI; and starting that UI."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import dagster as dg

from pipeline.core.acceptance import read_acceptances
from pipeline.core.config import OUTPUT_VARIABLE, load_settings, make_run
from pipeline.core.errors import GebruiksFout, VoortgangFout
from pipeline.core.periods import Periode
from pipeline.core.progress import STIL, Melder
from pipeline.definitions import build_defs
from pipeline.log import VARIABLE as LOG_VARIABLE
from pipeline.orchestration.assets.keys import EDITIE
from pipeline.orchestration.instance import instance_folder, open_instance
from pipeline.orchestration.partitions import FIRST, HALFJAREN, partition_key
from pipeline.orchestration.tags import FROM_COMMAND_LINE, OCCASION_TAG, WHO_TAG, WHY_TAG

# Events are committed to the instance in batches: one synced commit per event costs more than the whole calculation.
_EVENT_BATCH = "DAGSTER_EVENT_BATCH_SIZE"


@dataclass(frozen=True)
class Gemaakt:
    """The edition that a run made.

    `openbaar` is the folder that may leave the house, when it was asked for. `waarschuwingen` are sentences; `open`
    names the checks among them. `aanvaard` are the findings that were accepted, with the reason; `niet_nodig` names
    checks that were accepted and found nothing. `let_op`: what is not about the figures, such as persons that are
    stored in plain text.
    """

    periode: str
    editie: int
    pdf: str
    map: str
    run_id: str
    waarschuwingen: tuple[str, ...]
    open: tuple[str, ...]
    aanvaard: tuple[str, ...]
    niet_nodig: tuple[str, ...]
    let_op: tuple[str, ...]
    seconden: dict[str, float]
    openbaar: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return asdict(self)


def run_report(
    periode: Periode,
    *,
    levering: str | None,
    peildatum: date | None,
    briefdatum: date | None,
    reden: str | None,
    accepteer: Sequence[str] = (),
    versie: str = "intern",
    output: Path | None,
    wie: str,
    melder: Melder = STIL,
) -> Gemaakt:
    """Run the job for `periode`. Wrong choices raise before anything is written; errors of the run come back as they
    were raised.
    """
    settings = load_settings(output=output)
    make_run(settings, periode, levering, peildatum, briefdatum)
    accepted = read_acceptances(accepteer)
    key = partition_key(periode)
    if not HALFJAREN.has_partition_key(key):
        raise GebruiksFout(
            f"{periode} kan nog niet of niet meer: er zijn halfjaren vanaf {FIRST} tot en met het lopende"
        )
    os.environ.setdefault(_EVENT_BATCH, "100")
    _usable(settings.output)
    with open_instance(settings.output) as instance, _as_raised():
        result = (
            build_defs({"melder": melder})
            .resolve_job_def("rapport")
            .execute_in_process(
                partition_key=key,
                instance=instance,
                run_config=_run_config(levering, peildatum, briefdatum, reden, accepted, versie, settings.output),
                tags={WHO_TAG: wie, OCCASION_TAG: FROM_COMMAND_LINE, **({WHY_TAG: reden} if reden else {})},
            )
        )
    (materialisation,) = result.asset_materializations_for_node(EDITIE.to_python_identifier())
    values = {name: value.value for name, value in materialisation.metadata.items()}
    return Gemaakt(
        periode=str(periode),
        editie=int(str(values["editie"])),
        pdf=str(values["pdf"]),
        map=str(values["map"]),
        openbaar=str(values["openbaar"]) if "openbaar" in values else None,
        run_id=result.run_id,
        waarschuwingen=tuple(values["waarschuwingen"]),  # type: ignore[arg-type]
        open=tuple(values["open"]),  # type: ignore[arg-type]
        aanvaard=tuple(values["aanvaard"]),  # type: ignore[arg-type]
        niet_nodig=tuple(values["niet nodig"]),  # type: ignore[arg-type]
        let_op=tuple(values["let op"]),  # type: ignore[arg-type]
        seconden={**_step_seconds(result), **values["seconden"]},  # type: ignore[dict-item]
    )


@contextmanager
def _as_raised() -> Iterator[None]:
    """An error of ours that a resource raised, of a warehouse in use or damaged, as it was raised: Dagster hands on
    those of steps by itself, and wraps these.
    """
    try:
        yield
    except dg.DagsterResourceFunctionError as error:
        if isinstance(error.user_exception, VoortgangFout):
            raise error.user_exception from None
        raise


def _step_seconds(result: dg.ExecuteInProcessResult) -> dict[str, float]:
    """Seconds that each step took, by name, from Dagster's own events."""
    return {
        f"stap {event.step_key}": round(event.step_success_data.duration_ms / 1000, 3)
        for event in result.all_events
        if event.is_step_success and event.step_key is not None
    }


def _usable(output: Path) -> None:
    """Make the output folder; GebruiksFout when it cannot be made or written."""
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GebruiksFout(
            f"{output} kan de map voor de edities niet zijn ({error.strerror}); kies een andere"
        ) from error
    if not os.access(output, os.W_OK | os.X_OK):
        raise GebruiksFout(f"in {output} mag u niet schrijven; kies met --output een andere map")


def _absolute(address: str) -> str:
    """A local address from the root, since the run may be repeated from another folder; others as they are."""
    return address if "://" in address else str(Path(address).resolve())


def _run_config(
    levering: str | None,
    peildatum: date | None,
    briefdatum: date | None,
    reden: str | None,
    aanvaard: dict[str, str],
    versie: str,
    output: Path,
) -> dict[str, Any]:
    choices = {
        "levering": _absolute(levering) if levering else None,
        "peildatum": peildatum.isoformat() if peildatum else None,
        "briefdatum": briefdatum.isoformat() if briefdatum else None,
        "reden": reden,
        "aanvaard": aanvaard or None,
        "versie": versie,
        "output": str(output.resolve()),
    }
    return {
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
        "resources": {"keuzes": {"config": {name: value for name, value in choices.items() if value is not None}}},
    }


def start_ui(output: Path | None, port: int) -> int:
    """Replace this process by Dagster's own development server on the instance of `output`."""
    return _become(output, "dagster", "dev", "-h", "127.0.0.1", "-p", str(port))


def start_web(output: Path | None, host: str, port: int) -> int:
    """Replace this process by the web interface of a server, which starts no daemon of its own."""
    return _become(output, "dagster-webserver", "-h", host, "-p", str(port), "--log-format", log_format())


def start_daemon(output: Path | None) -> int:
    """Replace this process by the daemon: the schedule, the sensors, and the runs that they ask for."""
    return _become(output, "dagster-daemon", "run", "--log-format", log_format())


def log_format() -> str:
    """How Dagster's own programs write their lines, by our one choice."""
    return "json" if os.environ.get(LOG_VARIABLE) == "json" else "colored"


def _become(output: Path | None, name: str, *arguments: str) -> int:
    settings = load_settings(output=output)
    folder = instance_folder(settings.output)
    # The programs that start now come with several processes: what they share is there before them.
    with open_instance(settings.output):
        pass
    environment = {**os.environ, "DAGSTER_HOME": str(folder), OUTPUT_VARIABLE: str(settings.output.resolve())}
    program = Path(sys.executable).with_name(name)
    if not program.with_name("dagster-webserver").exists():
        raise GebruiksFout("de webinterface is niet geïnstalleerd; gebruik `make ui` of installeer voortgang[ui]")
    command = [str(program), *arguments, "-m", "pipeline.definitions"]
    os.execve(program, command, environment)  # noqa: S606  # nosec B606 # the user asked for exactly this program
