"""What the half-year that has closed still waits for: a check per extract, and until when a delivery is fresh.

Belongs here: the checks `aangeleverd` and the deadline as Dagster shows them. What is waited for, and until when:
core/planning.py.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import dagster as dg

from pipeline.core.arrivals import delivery_in
from pipeline.core.config import Instellingen, load_settings
from pipeline.core.document.dutch import format_datum
from pipeline.core.intake.contracts import CONTRACTS
from pipeline.core.periods import Periode
from pipeline.core.planning import Ontbrekend, Planning, deliveries_folder, missing_extracts
from pipeline.orchestration.assets.keys import EDITIE, asset_key
from pipeline.orchestration.partitions import TIMEZONE

NAME = "aangeleverd"


def today() -> date:
    """The day in Amsterdam."""
    return datetime.now(ZoneInfo(TIMEZONE)).date()


def reminders(settings: Instellingen, day: date) -> tuple[dg.AssetCheckEvaluation, ...]:
    """One outcome per extract for the half-year that had closed on `day`: a warning until the deadline, then an
    error.
    """
    closed = Periode.containing(day).vorige
    delivery = delivery_in(deliveries_folder(settings.data) / str(closed))
    missing = {one.extract: one for one in missing_extracts(delivery, settings.planning)}
    deadline = settings.planning.uiterlijk(closed)
    late = day > deadline
    return tuple(
        dg.AssetCheckEvaluation(
            asset_key=asset_key(f"levering.{name}"),
            check_name=NAME,
            passed=name not in missing,
            severity=dg.AssetCheckSeverity.ERROR if late else dg.AssetCheckSeverity.WARN,
            description=_said(closed, missing.get(name), deadline, late=late),
            metadata={"halfjaar": str(closed), "uiterlijk": deadline.isoformat()},
        )
        for name in CONTRACTS
    )


def _said(closed: Periode, missing: Ontbrekend | None, deadline: date, *, late: bool) -> str:
    if missing is None:
        return f"{closed}: er ontbreekt niets."
    until = f"dat had uiterlijk {format_datum(deadline)} gemoeten" if late else f"uiterlijk {format_datum(deadline)}"
    return f"{closed}: {missing.plaats} ontbreekt; vraag {missing.leverancier} het aan te leveren, {until}."


@dg.multi_asset_check(
    name=NAME,
    specs=[
        dg.AssetCheckSpec(
            NAME,
            asset=asset_key(f"levering.{name}"),
            description="Het extract waarop wordt gewacht is er, voor het halfjaar dat het laatst is afgelopen.",
        )
        for name in CONTRACTS
    ],
)
def aangeleverd() -> Iterator[dg.AssetCheckResult]:
    """The reminders of today, for whoever asks in the web interface; the sensor tells them by itself."""
    for one in reminders(load_settings(), today()):
        yield dg.AssetCheckResult(
            asset_key=one.asset_key,
            check_name=one.check_name,
            passed=one.passed,
            severity=one.severity,
            description=one.description,
            metadata=one.metadata,
        )


def with_freshness(spec: dg.AssetSpec, planning: Planning) -> dg.AssetSpec:
    """An extract and the edition are fresh when they were made since the half-year closed; after the last day of the
    deadline they are shown as overdue until they are.
    """
    if spec.key != EDITIE and spec.key not in {asset_key(f"levering.{name}") for name in CONTRACTS}:
        return spec
    days = planning.uiterlijk_dagen + 1
    policy = dg.FreshnessPolicy.cron(
        deadline_cron=f"0 0 {days + 1} 1,7 *", lower_bound_delta=timedelta(days=days), timezone=TIMEZONE
    )
    return spec.replace_attributes(freshness_policy=policy)
