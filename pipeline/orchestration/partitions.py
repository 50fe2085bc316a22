"""Half-years as Dagster partitions. Belongs here: the mapping to `core.periods.Periode`; nothing else."""

from datetime import date

import dagster as dg

from pipeline.core.periods import Periode

TIMEZONE = "Europe/Amsterdam"
FIRST = Periode(2016, 1)

# end_offset=1: without it the half-year that is running does not exist. strftime has no half-year, so the key is the
# first day.
HALFJAREN = dg.TimeWindowPartitionsDefinition(
    start=FIRST.begin.isoformat(),
    fmt="%Y-%m-%d",
    cron_schedule="0 0 1 1,7 *",
    timezone=TIMEZONE,
    end_offset=1,
)


def partition_key(periode: Periode) -> str:
    """Key of the partition of `periode`: its first day."""
    return periode.begin.isoformat()


def periode_of(key: str) -> Periode:
    """The half-year of a partition key."""
    return Periode.containing(date.fromisoformat(key))
