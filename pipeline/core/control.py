"""`voortgang controle`: intake, tables and checks in memory; nothing is written.

Belongs here: the walk without an edition. The walk with one is the Dagster job.
"""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from pipeline.core.config import delivery_of, load_settings, make_run, store_parameters
from pipeline.core.earlier import load_earlier
from pipeline.core.intake.findings import readable_lines
from pipeline.core.intake.sqltext import literal
from pipeline.core.intake.takein import take_in
from pipeline.core.periods import Periode
from pipeline.core.progress import STIL, Melder
from pipeline.core.reference import load_reference
from pipeline.core.vault import unlock
from pipeline.core.warehouse import CheckResult, build_all, prepare, run_checks


@dataclass(frozen=True)
class ControleUitkomst:
    """What was read, what intake found (remarks need nobody's attention), what the checks found."""

    bestanden: tuple[tuple[str, int], ...]
    bevindingen: tuple[str, ...]
    opmerkingen: tuple[str, ...]
    controles: tuple[CheckResult, ...]

    @property
    def geblokkeerd(self) -> bool:
        """True when a check would hold the edition back."""
        return any(result.blocks for result in self.controles)

    @property
    def waarschuwing(self) -> bool:
        """True when intake or a check found something that does not hold it back."""
        return bool(self.bevindingen) or any(not result.passed for result in self.controles)

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "bestanden": [{"bestand": name, "rijen": rows} for name, rows in self.bestanden],
            "bevindingen": list(self.bevindingen),
            "opmerkingen": list(self.opmerkingen),
            "controles": [
                {
                    "naam": result.check.name,
                    "titel": result.check.title,
                    "zwaarte": result.check.severity,
                    "gevonden": result.offending,
                    "voorbeelden": list(result.examples),
                }
                for result in self.controles
            ],
        }


def control_delivery(
    periode: Periode,
    levering: str | None = None,
    peildatum: date | None = None,
    output: Path | None = None,
    melder: Melder = STIL,
) -> ControleUitkomst:
    """Read and check a delivery; InvoerFout when intake refuses it, GebruiksFout for a wrong date or folder."""
    settings = load_settings(output=output)
    run = make_run(settings, periode, levering, peildatum)
    with TemporaryDirectory(prefix="voortgang-") as scratch, duckdb.connect() as con:
        con.execute(f"set temp_directory = {literal(scratch)}")
        # A demonstration is generated in its output folder; here that is thrown away.
        delivery = delivery_of(replace(settings, output=Path(scratch)), run)
        unlock(con)
        prepare(con)
        store_parameters(con, run)
        load_reference(con)
        load_earlier(con, settings.output, periode)
        result = take_in(con, delivery, periode, settings.output, run.briefdatum, melder, settings.bron_opties)
        build_all(con, melder=melder)
        files = con.execute("select bestand, rijen_behouden from levering.herkomst order by bestand").fetchall()
        remarks = tuple(finding.zin for finding in result.bevindingen if finding not in result.waarschuwingen)
        warnings = readable_lines(result.waarschuwingen)
        return ControleUitkomst(tuple(files), warnings, remarks, run_checks(con))
