"""Whether the report on a delivery was made already, by whatever started it: schedule and sensor both ask."""

import dagster as dg

from pipeline.core.periods import Periode
from pipeline.orchestration.jobs import rapport
from pipeline.orchestration.partitions import partition_key
from pipeline.orchestration.tags import CONTENT_TAG, PARTITION_TAG

_WITHOUT_REPORT = (dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELING, dg.DagsterRunStatus.CANCELED)


def made_of(instance: dg.DagsterInstance, periode: Periode, content: str) -> str | None:
    """A run that made, or is to make, the report on `periode` of this content; None when there is none."""
    tags = {CONTENT_TAG: content, PARTITION_TAG: partition_key(periode)}
    statuses = [status for status in dg.DagsterRunStatus if status not in _WITHOUT_REPORT]
    runs = instance.get_runs(dg.RunsFilter(job_name=rapport.name, tags=tags, statuses=statuses), limit=1)
    return runs[0].run_id if runs else None
