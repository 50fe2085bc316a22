"""The door of intake: a delivery at an address, read beside the one before it.

Belongs here: opening the address (folder, zip, remote) and finding the previous delivery. Not here: the reading itself
(intake.py), how an address is opened (sources.py).
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.intake.history import previous_sources
from pipeline.core.intake.intake import IntakeResultaat, read_levering
from pipeline.core.intake.received import store_received
from pipeline.core.intake.sourceoptions import BronOpties
from pipeline.core.intake.sources import open_source
from pipeline.core.periods import Periode
from pipeline.core.progress import STIL, Melder

if TYPE_CHECKING:
    import duckdb


def take_in(
    con: "duckdb.DuckDBPyConnection",
    address: str,
    periode: Periode,
    output: Path,
    briefdatum: date,
    melder: Melder = STIL,
    opties: BronOpties | None = None,
) -> IntakeResultaat:
    """Read the delivery at `address` into `levering.*`; errors as those of `open_source` and `read_levering`.

    `output` is where earlier editions stand, with which rows and keys are compared; `briefdatum` decides which
    corrections can be known; `opties` are those of the settings for remote addresses.
    """
    with open_source(address, opties=opties) as source:
        result = read_levering(
            con,
            source.map,
            periode,
            previous=previous_sources(output, periode),
            briefdatum=briefdatum,
            before=source.bevindingen,
            melder=melder,
        )
        store_received(con, source)
    return result
