"""The jobs: from the delivery to the edition, and the same without making one. In process, because one DuckDB file has
one writer.
"""

import dagster as dg

from pipeline.orchestration.assets.keys import EDITIE
from pipeline.orchestration.failures import te_melden
from pipeline.orchestration.reminders import aangeleverd

# Reminders are about the half-year that has closed, whatever half-year is run.
_EVERYTHING = dg.AssetSelection.all() - dg.AssetSelection.checks(aangeleverd)

rapport = dg.define_asset_job(
    "rapport",
    selection=_EVERYTHING,
    executor_def=dg.in_process_executor,
    hooks={te_melden},
    description="Maakt een nieuwe editie van de voortgangsrapportage over het gekozen halfjaar.",
)

controle = dg.define_asset_job(
    "controle",
    selection=_EVERYTHING - dg.AssetSelection.assets(EDITIE),
    executor_def=dg.in_process_executor,
    hooks={te_melden},
    description="Leest en controleert de levering van het gekozen halfjaar zonder een editie te maken.",
)
