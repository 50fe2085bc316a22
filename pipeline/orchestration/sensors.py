"""The watcher of arriving deliveries: what has come to rest in `leveringen/<periode>` is read and checked at once, and
becomes a report when nothing is missing.

Belongs here: what is started, and the reminders that go with it. How an arrival is seen: core/arrivals.py.
"""

from datetime import UTC, datetime

import dagster as dg

from pipeline.core.arrivals import (
    Waarneming,
    at_rest,
    delivered_half_years,
    delivery_in,
    from_cursor,
    observe,
    to_cursor,
)
from pipeline.core.config import Instellingen, load_settings
from pipeline.core.edition_store import edition_numbers
from pipeline.core.periods import Periode
from pipeline.core.planning import Planning, deliveries_folder, missing_extracts
from pipeline.orchestration.jobs import controle, rapport
from pipeline.orchestration.made import made_of
from pipeline.orchestration.partitions import HALFJAREN, partition_key
from pipeline.orchestration.reminders import reminders, today
from pipeline.orchestration.tags import CONTENT_TAG, OCCASION_TAG, WHO_TAG

_EVERY = 30
"""Seconds between two looks."""


def delivery_sensor(planning: Planning) -> dg.SensorDefinition:
    """The watcher of the settings."""

    @dg.sensor(
        name="levering",
        jobs=[rapport, controle],
        minimum_interval_seconds=_EVERY,
        default_status=dg.DefaultSensorStatus.RUNNING if planning.aan else dg.DefaultSensorStatus.STOPPED,
        description=(
            "Ziet een levering aankomen of veranderen. Na een minuut rust wordt zij gelezen en gecontroleerd; is zij "
            "compleet, dan wordt meteen het rapport gemaakt. Dezelfde inhoud start nooit twee keer."
        ),
    )
    def levering(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        settings = load_settings()
        now = int(datetime.now(UTC).timestamp())
        kept = from_cursor(context.cursor)
        before, reminded = kept or ({}, "")
        seen, requests = dict[Periode, Waarneming](), list[dg.RunRequest]()
        for periode, folder in delivered_half_years(deliveries_folder(settings.data)):
            if not HALFJAREN.has_partition_key(partition_key(periode)):
                continue
            if kept is None and edition_numbers(settings.output, periode):
                # The first look of all: what was reported before there was a watcher is no arrival.
                found = at_rest(folder, now)
            else:
                found = observe(folder, before.get(periode), now)
                if found is not None and found.rustig and found.inhoud != before.get(periode, found).inhoud:
                    requests += _requests(context.instance, settings, periode, found)
            if found is None:
                context.log.warning(f"in {folder} staat geen levering, of zij is (nog) niet te lezen")
            else:
                seen[periode] = found
        outcomes = reminders(settings, today())
        said = "; ".join(sorted({one.description or "" for one in outcomes if not one.passed}))
        return dg.SensorResult(
            run_requests=requests,
            skip_reason=None if requests else _waiting(seen),
            cursor=to_cursor(seen, said),
            asset_events=outcomes if said != reminded or kept is None else [],
        )

    return levering


def _requests(
    instance: dg.DagsterInstance, settings: Instellingen, periode: Periode, found: Waarneming
) -> list[dg.RunRequest]:
    """The report when nothing is missing, else everything but the edition; none when the schedule came first."""
    if made_of(instance, periode, found.inhoud):
        return []
    folder = deliveries_folder(settings.data) / str(periode)
    job = controle if missing_extracts(delivery_in(folder), settings.planning) else rapport
    return [
        dg.RunRequest(
            job_name=job.name,
            run_key=f"{job.name} {periode} {found.inhoud}",
            partition_key=partition_key(periode),
            tags={WHO_TAG: "sensor levering", OCCASION_TAG: "levering", CONTENT_TAG: found.inhoud},
        )
    ]


def _waiting(seen: dict[Periode, Waarneming]) -> str:
    moving = [str(periode) for periode, one in seen.items() if not one.rustig]
    if moving:
        return f"nog in beweging, of korter dan een minuut in rust: {', '.join(moving)}"
    return "geen nieuwe of veranderde levering"
