"""The half-yearly run: on 15 January and 15 July at 06:00 it makes the half-year that has just closed.

Its own schedule, not `build_schedule_from_partitioned_job`: that one calls deprecated code and cannot combine a time
zone and an offset, and with end_offset=1 it would take the half-year that is running.
"""

import dagster as dg

from pipeline.core.periods import Periode
from pipeline.orchestration.jobs import rapport
from pipeline.orchestration.partitions import TIMEZONE, partition_key


@dg.schedule(
    job=rapport,
    cron_schedule="0 6 15 1,7 *",
    execution_timezone=TIMEZONE,
    description="Maakt op 15 januari en 15 juli om 06:00 de rapportage over het halfjaar dat net is afgelopen.",
)
def halfjaarlijks(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """One run per closed half-year: the run_key makes it happen once."""
    closed = Periode.containing(context.scheduled_execution_time.date()).vorige
    return dg.RunRequest(run_key=str(closed), partition_key=partition_key(closed), tags={"voortgang/wie": "planning"})
