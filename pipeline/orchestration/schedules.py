"""The half-yearly run: by default on 15 January and 15 July at 06:00 it makes the half-year that has just closed.

Its own schedule, not `build_schedule_from_partitioned_job`: that one calls deprecated code and cannot combine a time
zone and an offset, and with end_offset=1 it would take the half-year that is running.
"""

import dagster as dg
from dagster._utils.schedules import is_valid_cron_string

from pipeline.core.arrivals import content_hash
from pipeline.core.config import load_settings
from pipeline.core.errors import GebruiksFout
from pipeline.core.periods import Periode
from pipeline.core.planning import Planning, deliveries_folder
from pipeline.orchestration.jobs import rapport
from pipeline.orchestration.made import made_of
from pipeline.orchestration.partitions import TIMEZONE, partition_key
from pipeline.orchestration.tags import CONTENT_TAG, OCCASION_TAG, WHO_TAG


def half_yearly(planning: Planning) -> dg.ScheduleDefinition:
    """The schedule of the settings; GebruiksFout when its cron is none."""
    if not is_valid_cron_string(planning.cron):
        raise GebruiksFout(
            f"planning.cron {planning.cron!r} is geen tijdstip; schrijf minuut, uur, dag, maand en weekdag, zoals "
            f"{Planning.cron!r}"
        )

    @dg.schedule(
        name="halfjaarlijks",
        job=rapport,
        cron_schedule=planning.cron,
        execution_timezone=TIMEZONE,
        default_status=dg.DefaultScheduleStatus.RUNNING if planning.aan else dg.DefaultScheduleStatus.STOPPED,
        description=f"Maakt de rapportage over het halfjaar dat net is afgelopen ({planning.cron}, {TIMEZONE}).",
    )
    def halfjaarlijks(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        """The report on the closed half-year, unless the very delivery that is there became one already, on its arrival
        or at an earlier tick. Dagster holds a run_key against other runs of the same tick only, so that a cron with
        more ticks (the 15th to the 20th) tries again what failed.
        """
        closed = Periode.containing(context.scheduled_execution_time.date()).vorige
        content = content_hash(deliveries_folder(load_settings().data) / str(closed))
        done = made_of(context.instance, closed, content) if content else None
        if done:
            return dg.SkipReason(f"van deze levering van {closed} is het rapport al gemaakt of onderweg (run {done})")
        tags = {WHO_TAG: "planning", OCCASION_TAG: "planning", **({CONTENT_TAG: content} if content else {})}
        return dg.RunRequest(run_key=str(closed), partition_key=partition_key(closed), tags=tags)

    return halfjaarlijks
