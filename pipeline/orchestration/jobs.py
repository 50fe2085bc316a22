"""The one job: from the delivery to the edition. In process, because one DuckDB file has one writer."""

import dagster as dg

rapport = dg.define_asset_job(
    "rapport",
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="Maakt een nieuwe editie van de voortgangsrapportage over het gekozen halfjaar.",
)
