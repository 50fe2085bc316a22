"""A run beside the published edition of its own half-year, so that a reader sees what changed since.

Belongs here: filling `herziening.*` of a warehouse whose delivery was taken in. Not here: the walk (walk.py), what the
report says of it (sql/report).

What the walk found is an input of the edition and is frozen with it: the edition can be made again from its own sources
without the one that it was compared with.
"""

# Names of tables are fixed; values are parameters or literals().

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pipeline.core.compare.walk import scratch, store_findings, walk
from pipeline.core.earlier import published_edition, refuse_touched
from pipeline.core.edition_store import BUSY, remove
from pipeline.core.frozen import freeze_all
from pipeline.core.intake.sqltext import file_literal, literal
from pipeline.core.manifest import MANIFEST, sha256_file
from pipeline.core.periods import Periode

if TYPE_CHECKING:
    import duckdb

_WORK = f"{BUSY}vergelijking-"


@dataclass(frozen=True)
class Herzien:
    """The published edition that a run was compared with."""

    periode: str
    editie: int
    manifest_sha256: str


def load_revision(con: "duckdb.DuckDBPyConnection", output: Path, periode: Periode) -> Herzien | None:
    """Fill `herziening.editie`, `.stappen` and `.bevindingen` from the published edition of `periode`; None, and all
    empty, when there is none.

    Needs parameters, norms, earlier editions and the delivery in `con`. EerdereEditieFout when a file of the published
    edition is not what was published.
    """
    con.execute("delete from herziening.editie")
    con.execute("delete from herziening.stappen")
    con.execute("delete from herziening.bevindingen")
    folder = published_edition(output, periode)
    if folder is None:
        return None
    refuse_touched(folder, periode)
    found = Herzien(str(periode), int(folder.name), sha256_file(folder / MANIFEST))
    # Within what a sealed connection may write to; what a killed run left there goes first.
    for stale in folder.parents[1].glob(f"{_WORK}*"):
        remove(stale)
    with TemporaryDirectory(prefix=_WORK, dir=folder.parents[1]) as work:
        new, steps = Path(work) / "nieuw", Path(work) / "stappen.parquet"
        new.mkdir()
        freeze_all(con, new)
        with scratch(folder, Path(work)) as other:
            walked = walk(other, folder, new)
            other.execute(f"copy herziening.stappen to {literal(str(steps))} (format parquet)")
        con.execute(f"insert into herziening.stappen by name from read_parquet({file_literal(steps)})")
    store_findings(con, walked.bevindingen)
    con.execute("insert into herziening.editie values (?, ?, ?)", [found.periode, found.editie, found.manifest_sha256])
    return found


def revised(con: "duckdb.DuckDBPyConnection") -> Herzien | None:
    """The published edition with which the figures in this warehouse were compared."""
    rows = con.execute("select periode, editie, manifest_sha256 from herziening.editie").fetchall()
    return Herzien(*rows[0]) if rows else None
