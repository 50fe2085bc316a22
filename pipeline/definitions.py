"""The only Definitions of the project; `build_defs(overrides)` lets tests, CLI and server swap parts."""

from collections.abc import Mapping
from typing import Any

import dagster as dg

from pipeline.core.config import load_settings
from pipeline.core.progress import STIL
from pipeline.orchestration.assets.extracts import basis, herziening, intake
from pipeline.orchestration.assets.report import editie
from pipeline.orchestration.assets.tables import table_assets
from pipeline.orchestration.jobs import rapport
from pipeline.orchestration.resources import Keuzes, Warehouse
from pipeline.orchestration.schedules import half_yearly


def build_defs(overrides: Mapping[str, Any] | None = None) -> dg.Definitions:
    """All assets, checks, the job and the schedule of the settings; `overrides` replaces resources by name."""
    keuzes = Keuzes.configure_at_launch()
    resources: dict[str, Any] = {
        "keuzes": keuzes,
        "warehouse": Warehouse(keuzes=keuzes),
        "melder": STIL,
        **(overrides or {}),
    }
    return dg.Definitions(
        assets=[basis, intake, herziening, *table_assets(), editie],
        jobs=[rapport],
        schedules=[half_yearly(load_settings().planning)],
        resources=resources,
        executor=dg.in_process_executor,
    )


@dg.definitions
def defs() -> dg.Definitions:
    """What `dagster dev -m pipeline.definitions` loads."""
    return build_defs()
