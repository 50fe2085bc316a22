"""The door of intake: a delivery at an address, read beside the one before it.

Belongs here: opening the address (folder, zip, remote) and finding the previous delivery. Not here: the reading itself
(intake.py), how an address is opened (sources.py).
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.intake.delivery import Delivery, changed_findings, open_delivery, traces
from pipeline.core.intake.fingerprint import fingerprint, store_fingerprint
from pipeline.core.intake.history import previous_sources
from pipeline.core.intake.intake import IntakeResultaat, read_levering
from pipeline.core.intake.received import store_received
from pipeline.core.intake.sourceoptions import BronOpties
from pipeline.core.intake.sources import open_source
from pipeline.core.periods import Periode
from pipeline.core.progress import STIL, Melder
from pipeline.core.sealed import enclose

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

    From here on `con` reaches the delivery, the previous one and the folder of the half-year, and nothing else of the
    machine: what comes in decides what is read, but never where.
    """
    previous = previous_sources(output, periode)
    with open_source(address, opties=opties) as source:
        delivery = open_delivery(source.map)
        standing = traces(delivery) if isinstance(delivery, Delivery) else {}
        mark = fingerprint(source)
        enclose(con, source.map, output / str(periode), *([] if previous is None else [previous]))
        result = read_levering(
            con,
            source.map,
            periode,
            previous=previous,
            briefdatum=briefdatum,
            before=source.bevindingen,
            melder=melder,
        )
        store_received(con, source)
        still = isinstance(delivery, Delivery) and not changed_findings(delivery, standing)
        store_fingerprint(con, mark if still else None)
    return result
