"""The only Definitions of the project; `build_defs(overrides)` lets tests, CLI and server swap parts."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import dagster as dg

from pipeline.core.config import load_settings
from pipeline.core.progress import STIL
from pipeline.orchestration.assets.extracts import basis, herziening, intake
from pipeline.orchestration.assets.report import editie
from pipeline.orchestration.assets.tables import table_assets
from pipeline.orchestration.failures import failure_sensor
from pipeline.orchestration.jobs import controle, rapport
from pipeline.orchestration.reminders import aangeleverd, with_freshness
from pipeline.orchestration.resources import Keuzes, Warehouse
from pipeline.orchestration.schedules import half_yearly
from pipeline.orchestration.sensors import delivery_sensor


def build_defs(overrides: Mapping[str, Any] | None = None) -> dg.Definitions:
    """All assets, checks and jobs, the schedule and sensors of the settings; `overrides` replaces resources by name."""
    keuzes = Keuzes.configure_at_launch()
    resources: dict[str, Any] = {
        "keuzes": keuzes,
        "warehouse": Warehouse(keuzes=keuzes),
        "melder": STIL,
        **(overrides or {}),
    }
    planning = load_settings().planning
    assets = [basis, intake, herziening, *table_assets(), editie]
    return dg.Definitions(
        assets=dg.map_asset_specs(partial(with_freshness, planning=planning), assets),
        asset_checks=[aangeleverd],
        jobs=[rapport, controle],
        schedules=[half_yearly(planning)],
        sensors=[delivery_sensor(planning), failure_sensor(planning)],
        resources=resources,
        executor=dg.in_process_executor,
    )


@dg.definitions
def defs() -> dg.Definitions:
    """What `dagster dev -m pipeline.definitions` loads."""
    return build_defs()
