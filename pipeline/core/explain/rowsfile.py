"""All rows behind a figure as a CSV of the user's own.

Belongs here: writing it. Not here: which rows (evidence.py).
"""

import csv
import os
from pathlib import Path

from pipeline.core.explain.explain import Bewijs
from pipeline.core.harmless import harmless


def write_rows(proof: Bewijs, path: Path) -> None:
    """Write the new file `path`, readable for the user alone: rows are persons under a pseudonym."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(proof.kolommen)
        writer.writerows([harmless(value) for value in row] for row in proof.rijen)
